"""Figures as pages show them: the same words as on paper, from the same views."""

from dataclasses import dataclass, field

from portal_app.services import billing
from portal_app.state.base import load_key
from portal_app.state.contracts.words import in_address
from portal_app.state.formats import NOT_PROVIDED, day, money, period, short_day


@dataclass(frozen=True)
class AgedEntry:
    """One bucket of the ageing."""

    label: str
    amount: str


@dataclass(frozen=True)
class StandingView:
    """How the account stands on a day."""

    as_of: str = ""
    label: str = ""
    balance: str = ""
    owed: str = ""
    overdue: str = ""
    is_in_credit: bool = False
    ageing: list[AgedEntry] = field(default_factory=list)

    @classmethod
    def of(cls, standing: billing.Standing) -> "StandingView":
        """Format the figures for display; without a sign, the label says which way they go."""
        return cls(
            as_of=day(standing.as_of),
            label=standing.label,
            balance=money(standing.amount),
            owed=money(standing.owed),
            overdue=money(standing.overdue) if standing.overdue else "",
            is_in_credit=standing.is_in_credit,
            ageing=[
                AgedEntry(part.label, money(part.amount))
                for part in standing.ageing
                if standing.owed
            ],
        )


@dataclass(frozen=True)
class MovementEntry:
    """One entry of the ledger."""

    key: str
    on: str
    label: str
    detail: str
    reference: str
    amount: str
    balance: str

    @classmethod
    def of(cls, movement: billing.Movement, place: int) -> "MovementEntry":
        """Format an entry for display."""
        return cls(
            key=str(place),
            on=short_day(movement.on),
            label=movement.label,
            detail=" · ".join(filter(None, (_contract_beside(movement), movement.method))),
            reference=movement.reference,
            amount=money(movement.amount),
            balance=money(movement.balance),
        )


def _contract_beside(movement: billing.Movement) -> str:
    """Return the contract's number, unless the reference beside it begins with the same."""
    contract = movement.contract_number
    return "" if contract and movement.reference.startswith(contract) else contract


@dataclass(frozen=True)
class StatementEntry:
    """A statement in a list."""

    as_of: str
    label: str
    balance: str
    note: str
    href: str
    pdf: str
    pdf_label: str

    @classmethod
    def of(cls, row: billing.StatementRow, account: str) -> "StatementEntry":
        """Format a statement for display."""
        iso, label, minor = row.as_of.isoformat(), day(row.as_of), row.balance.amount_minor
        return cls(
            as_of=iso,
            label=label,
            balance=money(-row.balance if minor < 0 else row.balance),
            note="In credit" if minor < 0 else "Balance owed" if minor else "Nothing owed",
            href=f"/statements/{iso}",
            pdf=f"/files/statements/{account}/{iso}",
            pdf_label=f"Statement of {label} as PDF",
        )


@dataclass(frozen=True)
class StatementView:
    """A statement on its page; empty until it is loaded."""

    as_of: str = ""
    iso: str = ""
    period: str = ""
    opening: str = ""
    standing: StandingView = field(default_factory=StandingView)
    movements: list[MovementEntry] = field(default_factory=list)
    earlier: str = ""
    note: str = ""
    account: str = ""
    pdf: str = ""
    key: str = ""

    @classmethod
    def of(cls, found: billing.Statement) -> "StatementView":
        """Format a statement for display."""
        iso = found.as_of.isoformat()
        return cls(
            as_of=day(found.as_of),
            iso=iso,
            period=period(found.starts_on, found.as_of),
            opening=money(found.opening),
            standing=StandingView.of(found.standing),
            movements=[MovementEntry.of(one, n) for n, one in enumerate(found.movements)],
            earlier=money(found.earlier) if found.is_shortened else "",
            note=found.explanation,
            account=found.account.number,
            pdf=f"/files/statements/{found.account.id}/{iso}",
            key=load_key(),
        )


@dataclass(frozen=True)
class InvoiceEntry:
    """An invoice in a list."""

    id: str = ""
    number: str = ""
    href: str = ""
    issued_on: str = ""
    due_on: str = ""
    total: str = ""
    open: str = ""
    is_open: bool = False
    status: str = ""
    tone: str = ""
    next_step: str = ""
    contract: str = ""
    contract_href: str = ""
    pdf: str = ""
    pdf_label: str = ""

    @classmethod
    def of(cls, row: billing.InvoiceRow) -> "InvoiceEntry":
        """Format an invoice for display."""
        return cls(
            id=row.id,
            number=row.number,
            href=f"/invoices/{in_address(row.number, row.id)}",
            issued_on=short_day(row.issued_on),
            due_on=short_day(row.due_on),
            total=money(row.total),
            open=NOT_PROVIDED if row.open is None else money(row.open),
            is_open=bool(row.open),
            status=row.status_label,
            tone=row.status_tone,
            next_step=row.next_step,
            contract=row.contract_number,
            contract_href=f"/contracts/{in_address(row.contract_number, row.contract_id)}",
            pdf=f"/files/invoices/{row.id}",
            pdf_label=f"View invoice {row.number} as PDF",
        )
