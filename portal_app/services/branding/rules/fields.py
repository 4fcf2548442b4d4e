"""Which fields of a proposal customers may see: what is unticked never leaves the server (S4-11).

A field is named `section.field`, as in `vehicle.mileage`. What nobody has decided about is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal_app.core.entries import Entries


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a proposal with its fields by key, in the order in which they stand."""

    key: str
    name: str
    fields: Mapping[str, str]


SECTIONS = (
    Section(
        "customer",
        "Customer information",
        {
            "name": "Name",
            "date_of_birth": "Date of birth",
            "address": "Address",
            "email": "Email",
            "mobile": "Mobile",
            "phone": "Phone",
        },
    ),
    Section(
        "vehicle",
        "Vehicle details",
        {
            "make_model": "Make and model",
            "variant": "Model variant",
            "fuel": "Fuel type",
            "colour": "Colour",
            "doors": "Doors",
            "transmission": "Transmission type",
            "engine_size": "Engine size",
            "mileage": "Mileage",
            "registration": "Registration number",
        },
    ),
    Section(
        "finance",
        "Finance details",
        {
            "finance_type": "Finance type",
            "rate": "Rate",
            "term": "Finance term",
            "cash_price": "Total cash price",
            "deposit": "Deposit",
            "part_exchange": "Part exchange",
            "cash": "Cash",
            "settlement": "Settlement",
            "balance_to_finance": "Balance to finance",
            "registration_fee": "Registration fee",
            "balloon": "Balloon",
        },
    ),
)
EVERY_FIELD = tuple(f"{section.key}.{field}" for section in SECTIONS for field in section.fields)


def visible(kept: Mapping[str, object]) -> frozenset[str]:
    """Return the names of the fields that are shown; one that nobody knows any more is dropped."""
    return frozenset(name for name in EVERY_FIELD if kept.get(name, True) is not False)


def read_fields(entered: Entries, value: object) -> dict[str, object]:
    """Return for every field whether it is shown; `value` lists the names of those ticked."""
    if not isinstance(value, list | tuple | set | frozenset):
        entered.refuse("fields", "Choose the fields that customers see.")
        return {}
    ticked = {name for name in value if isinstance(name, str)}  # pyright: ignore[reportUnknownVariableType]
    if not ticked <= set(EVERY_FIELD) or len(ticked) != len(value):  # pyright: ignore[reportUnknownArgumentType]
        entered.refuse("fields", "One of these is not a field of a proposal. Load the page again.")
    return {name: name in ticked for name in EVERY_FIELD}
