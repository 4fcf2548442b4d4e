"""Every record type that a feed may hold: a new one is one more row of `TYPES`."""

from portal_app.models import (
    Account,
    AccountContact,
    AccountType,
    Asset,
    ContactRole,
    Contract,
    ContractKind,
    ContractLine,
    ContractStatus,
    EntryKind,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    Person,
    Store,
)
from portal_app.services import contact_details, payments
from portal_app.services.imports.rules import cells, checks
from portal_app.services.imports.rules.fields import RecordType, a_field, record_type
from portal_app.services.imports.rules.household_types import (
    GRANTS,
    HOUSEHOLD_MEMBERSHIPS,
    HOUSEHOLDS,
)
from portal_app.services.imports.rules.money_types import INSTALMENTS, PAYMENT_METHODS

_PHONE = cells.phone(contact_details.phone)

_STORES = record_type(
    "stores",
    Store,
    a_field("name", is_required=True),
    a_field("email", cells.email),
    a_field("phone"),
    a_field("address"),
    a_field("timezone", cells.zone),
)
_PEOPLE = record_type(
    "people",
    Person,
    a_field("given_name", is_required=True, is_personal=True),
    a_field("family_name", is_required=True, is_personal=True),
    a_field("email", cells.email, is_personal=True),
    a_field("mobile", _PHONE, is_personal=True, column="mobile_e164"),
    a_field("phone", _PHONE, is_personal=True, column="phone_e164"),
    a_field("address_line1", is_personal=True),
    a_field("address_line2", is_personal=True),
    a_field("city", is_personal=True),
    a_field("region"),
    a_field("postal_code", is_personal=True),
    a_field("country", cells.country),
    a_field("date_of_birth", cells.past_day, is_personal=True),
    a_field("locale", cells.locale),
    a_field("timezone", cells.zone),
    decides_access=True,
    changes_as="person",
)
_ACCOUNTS = record_type(
    "accounts",
    Account,
    a_field("number", is_required=True),
    a_field("name", is_required=True, is_personal=True),
    a_field("account_type", cells.one_of(AccountType), is_required=True),
    a_field("main_phone", cells.phone_as_written(contact_details.phone, 40), is_personal=True),
    a_field("email", cells.email, is_personal=True),
    a_field("postal_code", is_personal=True),
    a_field("country", cells.country),
    a_field("currency", cells.currency),
    a_field("timezone", cells.zone),
    a_field("web_portal_enabled", cells.flag),
    a_field("store", target="stores"),
    derive=checks.derive_main_phone,
    derived=("main_phone_e164",),
    unique="number",
    shared="main_phone_e164",
    portal_defaults=("country", "currency", "timezone"),
    owned_through="id",
    decides_access=True,
)
_ACCOUNT_CONTACTS = record_type(
    "account_contacts",
    AccountContact,
    a_field("account", is_required=True, target="accounts"),
    a_field("person", is_required=True, target="people"),
    a_field("role", cells.one_of(ContactRole), is_required=True),
    a_field("starts_on", cells.day),
    a_field("ends_on", cells.day),
    checks=(checks.in_order("starts_on", "ends_on"),),
    owned_through="account_id",
    decides_access=True,
)
_ASSETS = record_type(
    "assets",
    Asset,
    a_field("kind", cells.word("vehicle", "rental_item", "product"), is_required=True),
    a_field("description"),
    a_field("make"),
    a_field("model"),
    a_field("variant"),
    a_field("fuel"),
    a_field("colour"),
    a_field("doors", cells.whole),
    a_field("transmission"),
    a_field("engine_size"),
    a_field("mileage", cells.whole),
    a_field("registration", is_personal=True),
    a_field("vin", cells.vehicle_number, is_personal=True),
    a_field("serial"),
)
_CONTRACTS = record_type(
    "contracts",
    Contract,
    a_field("number", is_required=True),
    a_field("kind", cells.one_of(ContractKind), is_required=True),
    a_field("status", cells.one_of(ContractStatus), is_required=True),
    a_field("account", is_required=True, target="accounts"),
    a_field("holder", target="people"),
    a_field("store", target="stores"),
    a_field("asset", target="assets"),
    a_field("purchased_on", cells.day),
    a_field("starts_on", cells.day),
    a_field("ends_on", cells.day),
    a_field("po_number"),
    a_field("missed_payment_fee", cells.price, column="missed_payment_fee_minor"),
    a_field("currency", cells.currency, column=""),
    checks=(checks.one_currency("account"), checks.in_order("starts_on", "ends_on")),
    derive=checks.derive_contract,
    derived=("phase", "listed_on", "currency"),
    unique="number",
    money_of="account",
    owned_through="account_id",
    decides_access=True,
)
_CONTRACT_LINES = record_type(
    "contract_lines",
    ContractLine,
    a_field("contract", is_required=True, target="contracts"),
    a_field("asset", target="assets"),
    a_field("description", is_required=True),
    a_field("quantity", cells.whole, is_required=True),
    a_field("quantity_returned", cells.whole),
    a_field("rate", cells.price, column="rate_minor"),
    a_field("rate_period", cells.word("day", "week", "month", "flat")),
    a_field("out_at", cells.moment),
    a_field("due_back_at", cells.moment),
    a_field("site", is_personal=True),
    a_field("currency", cells.currency, column=""),
    checks=(
        checks.one_currency("contract"),
        checks.not_more_returned_than_went_out,
        checks.in_order("out_at", "due_back_at"),
    ),
    money_of="contract",
    owned_through="contract_id",
)
_INVOICES = record_type(
    "invoices",
    Invoice,
    a_field("number", is_required=True),
    a_field("account", is_required=True, target="accounts"),
    a_field("contract", target="contracts"),
    a_field("issued_on", cells.day, is_required=True),
    a_field("due_on", cells.day),
    a_field("total", cells.money, is_required=True, column="total_minor"),
    a_field("open_amount", cells.money, column="open_minor"),
    a_field("currency", cells.currency, column=""),
    checks=(checks.one_currency("account"), checks.contract_of_the_same_account),
    derive=checks.derive_currency,
    derived=("currency",),
    unique="number",
    money_of="account",
    owned_through="account_id",
)
_INVOICE_LINES = record_type(
    "invoice_lines",
    InvoiceLine,
    a_field("invoice", is_required=True, target="invoices"),
    a_field("description", is_required=True),
    a_field("quantity", cells.amount_of_things),
    a_field("unit_price", cells.money, column="unit_price_minor"),
    a_field("amount", cells.money, is_required=True, column="amount_minor"),
    a_field("currency", cells.currency, column=""),
    checks=(checks.one_currency("invoice"),),
    money_of="invoice",
    owned_through="invoice_id",
)
_LEDGER = record_type(
    "ledger",
    LedgerEntry,
    a_field("account", is_required=True, target="accounts"),
    a_field("contract", target="contracts"),
    a_field("kind", cells.one_of(EntryKind), is_required=True),
    a_field("amount", cells.money, is_required=True, column="amount_minor"),
    a_field("effective_on", cells.day, is_required=True),
    a_field("reference"),
    a_field("method_label"),
    a_field("currency", cells.currency, column=""),
    checks=(checks.one_currency("account"), checks.contract_of_the_same_account),
    money_of="account",
    owned_through="account_id",
    followed=payments.note_ledger,
)

# In this order a record comes after everything that it may refer to.
TYPES: dict[str, RecordType] = {
    kind.name: kind
    for kind in (
        _STORES,
        _PEOPLE,
        _ACCOUNTS,
        _ACCOUNT_CONTACTS,
        _ASSETS,
        _CONTRACTS,
        _CONTRACT_LINES,
        _INVOICES,
        _INVOICE_LINES,
        _LEDGER,
        INSTALMENTS,
        PAYMENT_METHODS,
        HOUSEHOLDS,
        HOUSEHOLD_MEMBERSHIPS,
        GRANTS,
    )
}

# Part of the format, and read once the portal can show them.
LATER = frozenset(
    {
        "applications",
        "application_parties",
    }
)
