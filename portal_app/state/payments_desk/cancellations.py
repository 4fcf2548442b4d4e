"""State behind the staff's queue of requests to cancel, and the sheet of one of them (S0-25)."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

import reflex as rx

from portal_app.core import clock
from portal_app.services import payments
from portal_app.state.access import staff
from portal_app.state.base import PortalState, load_key
from portal_app.state.formats import is_foreign, moment, moment_there, money, plural, zone_words
from portal_app.state.listing import Page
from portal_app.state.payments_desk.words import (
    CANCELLATIONS,
    Counts,
    Fact,
    contract_path,
    customer_path,
)
from portal_app.state.queueing import QueueMixin

_ORIGINS = {
    payments.CancellationOrigin.SYSTEM: "The portal, after a second attempt failed",
    payments.CancellationOrigin.CONSUMER: "The customer",
    payments.CancellationOrigin.STAFF: "Staff",
}


@dataclass(frozen=True)
class CancellationRow:
    """A request to cancel in the queue."""

    number: str
    href: str
    customer: str
    account: str
    contract: str
    what: str
    status: str
    tone: str
    reason: str
    owed: str
    asked: str

    @classmethod
    def of(cls, one: payments.Cancellation) -> "CancellationRow":
        """Format a request for the queue."""
        return cls(
            number=one.number,
            href=f"{CANCELLATIONS}?open={one.number}",
            customer=one.holder or one.account_name,
            account=f"Account {one.account_number}",
            contract=one.contract.number,
            what=one.contract.asset,
            status=one.look.label,
            tone=one.look.tone,
            reason=one.reason,
            owed=money(one.owed),
            asked=moment_there(one.created_at, one.zone),
        )


@dataclass(frozen=True)
class CancellationSheet:
    """One request for the people who decide about it; empty while none is open."""

    number: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    next_step: str = ""
    contract_href: str = ""
    customer_href: str = ""
    may_decide: bool = False
    asks_for_a_day: bool = False
    earliest: str = ""
    key: str = ""
    facts: list[Fact] = field(default_factory=list)

    @classmethod
    def of(cls, one: payments.Cancellation) -> "CancellationSheet":
        """Format a request for the sheet."""
        tomorrow = clock.today(one.zone) + timedelta(days=1)
        return cls(
            number=one.number,
            title=f"Cancel contract {one.contract.number}?",
            sub=f"{one.number} · {one.account_name} · account {one.account_number}",
            status=one.look.label,
            tone=one.look.tone,
            next_step=one.look.next,
            contract_href=contract_path(one.contract),
            customer_href=customer_path(one.account_number),
            may_decide=one.may_decide,
            asks_for_a_day=one.needs_day,
            earliest=tomorrow.isoformat(),
            key=load_key(),
            facts=[Fact(name, value) for name, value in _facts(one) if value],
        )


def _facts(one: payments.Cancellation) -> list[tuple[str, str]]:
    origin = _ORIGINS[one.origin]
    held = plural(one.on_hold, "payment")
    return [
        ("Contract", ", ".join(filter(None, (one.contract.number, one.contract.asset)))),
        ("Held by", one.holder),
        ("Asked by", f"{origin}: {one.requested_by}" if one.requested_by else origin),
        ("Asked", moment(one.created_at, one.zone)),
        ("Why", one.reason),
        ("Owed", money(one.owed)),
        ("On hold", held if one.on_hold else ""),
        ("Decided by", one.decided_by),
        ("Decided", moment(one.decided_at, one.zone) if one.decided_at else ""),
        ("Hours are in", zone_words(one.zone) if is_foreign(one.zone) else ""),
        ("What the customer was told", one.answer),
    ]


class CancellationQueueState(QueueMixin, PortalState):
    """The requests to cancel of the brand: saved views, search, and one open in a sheet."""

    rows: list[CancellationRow] = []
    counts: Counts = Counts()
    sheet: CancellationSheet = CancellationSheet()
    _noun = ("request",)
    _views: ClassVar = tuple(view.value for view in payments.CancellationQueue)
    _path: ClassVar = CANCELLATIONS
    _topic: ClassVar = "payments"
    _closed: ClassVar = CancellationSheet()

    @rx.event
    @staff
    async def approve(self, form: dict[str, Any]):
        """Cancel the contract; the customer hears why."""
        told = "Cancelled. The customer has been told."
        await self._decide(payments.approve_cancellation, "approve", form, told, "reason")

    @rx.event
    @staff
    async def decline(self, form: dict[str, Any]):
        """Let the contract go on; the customer hears why, and when it is tried again."""
        told = "The contract goes on. The customer has been told."
        fields = ("reason", "try_again_on")
        await self._decide(payments.decline_cancellation, "decline", form, told, *fields)

    async def _decide(self, command: Any, act: str, form: Any, told: str, *fields: str) -> None:
        """Carry out one decision; each has fields of its own, so the problems carry its name."""
        with self._reporting():
            await self._ask(command, **self._entered(form, *fields))
            await self._show_outcome(told)
        found = self.field_problems.items()
        self.field_problems = {f"{act}_{name}": words for name, words in found}

    async def _sheet(self, number: str) -> CancellationSheet:
        return CancellationSheet.of(await self._ask(payments.cancellation, number=number))

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            payments.cancellations, view=self.view, search=self.search, after=after
        )
        self.counts = Counts.of(page.counts)
        return Page([CancellationRow.of(row) for row in page.rows], page.after)
