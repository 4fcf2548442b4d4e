"""State behind the payments on a contract's page: what is shown, and what may be done there."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app import wiring
from portal_app.core import clock
from portal_app.services import payments
from portal_app.state.access import contract_customer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import day, local_day, money
from portal_app.state.payments.methods import MethodEntry
from portal_app.state.payments.schedules import PaymentRow, ScheduleView
from portal_app.state.payments.words import ContractRef, Outlook

ASKED = "You asked for it on the portal."


@dataclass(frozen=True)
class Option:
    """A payment that may be moved to another day."""

    value: str
    label: str


@dataclass(frozen=True)
class ContractPaymentsView:
    """The payments of a contract; `is_there` is False for one that is not paid by a schedule."""

    is_there: bool = False
    contract: ContractRef = field(default_factory=ContractRef)
    outlook: Outlook = field(default_factory=Outlook)
    schedule: ScheduleView = field(default_factory=ScheduleView)
    paid: str = ""
    left: str = ""
    methods: list[MethodEntry] = field(default_factory=list)
    warnings: list[MethodEntry] = field(default_factory=list)
    has_methods: bool = False
    may_manage: bool = False
    cancellation: str = ""
    cancellation_text: str = ""
    may_ask_to_cancel: bool = False
    movable: list[Option] = field(default_factory=list)
    earliest: str = ""
    key: str = ""

    @classmethod
    def of(cls, found: payments.ContractPayments) -> "ContractPaymentsView":
        """Format the payments of a contract for display."""
        today = clock.today(found.zone)
        schedule = ScheduleView.of(found.schedule, today)
        methods = [MethodEntry.of(one, today) for one in found.methods]
        rows = (*schedule.earlier, *schedule.year, *schedule.later)
        return cls(
            is_there=bool(found.schedule or found.methods),
            contract=ContractRef.of(found.contract),
            outlook=Outlook.of(found.what_next),
            schedule=schedule,
            paid=money(found.paid),
            left=money(found.left),
            methods=methods,
            warnings=[one for one in methods if one.warning and one.is_default],
            has_methods=found.may_see_methods,
            may_manage=found.may_manage_methods,
            cancellation=_may_end(found.cancellation),
            cancellation_text=_asked(found.cancellation),
            may_ask_to_cancel=found.may_ask_to_cancel,
            movable=[_option(one) for one in rows if one.may_move],
            earliest=today.isoformat(),
            key=load_key(),
        )


def _option(one: PaymentRow) -> Option:
    return Option(one.id, f"{one.name}, due on {one.due_on}: {one.amount}")


def _may_end(request: payments.Cancellation | None) -> str:
    """Head what waits; nobody asked for what missed payments brought about (S0-25)."""
    if request is None:
        return ""
    was_asked = request.origin is payments.CancellationOrigin.CONSUMER
    return (
        "Somebody asked to cancel this contract" if was_asked else "This contract may be cancelled"
    )


def _asked(request: payments.Cancellation | None) -> str:
    """Say who asked for the end of a contract, why, and what happens now (S0-25)."""
    if request is None:
        return ""
    on = day(local_day(request.created_at, request.zone))
    by = {"system": "This was started", "staff": "We started this"}.get(
        request.origin.value, "You asked for this"
    )
    why = f" {request.reason}" if request.reason else ""
    ahead = " We look at it and write to you. The contract stays in force until then."
    return f"{by} on {on}.{why}{ahead}"


class ContractPaymentsState(FormMixin, PortalState):
    """What a customer may do to the payments of a contract, each by a switch of its own (S0-05).

    The page that shows them follows by its topics: nothing is read again here.
    """

    @rx.event
    @contract_customer
    async def pay_now(self, instalment: str, key: str):
        """Take a missed payment with its fee at once."""
        with self._reporting():
            gateway = wiring.payment_gateway()
            paid = await self._ask(
                payments.pay_now, instalment=instalment, gateway=gateway, key=key
            )
            self._say(*_outcome(paid))

    @rx.event
    @contract_customer
    async def move(self, form: dict[str, Any]):
        """Ask for a payment on another day; refused unless it is switched on (S0-04, S0-20)."""
        asked = {name: self._text(form, name) for name in ("instalment", "due_on", "key")}
        with self._reporting():
            await self._ask(payments.reschedule, reason=ASKED, **asked)
            self._say("The payment is moved.")

    @rx.event
    @contract_customer
    async def ask_to_cancel(self, form: dict[str, Any]):
        """Ask for the contract to end; staff decide."""
        asked = {name: self._text(form, name) for name in ("contract", "reason", "key")}
        with self._reporting():
            number = await self._ask(payments.ask_to_cancel, **asked)
            self._say(f"We have your request {number}, and write to you.")


def _outcome(paid: payments.Paid) -> tuple[str, str]:
    """Say what became of paying now; a failure is harmless, and says so."""
    if paid.state.value == "failed":
        return f"Nothing was taken. {paid.reason} The payment stays as it was.", "bad"
    if paid.state.value == "succeeded":
        return "Paid. Thank you: your receipt is on its way to you.", "good"
    return "Your payment is on its way. The bank confirms it soon.", "good"
