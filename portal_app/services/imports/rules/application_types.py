"""The record types of what customers apply for, and of who is party to it."""

import re

from portal_app.models import Application, ApplicationParty, PartyRole
from portal_app.services import applications
from portal_app.services.imports.rules import cells, checks
from portal_app.services.imports.rules.cells import Surroundings, Unreadable
from portal_app.services.imports.rules.fields import Apart, Draft, Fault, a_field, record_type

_RATE = re.compile(r"^(\d{1,3})(?:\.(\d{1,3}))?$", re.ASCII)
_LONGEST_TERM = 1200


def rate(cell: str, _around: Surroundings) -> int:
    """Read a yearly rate in percent with up to three decimals, such as 6.125."""
    if (match := _RATE.match(cell)) is None:
        raise Unreadable("Write the rate in percent, such as 6.9 or 6.125, without the sign.")
    return int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0"))


def months(cell: str, around: Surroundings) -> int:
    """Read a term in months, from 1 to 1,200."""
    if not 1 <= (found := cells.whole(cell, around)) <= _LONGEST_TERM:
        raise Unreadable("Write the term in months, from 1 to 1,200.")
    return found


def stays_in_its_currency(draft: Draft) -> Fault | None:
    """Refuse another currency for an application that has amounts already."""
    if draft.held is None or draft.held["currency"] == draft.merged["currency"]:
        return None
    sentence = f"This application is kept in {draft.held['currency']}, which has to stay."
    return Fault("currency", sentence)


def derive_application(draft: Draft, around: Surroundings) -> None:
    """Settle the currency of the amounts, and since when the portal knows the application."""
    draft.merged["currency"] = around.currency
    draft.merged["introduced_on"] = draft.held["introduced_on"] if draft.held else around.today


APPLICATIONS = record_type(
    "applications",
    Application,
    a_field("number", is_required=True),
    a_field("kind", is_required=True),
    a_field("stage"),
    a_field("account", target="accounts"),
    a_field("asset", target="assets"),
    a_field("finance_type"),
    a_field("rate", rate, column="rate_milli"),
    a_field("term_months", months),
    a_field("total_cash_price", cells.price, column="total_cash_price_minor"),
    a_field("deposit", cells.price, column="deposit_minor"),
    a_field("part_exchange", cells.price, column="part_exchange_minor"),
    a_field("cash", cells.price, column="cash_minor"),
    a_field("settlement", cells.price, column="settlement_minor"),
    a_field("balance_to_finance", cells.price, column="balance_to_finance_minor"),
    a_field("registration_fee", cells.price, column="registration_fee_minor"),
    a_field("balloon", cells.price, column="balloon_minor"),
    a_field("currency", cells.currency, column=""),
    checks=(checks.one_currency("account"), stays_in_its_currency),
    derive=derive_application,
    derived=("currency", "introduced_on"),
    unique="number",
    money_of="account",
    has_own_currency=True,
    watched_as=(("application", "id"), ("applications", "brand_id")),
)
APPLICATION_PARTIES = record_type(
    "application_parties",
    ApplicationParty,
    a_field("application", is_required=True, target="applications"),
    a_field("person", is_required=True, target="people"),
    a_field("role", cells.one_of(PartyRole), is_required=True),
    apart=(
        Apart(
            ("application_id", "person_id"),
            "person",
            "{} has this person on the application already. Keep one of the two.",
        ),
        Apart(
            ("application_id",),
            "role",
            "{} is the primary applicant already. An application has one.",
            "role",
            PartyRole.PRIMARY_APPLICANT,
        ),
    ),
    watched_as=(("application", "application_id"), ("person", "person_id")),
    followed=applications.note_feed,
)
