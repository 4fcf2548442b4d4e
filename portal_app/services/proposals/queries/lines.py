"""The fields of a proposal: nothing that the brand does not show is ever read into them (S4-11)."""

from collections.abc import Callable, Mapping
from typing import Any

from portal_app.core.money import Money
from portal_app.models import Application, Asset, Person
from portal_app.services import branding, wording
from portal_app.services.proposals.views import Line, Value

Read = Callable[[Any], Value]


def _amount(name: str) -> Read:
    def read(one: Application) -> Value:
        amount: int | None = getattr(one, f"{name}_minor")
        return None if amount is None else Money(amount, one.currency)

    return read


def _plain(name: str) -> Read:
    def read(one: Any) -> Value:
        value: Value = getattr(one, name)
        return None if value == "" else value

    return read


def _address(one: Person) -> Value:
    town = wording.town(one.city, one.region, one.postal_code)
    country = wording.country(one.country)
    return tuple(filter(None, (one.address_line1, one.address_line2, town, country))) or None


def _make_model(one: Asset) -> Value:
    return " ".join(part for part in (one.make, one.model) if part) or one.description or None


CUSTOMER: Mapping[str, Read] = {
    "name": _plain("name"),
    "date_of_birth": _plain("date_of_birth"),
    "address": _address,
    "email": _plain("email"),
    "mobile": _plain("mobile_e164"),
    "phone": _plain("phone_e164"),
}
VEHICLE: Mapping[str, Read] = {
    "make_model": _make_model,
    **{
        name: _plain(name)
        for name in (
            "variant",
            "fuel",
            "colour",
            "doors",
            "transmission",
            "engine_size",
            "mileage",
            "registration",
        )
    },
}
FINANCE: Mapping[str, Read] = {
    "finance_type": _plain("finance_type"),
    "rate": _plain("rate_milli"),
    "term": _plain("term_months"),
    "cash_price": _amount("total_cash_price"),
    **{
        name: _amount(name)
        for name in (
            "deposit",
            "part_exchange",
            "cash",
            "settlement",
            "balance_to_finance",
            "registration_fee",
            "balloon",
        )
    },
}
_READS = {"customer": CUSTOMER, "vehicle": VEHICLE, "finance": FINANCE}
_LABELS = {section.key: section.fields for section in branding.SECTIONS}


def lines(
    section: str, thing: Any, shown: frozenset[str], *, empty_too: bool = False
) -> tuple[Line, ...]:
    """Return the fields of a section that are shown, in order; those without data only if asked.

    A field that is not shown is not even read.
    """
    if thing is None:
        return ()
    reads = _READS[section]
    wanted = [key for key in _LABELS[section] if f"{section}.{key}" in shown and key in reads]
    found = [Line(f"{section}.{key}", _LABELS[section][key], reads[key](thing)) for key in wanted]
    return tuple(line for line in found if empty_too or line.value is not None)
