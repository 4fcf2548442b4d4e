"""The payments of one contract, and of all the contracts that a customer has."""

from collections import defaultdict

from sqlmodel import Session

from portal_app.core.actor import Actor
from portal_app.core.money import Money
from portal_app.models import AttemptState, Contract, Instalment
from portal_app.models import InstalmentState as State
from portal_app.services import branding, contracts
from portal_app.services.payments import policy
from portal_app.services.payments.queries.books import (
    Book,
    book_of,
    deals_of,
    visible_books,
)
from portal_app.services.payments.queries.building import (
    attempts_of,
    link_of,
    method_of,
    what_next_of,
)
from portal_app.services.payments.queries.cancellations import cancellation_of
from portal_app.services.payments.queries.methods import (
    manageable_among,
    methods_by_contract,
)
from portal_app.services.payments.rules import methods as method_rules
from portal_app.services.payments.rules import words
from portal_app.services.payments.rules.allowed import Leave, leave_for
from portal_app.services.payments.views import (
    Attempt,
    ContractLink,
    ContractPayments,
    ContractSummary,
    Method,
    Payment,
    VehicleGroup,
    WhatNext,
)
from portal_app.services.transaction import reading

_PAID = (State.PAID, State.PAID_LATE)
_LEFT = (
    State.SCHEDULED,
    State.PROCESSING,
    State.MISSED,
    State.RETRYING,
    State.DEFAULTED,
    State.ON_HOLD,
)


def contract_payments(actor: Actor, *, contract: str) -> ContractPayments:
    """Return all about the payments of one contract, by its id; NotFound to a stranger (S0-29)."""
    with reading() as session:
        deal = policy.require_deal(session, actor, contract)
        book = book_of(session, deal)
        leave = _leave(session, actor, book)
        shown = methods_by_contract(session, actor, [book]).get(deal.contract.id, ())
        return _page(session, actor, book, leave, shown if leave.manage else ())


def payments_overview(actor: Actor, *, account: str) -> tuple[VehicleGroup, ...]:
    """Return an account's contracts with payments, grouped by what they are about (S0-18)."""
    with reading() as session:
        books = visible_books(session, actor, account)
        mine = manageable_among(session, actor, [book.contract.id for book in books])
    groups: dict[str, list[ContractSummary]] = defaultdict(list)
    for book in books:
        groups[book.asset].append(summary_of(book, shows_methods=book.contract.id in mine))
    return tuple(VehicleGroup(asset, tuple(found)) for asset, found in groups.items())


def what_next(actor: Actor, *, account: str) -> tuple[WhatNext, ...]:
    """Return what happens next on each of an account's contracts, what needs somebody first."""
    with reading() as session:
        found = [what_next_of(book) for book in visible_books(session, actor, account)]
    planned = [one for one in found if one.on or one.if_nothing]
    return tuple(sorted(planned, key=lambda one: (not one.needs_action, one.tone != "bad")))


def _leave(session: Session, actor: Actor, book: Book) -> Leave:
    return leave_for(
        is_staff=actor.is_staff,
        is_manager=not actor.is_staff and policy.may_manage(session, actor, book.contract),
        features=branding.features_of(session, book.contract.brand_id),
        status=book.contract.status,
        takes_payments=book.policy.takes_payments,
        has_request=book.request is not None,
        is_own=bool(policy.own_among(session, actor, [book.contract.id])),
    )


def _page(
    session: Session, actor: Actor, book: Book, leave: Leave, methods: tuple[Method, ...]
) -> ContractPayments:
    contract, schedule = book.contract, _schedule(book, leave)
    look = contracts.status_words(contract.status, contract.kind, items_out=0)
    is_held = any(one.state is State.ON_HOLD for one in book.instalments)
    owed = Money(_owed(book), contract.currency)
    return ContractPayments(
        contract=link_of(contract, book.asset),
        kind=contract.kind,
        kind_label=contracts.kind_label(contract.status, contract.kind),
        status=contract.status,
        status_label=look.label,
        status_tone=look.tone,
        account_id=contract.account_id,
        currency=contract.currency,
        zone=book.deal.zone,
        takes_payments=book.policy.takes_payments,
        what_next=what_next_of(book),
        schedule=schedule,
        methods=methods,
        missed=next((one for one in schedule if one.state is State.MISSED), None),
        choices=tuple(one for one in methods if one.is_usable),
        cancellation=cancellation_of(book, actor, is_own=leave.is_own) if book.request else None,
        paid=_sum(book, _of(book, _PAID)) - owed,
        left=_sum(book, _left(book)) + owed,
        others=_others(session, actor, book) if leave.manage else (),
        account_number=book.deal.account.number,
        account_name=book.deal.account.name,
        may_see_methods=leave.manage,
        may_manage_methods=leave.change_methods,
        may_ask_to_cancel=leave.ask_to_cancel,
        may_release=leave.staff and is_held,
        whose=policy.OWN if leave.is_own else "",
    )


def _schedule(book: Book, leave: Leave) -> tuple[Payment, ...]:
    tried = attempts_of(book)
    return tuple(_payment(one, book, leave, tried.get(one.id, ())) for one in book.instalments)


def _payment(row: Instalment, book: Book, leave: Leave, tried: tuple[Attempt, ...]) -> Payment:
    currency, owed = book.contract.currency, book.owed_fees.get(row.id, 0)
    is_over, is_charged = book.is_over, row.id in book.charged
    return Payment(
        id=row.id,
        sequence=row.sequence,
        due_on=row.due_on,
        amount=Money(row.amount_minor, currency),
        fee=Money(row.fee_minor, currency),
        state=row.state,
        look=words.look_of(row.state, is_over=is_over, is_charged=is_charged),
        retry_on=row.retry_on if row.state is State.MISSED and not is_over else None,
        paid_on=row.paid_on,
        rescheduled_from=row.rescheduled_from,
        attempts=tried,
        may_pay_now=leave.pay_now and row.state is State.MISSED,
        may_reschedule=leave.may_reschedule(row.state),
        may_waive=leave.forgive and row.state is State.MISSED,
        owed_fee=Money(owed, currency),
        may_waive_fee=leave.forgive and (owed or (row.state is State.MISSED and row.fee_minor)) > 0,
        may_reinstate=leave.staff and row.state is State.DEFAULTED,
        may_write_off=leave.forgive and (row.state is State.DEFAULTED or (is_over and is_charged)),
        has_receipt=any(one.state is AttemptState.SUCCEEDED for one in tried),
    )


def _owed(book: Book) -> int:
    return sum(book.owed_fees.get(one.id, 0) for one in book.instalments)


def _of(book: Book, states: tuple[State, ...]) -> list[Instalment]:
    return [one for one in book.instalments if one.state in states]


def _left(book: Book) -> list[Instalment]:
    """Return what is still to be paid: of an ended contract, what was due before it ended."""
    return [*book.owed, *_of(book, (State.PROCESSING,))] if book.is_over else _of(book, _LEFT)


def _sum(book: Book, rows: list[Instalment]) -> Money:
    return Money(sum(one.amount_minor + one.fee_minor for one in rows), book.contract.currency)


def _others(session: Session, actor: Actor, book: Book) -> tuple[ContractLink, ...]:
    """Return the other contracts to which a method may be copied, by hand (S0-16)."""
    where = (
        policy.payable_with(book.contract),
        Contract.id != book.contract.id,
        policy.manageable_by(actor),
    )
    return tuple(link_of(deal.contract) for deal in deals_of(session, *where))


def summary_of(book: Book, *, shows_methods: bool) -> ContractSummary:
    """Return a contract as lists show it."""
    contract, chosen = book.contract, book.chosen
    look = contracts.status_words(contract.status, contract.kind, items_out=0)
    return ContractSummary(
        contract=link_of(contract, book.asset),
        kind_label=contracts.kind_label(contract.status, contract.kind),
        status_label=look.label,
        status_tone=look.tone,
        what_next=what_next_of(book),
        default_method=(
            method_of(chosen, book.today, chosen) if chosen and shows_methods else None
        ),
        has_expired_method=shows_methods
        and any(method_rules.is_expired(one, book.today) for one in book.methods),
        schedule=_schedule(book, Leave()),
    )
