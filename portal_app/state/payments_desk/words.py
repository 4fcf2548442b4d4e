"""Where the staff's pages of payments are, and words that several of them share."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from portal_app.services import payments
from portal_app.state.formats import short_day

PATH = "/staff/payments"
CANCELLATIONS = "/staff/cancellations"
# Why nothing was taken, in a word or two, for choosing among them.
REASONS = (
    ("limit_exceeded", "Card limit"),
    ("insufficient_funds", "No funds"),
    ("expired", "Expired"),
    ("declined", "Declined"),
    ("authentication_required", "To be confirmed"),
    ("method_gone", "Closed"),
    ("no_method", "No method"),
)


@dataclass(frozen=True)
class Fact:
    """One line of what is known."""

    name: str
    value: str


@dataclass(frozen=True)
class Counts:
    """How many stand in each saved view."""

    all: str = ""
    missed: str = ""
    defaulted: str = ""
    held: str = ""
    open: str = ""
    decided: str = ""

    @classmethod
    def of(cls, counts: tuple[tuple[str, int], ...]) -> "Counts":
        """Format the counts, which stop at a hundred."""
        most = payments.MOST_COUNTED
        return cls(**{name: f"{count}+" if count >= most else str(count) for name, count in counts})


def contract_path(contract: payments.ContractLink) -> str:
    """Return the address of the staff's page about a contract's payments."""
    return f"/staff/contracts/{quote(contract.id, safe='')}/payments"


def customer_path(number: str) -> str:
    """Return the address of the staff's page of a customer."""
    return f"/staff/customers/{quote(number, safe='')}"


def next_try(on: date | None, held: int) -> str:
    """Say in a list what comes next: another try, or nothing until somebody decides."""
    if on:
        return f"Again on {short_day(on)}"
    return "Waits for a decision" if held else ""
