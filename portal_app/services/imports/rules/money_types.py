"""The record types of what is paid by a schedule, and with what."""

from portal_app.models import Instalment, InstalmentState, MethodKind, PaymentMethod
from portal_app.services import payments
from portal_app.services.imports.rules import cells, checks, money_cells, schedules
from portal_app.services.imports.rules.fields import a_field, record_type

INSTALMENTS = record_type(
    "instalments",
    Instalment,
    a_field("contract", is_required=True, target="contracts"),
    a_field("sequence", cells.whole, is_required=True),
    a_field("due_on", cells.day, is_required=True),
    a_field("amount", money_cells.charged, is_required=True, column="amount_minor"),
    a_field("state", cells.one_of(InstalmentState)),
    a_field("fee", money_cells.charged, column="fee_minor"),
    a_field("retry_on", cells.day),
    a_field("currency", cells.currency, column=""),
    checks=(checks.one_currency("contract"), schedules.state_of_a_feed),
    derive=schedules.derive_instalment,
    derived=("place",),
    unique="place",
    money_of="contract",
    owned_through="contract_id",
    followed=payments.note_feed,
)
PAYMENT_METHODS = record_type(
    "payment_methods",
    PaymentMethod,
    a_field("contract", is_required=True, target="contracts"),
    a_field("kind", cells.one_of(MethodKind), is_required=True),
    a_field("brand"),
    a_field("last4", money_cells.last_digits, is_required=True, is_personal=True),
    a_field("exp_month", money_cells.month),
    a_field("exp_year", money_cells.year),
    a_field("holder", is_personal=True),
    a_field("gateway_token", money_cells.gateway_token(200), is_personal=True),
    a_field("is_default", cells.flag, column=""),
    checks=(schedules.card_with_its_end,),
    derive=schedules.derive_method,
    derived=("default_since", "removed_at"),
    owned_through="contract_id",
    outlived_by=schedules.stays_removed,
)
