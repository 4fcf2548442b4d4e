"""What each status of a contract means in words, what comes after it, and which store serves."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col

from portal_app.models import Account, Asset, Contract, ContractKind, ContractPhase, ContractStatus
from portal_app.services import wording
from portal_app.services.contracts.views import ContractDetail

MOST_ITEMS = 500


class Shelf(StrEnum):
    """The lists in which an account's contracts stand."""

    CURRENT = "current"
    ENDED = "ended"
    ALL = "all"
    QUOTES = "quotes"
    RESERVATIONS = "reservations"


PHASE_ON = {
    Shelf.CURRENT: ContractPhase.CURRENT,
    Shelf.ENDED: ContractPhase.ENDED,
    Shelf.QUOTES: ContractPhase.QUOTE,
    Shelf.RESERVATIONS: ContractPhase.RESERVATION,
}


@dataclass(frozen=True, slots=True)
class StatusWords:
    """A status as a customer reads it: its name, its tone, and what happens next."""

    label: str
    tone: str
    next_step: str


_WORDS = {
    ContractStatus.QUOTE: StatusWords(
        "Quote", "info", "Nothing is booked yet. Call your store to book at this price."
    ),
    ContractStatus.RESERVATION: StatusWords(
        "Reservation", "info", "Your items are booked. Your store has them ready on the start date."
    ),
    ContractStatus.ACTIVE: StatusWords(
        "Active", "good", "Your contract runs until the end date. There is nothing to do."
    ),
    ContractStatus.PAST_DUE: StatusWords(
        "Past due", "bad", "A payment is late. Pay it, or call your store to keep this in force."
    ),
    ContractStatus.PENDING_CANCELLATION: StatusWords(
        "Cancellation requested", "warn", "We are looking at it and will tell you what we decide."
    ),
    ContractStatus.CANCELLED: StatusWords(
        "Cancelled", "neutral", "This contract was cancelled. Nothing more happens."
    ),
    ContractStatus.RETURNED: StatusWords(
        "Returned", "good", "Your store checks the items and sends the last invoice."
    ),
    ContractStatus.CLOSED: StatusWords(
        "Closed", "neutral", "This contract is finished. You can still open its PDF."
    ),
    ContractStatus.EXPIRED: StatusWords(
        "Expired", "neutral", "This contract has run out. Call your store if you want a new one."
    ),
}
_ON_RENT = StatusWords(
    "Open",
    "good",
    "Call an item off rent when you are done with it. Rent stops when your store confirms.",
)
_ALL_BACK = StatusWords(
    "Open",
    "good",
    "Everything is back. Your store checks the items and then closes this contract.",
)
_KINDS = {
    ContractKind.RENTAL: "Rental contract",
    ContractKind.SERVICE_CONTRACT: "Service contract",
    ContractKind.FINANCE: "Finance agreement",
}
_EARLY = {ContractStatus.QUOTE: "Quote", ContractStatus.RESERVATION: "Reservation"}


def status_words(status: ContractStatus, kind: ContractKind, *, items_out: int) -> StatusWords:
    """Say what a status means; a rental in force reads by what is still out."""
    if status is ContractStatus.ACTIVE and kind is ContractKind.RENTAL:
        return _ON_RENT if items_out else _ALL_BACK
    return _WORDS[status]


def kind_label(status: ContractStatus, kind: ContractKind) -> str:
    """Name what was agreed; before anything is, the name is quote or reservation."""
    return _EARLY.get(status) or _KINDS[kind]


def asset_words(asset: Asset) -> str:
    """Name a vehicle or a thing, with its registration."""
    made = " ".join(part for part in (asset.make, asset.model, asset.variant) if part)
    name = asset.description or made
    return f"{name} ({asset.registration})" if asset.registration else name


def contract_facts(found: ContractDetail) -> list[tuple[str, str]]:
    """Return what there is to say about a contract, as (label, value), for page and document."""
    row, fee = found.row, found.missed_payment_fee
    known = (
        ("For", found.asset),
        ("VIN", found.vin),
        ("Held by", found.holder),
        ("Your order number", row.po_number),
        ("Bought", wording.day(found.purchased_on) if found.purchased_on else ""),
        ("Starts", wording.day(row.starts_on) if row.starts_on else ""),
        ("Ends", wording.day(row.ends_on) if row.ends_on else ""),
        ("Fee for a missed payment", wording.money(fee) if fee else ""),
    )
    return [(label, value) for label, value in known if value]


def shortened(found: ContractDetail) -> str:
    """Say that not every line is listed; "" when each is."""
    if len(found.items) >= found.row.lines:
        return ""
    return f"The first {len(found.items):,} of {found.row.lines:,} lines are listed."


def serving_store(contract: Contract, account: Account) -> str | None:
    """Return the id of the store that serves a contract: its own, else its account's.

    A feed may leave out a contract's store. Whoever needs it, or the time of day there, asks here,
    so that pages, letters and typed times speak of the same one.
    """
    return contract.store_id or account.store_id


def serving(account: Account | None = None) -> ColumnElement[str | None]:
    """Return the same as an expression, to join `Store` by.

    The query has `Contract` in it, and `Account` too unless all are of the one given account.
    """
    of_account: Any = account.store_id if account else col(Account.store_id)
    return func.coalesce(col(Contract.store_id), of_account)
