"""Contracts as lists show them, on their own pages and on the summary."""

import re
from dataclasses import dataclass
from datetime import date

from portal_app.services import contracts
from portal_app.state.formats import plural, short_day

# What may stand in an address as it is; the rest is addressed by id.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,38}")


def in_address(number: str, otherwise: str) -> str:
    """Return how a thing is named in an address: by its number if that can stand there."""
    return number if _PLAIN.fullmatch(number) else otherwise


@dataclass(frozen=True)
class ContractEntry:
    """A contract in a list, with what its hover card repeats."""

    id: str = ""
    number: str = ""
    href: str = ""
    kind: str = ""
    what: str = ""
    status: str = ""
    tone: str = ""
    next_step: str = ""
    items_out: str = ""
    items_out_words: str = ""
    store: str = ""
    store_phone: str = ""
    dates: str = ""
    order_number: str = ""
    summary_label: str = ""
    pdf: str = ""
    pdf_label: str = ""

    @classmethod
    def of(cls, row: contracts.ContractRow) -> "ContractEntry":
        """Format a contract for display."""
        return cls(
            id=row.id,
            number=row.number,
            href=f"/contracts/{in_address(row.number, row.id)}",
            kind=row.kind_label,
            what=_what(row),
            status=row.status_label,
            tone=row.status_tone,
            next_step=row.next_step,
            items_out=f"{row.items_out:,}" if row.items_out else "",
            items_out_words=plural(row.items_out, "item") if row.items_out else "None",
            store=row.store.name,
            store_phone=row.store.phone,
            dates=days(row.starts_on, row.ends_on),
            order_number=row.po_number,
            summary_label=f"Summary of {row.number}",
            pdf=f"/files/contracts/{row.id}",
            pdf_label=f"View {_noun(row)} {row.number} as PDF",
        )


def days(start: date | None, end: date | None) -> str:
    """Return from when to when, as far as that is known."""
    if start and end:
        return f"{short_day(start)} to {short_day(end)}"
    if start:
        return f"From {short_day(start)}"
    return f"Until {short_day(end)}" if end else ""


def _noun(row: contracts.ContractRow) -> str:
    return row.kind_label.lower() if row.kind_label in {"Quote", "Reservation"} else "contract"


def _what(row: contracts.ContractRow) -> str:
    if row.lines > 1:
        return f"{row.first_item} and {row.lines - 1:,} more"
    return row.first_item or row.kind_label
