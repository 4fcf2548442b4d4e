"""Contracts as lists show them, on their own pages and on the summary."""

import re
from dataclasses import dataclass, replace
from datetime import date

from portal_app.services import contracts, payments
from portal_app.state.formats import plural, short_day

# What may stand in an address as it is; the rest is addressed by id.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,38}")


def in_address(number: str, otherwise: str) -> str:
    """Return how a thing is named in an address: by its number if that can stand there."""
    return number if _PLAIN.fullmatch(number) else otherwise


@dataclass(frozen=True)
class ContractEntry:
    """A contract in a list, with what its hover card repeats.

    `heading` names the vehicle over the first of the contracts about it (S0-18).
    """

    id: str = ""
    number: str = ""
    href: str = ""
    kind: str = ""
    what: str = ""
    vehicle: str = ""
    covers: str = ""
    heading: str = ""
    status: str = ""
    tone: str = ""
    next_step: str = ""
    items_out: str = ""
    items_out_words: str = ""
    brief: str = ""
    is_rental: bool = True
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
            vehicle="" if row.is_rental else row.asset,
            covers=row.first_item or row.kind_label,
            status=row.status_label,
            tone=row.status_tone,
            next_step=row.next_step,
            items_out=f"{row.items_out:,}" if row.items_out else "",
            items_out_words=plural(row.items_out, "item") if row.items_out else "None",
            brief=_brief(row),
            is_rental=row.is_rental,
            store=row.store.name,
            store_phone=row.store.phone,
            dates=days(row.starts_on, row.ends_on),
            order_number=row.po_number,
            summary_label=f"Summary of {row.number}",
            pdf=f"/files/contracts/{row.id}",
            pdf_label=f"View {_noun(row)} {row.number} as PDF",
        )

    @classmethod
    def of_payments(cls, found: payments.ContractPayments) -> "ContractEntry":
        """Format what somebody sees of a contract who is trusted with its payments alone."""
        link = found.contract
        return cls(
            id=link.id,
            number=link.number,
            href=f"/contracts/{in_address(link.number, link.id)}",
            kind=found.kind_label,
            what=link.asset,
            status=found.status_label,
            tone=found.status_tone,
            is_rental=False,
        )


def grouped(rows: list[ContractEntry]) -> list[ContractEntry]:
    """Put the contracts about one vehicle together, each vehicle where its first one stood.

    Where none is about a vehicle, such as among rentals, the list stays as it is.
    """
    if not any(row.vehicle for row in rows):
        return rows
    named: list[ContractEntry] = []
    for vehicle in dict.fromkeys(row.vehicle for row in rows):
        held = [row for row in rows if row.vehicle == vehicle]
        headings = [vehicle or "Other contracts", *[""] * (len(held) - 1)]
        named += [
            replace(row, heading=heading, what=row.covers if vehicle else row.what)
            for row, heading in zip(held, headings, strict=True)
        ]
    return named


def days(start: date | None, end: date | None) -> str:
    """Return from when to when, as far as that is known."""
    if start and end:
        return f"{short_day(start)} to {short_day(end)}"
    if start:
        return f"From {short_day(start)}"
    return f"Until {short_day(end)}" if end else ""


def _noun(row: contracts.ContractRow) -> str:
    return row.kind_label.lower() if row.kind_label in {"Quote", "Reservation"} else "contract"


def _brief(row: contracts.ContractRow) -> str:
    """Say the one thing to know of it in a short list: what is out, or until when it covers."""
    if row.is_rental:
        return f"{plural(row.items_out, 'item') if row.items_out else 'None'} out"
    kind = row.kind_label.lower()
    return f"{kind} until {short_day(row.ends_on)}" if row.ends_on else kind


def _what(row: contracts.ContractRow) -> str:
    if row.asset and not row.is_rental:
        # The vehicle is what people know it by; what is covered comes second.
        return f"{row.asset} · {row.first_item}" if row.first_item else row.asset
    if row.lines > 1:
        return f"{row.first_item} and {row.lines - 1:,} more"
    return row.first_item or row.kind_label
