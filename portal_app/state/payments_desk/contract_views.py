"""What the staff's page of a contract's payments shows."""

from dataclasses import dataclass, field
from datetime import timedelta

from portal_app.core import clock
from portal_app.services import payments
from portal_app.state.base import load_key
from portal_app.state.formats import day, money, plural, short_day, short_moment
from portal_app.state.payments.methods import TickBox, tick_boxes
from portal_app.state.payments.words import receipt_path
from portal_app.state.payments_desk.words import CANCELLATIONS, Fact, contract_path, customer_path
from portal_app.state.rentals.words import Moment

_TONES = {"good": "good", "bad": "bad", "info": "info", "warn": "warn"}


@dataclass(frozen=True)
class PaymentRow:
    """One payment of the schedule."""

    id: str
    name: str
    href: str
    due_on: str
    moved: str
    amount: str
    fee: str
    status: str
    tone: str
    reason: str
    next_step: str

    @classmethod
    def of(cls, one: payments.Payment, path: str) -> "PaymentRow":
        """Format a payment for the schedule."""
        return cls(
            id=one.id,
            name=f"Payment {one.sequence}",
            href=f"{path}?open={one.sequence}",
            due_on=short_day(one.due_on),
            moved=f"Moved from {short_day(one.rescheduled_from)}" if one.rescheduled_from else "",
            amount=money(one.amount),
            fee=f"+ {money(one.fee)} fee" if one.fee.amount_minor else "",
            status=one.look.label,
            tone=one.look.tone,
            reason=_last_reason(one),
            next_step=_next(one),
        )


@dataclass(frozen=True)
class PaymentSheet:
    """One payment with its attempts and what may be done to it; empty while none is open."""

    id: str = ""
    number: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    earliest: str = ""
    key: str = ""
    total: str = ""
    fee: str = ""
    owed_fee: str = ""
    receipt: str = ""
    may_reschedule: bool = False
    may_pay_now: bool = False
    may_waive: bool = False
    may_waive_fee: bool = False
    may_reinstate: bool = False
    may_write_off: bool = False
    facts: list[Fact] = field(default_factory=list)
    tries: list[Moment] = field(default_factory=list)

    @classmethod
    def of(cls, one: payments.Payment, found: payments.ContractPayments) -> "PaymentSheet":
        """Format a payment for the sheet."""
        tomorrow = clock.today(found.zone) + timedelta(days=1)
        return cls(
            id=one.id,
            number=str(one.sequence),
            title=f"Payment {one.sequence}",
            sub=f"Contract {found.contract.number} · {found.account_name}",
            status=one.look.label,
            tone=one.look.tone,
            earliest=tomorrow.isoformat(),
            key=load_key(),
            total=money(one.amount + one.fee),
            fee=money(one.owed_fee or one.fee),
            owed_fee=money(one.owed_fee) if one.owed_fee else "",
            receipt=receipt_path(one),
            may_reschedule=one.may_reschedule,
            may_pay_now=one.may_pay_now,
            may_waive=one.may_waive,
            may_waive_fee=one.may_waive_fee,
            may_reinstate=one.may_reinstate,
            may_write_off=one.may_write_off,
            facts=[Fact(name, value) for name, value in _facts(one) if value],
            tries=[_moment(attempt, found.zone) for attempt in one.attempts],
        )


@dataclass(frozen=True)
class MethodRow:
    """A card or a bank account of the contract; `key` makes a repeated click the same click."""

    id: str
    label: str
    meta: str
    status: str
    tone: str
    key: str
    may_choose: bool
    may_remove: bool

    @classmethod
    def of(cls, one: payments.Method, *, may_manage: bool) -> "MethodRow":
        """Format a method."""
        status, tone = ("Charged", "good") if one.is_default else ("Not charged", "neutral")
        if not one.is_usable:
            status, tone = "Expired" if one.is_expired else "Cannot be used", "bad"
        others = ", ".join(link.number for link in one.elsewhere)
        meta = (
            f"Expires {one.expires}" if one.expires else "",
            one.holder,
            f"Also on {others}" if others else "",
        )
        return cls(
            id=one.id,
            label=one.label,
            meta=" · ".join(filter(None, meta)),
            status=status,
            tone=tone,
            key=load_key(),
            may_choose=may_manage and one.is_usable and not one.is_default,
            may_remove=may_manage,
        )


@dataclass(frozen=True)
class ContractDesk:
    """The payments of one contract, for staff; empty until loaded."""

    id: str = ""
    title: str = ""
    what: str = ""
    customer: str = ""
    customer_href: str = ""
    status: str = ""
    tone: str = "neutral"
    headline: str = ""
    outlook_tone: str = "neutral"
    left: str = ""
    paid: str = ""
    held: str = ""
    key: str = ""
    cancellation: str = ""
    cancellation_href: str = ""
    cancellation_reason: str = ""
    whose: str = ""
    takes_payments: bool = True
    may_release: bool = False
    may_add: bool = False
    may_ask_to_cancel: bool = False
    if_nothing: list[str] = field(default_factory=list)
    if_fixed: list[str] = field(default_factory=list)
    schedule: list[PaymentRow] = field(default_factory=list)
    methods: list[MethodRow] = field(default_factory=list)
    charged: str = ""
    charged_label: str = ""
    others: list[TickBox] = field(default_factory=list)

    @classmethod
    def of(cls, found: payments.ContractPayments) -> "ContractDesk":
        """Format everything that staff need to see."""
        path, ahead, request = contract_path(found.contract), found.what_next, found.cancellation
        held = sum(one.state is payments.InstalmentState.ON_HOLD for one in found.schedule)
        may_add = found.may_manage_methods
        charged = next((one for one in found.choices if one.is_default), None)
        return cls(
            id=found.contract.id,
            title=f"Payments of contract {found.contract.number}",
            what=found.contract.asset,
            customer=f"{found.account_name}, account {found.account_number}",
            customer_href=customer_path(found.account_number),
            status=found.status_label,
            tone=found.status_tone,
            headline=ahead.headline,
            outlook_tone=ahead.tone,
            left=money(found.left),
            paid=money(found.paid),
            held=f"{plural(held, 'payment')} on hold" if held else "",
            key=load_key(),
            cancellation=request.number if request else "",
            cancellation_href=f"{CANCELLATIONS}?open={request.number}" if request else "",
            cancellation_reason=request.reason if request else "",
            whose=found.whose,
            takes_payments=found.takes_payments,
            may_release=found.may_release,
            may_add=may_add,
            may_ask_to_cancel=found.may_ask_to_cancel,
            if_nothing=list(ahead.if_nothing),
            if_fixed=list(ahead.if_fixed),
            schedule=[PaymentRow.of(one, path) for one in found.schedule],
            methods=[MethodRow.of(one, may_manage=may_add) for one in found.methods],
            charged=charged.id if charged else "",
            charged_label=charged.label if charged else "",
            others=tick_boxes(found) if may_add else [],
        )


def _last_reason(one: payments.Payment) -> str:
    failed = [attempt.reason for attempt in one.attempts if attempt.reason]
    return failed[-1] if failed else ""


def _next(one: payments.Payment) -> str:
    if one.retry_on:
        return f"Again on {short_day(one.retry_on)}"
    if one.owed_fee:
        return f"Paid elsewhere, {money(one.owed_fee)} fee still owed"
    return f"Paid on {short_day(one.paid_on)}" if one.paid_on else ""


def _facts(one: payments.Payment) -> list[tuple[str, str]]:
    return [
        ("Due on", day(one.due_on)),
        ("Moved from", day(one.rescheduled_from) if one.rescheduled_from else ""),
        ("Amount", money(one.amount)),
        ("Fee", money(one.fee) if one.fee.amount_minor else ""),
        ("Next try", day(one.retry_on) if one.retry_on else ""),
        ("Paid on", day(one.paid_on) if one.paid_on else ""),
    ]


def _moment(attempt: payments.Attempt, zone: str) -> Moment:
    """Say of one attempt what was asked for, from what, and what came of it."""
    asked = f"{money(attempt.amount)} from {attempt.method or 'no method'}"
    by = f"by {attempt.by_name}" if attempt.by_name else ""
    return Moment(
        title=f"{attempt.kind_words}: {attempt.look.label.lower()}",
        when=short_moment(attempt.at, zone),
        iso=attempt.at.isoformat(),
        text=" · ".join(filter(None, (asked, by, attempt.reason))),
        tone=_TONES.get(attempt.look.tone, ""),
        icon="",
    )
