"""What staff may do about a payment, and customers where it is switched on (S0-04, S0-28)."""

from collections.abc import Callable
from datetime import date, timedelta

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict, NotAllowed
from portal_app.models import Action, Instalment
from portal_app.models import InstalmentState as State
from portal_app.services import branding
from portal_app.services.payments import policy
from portal_app.services.payments.commands.booking import book_credit
from portal_app.services.payments.commands.outcomes import write_standing
from portal_app.services.payments.commands.telling import announce, printed, tell, write_down
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.queries.books import Book, book_to_change
from portal_app.services.payments.rules.allowed import MOVABLE
from portal_app.services.payments.rules.dunning import COLLECTED, cured
from portal_app.services.transaction import Transaction, transaction
from portal_app.services.wording import day as in_words

REASON_LIMIT = 300
_FURTHEST = timedelta(days=366)
_GONE = "This has changed since you opened it. Look at the schedule again."
# What a decision changes of a payment; returns what its letter says of it.
_Change = Callable[[Transaction, Book, Instalment], dict[str, str]]


def reschedule(actor: Actor, *, instalment: str, due_on: str, reason: str = "", key: str) -> str:
    """Move a payment to a later day (`2026-12-24`); a missed one starts anew, without its fee.

    Staff may; a customer only where that is switched on (S0-04, S0-20).
    """

    def move(tx: Transaction, book: Book, row: Instalment) -> dict[str, str]:
        _require_movable(tx, book, row)
        day = read_day("due_on", due_on, book.today)
        restart(tx, book, row, day)
        write_standing(book, cured(book.standing))
        return {"on": in_words(day)}

    return _change(actor, instalment, key, reason, move, Action.PAYMENT_RESCHEDULED, "rescheduled")


def waive_instalment(actor: Actor, *, instalment: str, reason: str, key: str) -> str:
    """Let a missed payment go, with its fee."""

    def waive(tx: Transaction, book: Book, row: Instalment) -> dict[str, str]:
        _require_staff(tx, book.deal)
        _require(row, State.MISSED)
        book_credit(tx, book.deal, row, "payment", row.amount_minor + row.fee_minor, book.today)
        row.state, row.retry_on = State.WAIVED, None
        write_standing(book, cured(book.standing))
        return {}

    return _change(actor, instalment, key, reason, waive, Action.PAYMENT_WAIVED, "waived")


def waive_fee(actor: Actor, *, instalment: str, reason: str, key: str) -> str:
    """Let the fee of a missed payment go; the payment itself is still tried again.

    So may the fee that stays owed for one that was made elsewhere: what of it is still owed.
    """

    def waive(tx: Transaction, book: Book, row: Instalment) -> dict[str, str]:
        _require_staff(tx, book.deal)
        if owed := book.owed_fees.get(row.id, 0):
            return {"fee": _without_fee(tx, book, row, owed)}
        _require(row, State.MISSED)
        if not row.fee_minor:
            raise Conflict("There is no fee on this payment any more.")
        fee, owed = _without_fee(tx, book, row), printed(row.amount_minor, book.contract)
        if book.is_over or row.retry_on is None:
            return {"fee": fee, "owed": owed}
        return {"fee": fee, "again": in_words(row.retry_on)}

    return _change(actor, instalment, key, reason, waive, Action.PAYMENT_FEE_WAIVED, "fee_waived")


def reinstate(actor: Actor, *, instalment: str, due_on: str, reason: str, key: str) -> str:
    """Put a payment that failed twice back on the schedule, for a later day and without fee."""

    def put_back(tx: Transaction, book: Book, row: Instalment) -> dict[str, str]:
        _require_staff(tx, book.deal)
        _require_live(book)
        _require(row, State.DEFAULTED)
        day = read_day("due_on", due_on, book.today)
        restart(tx, book, row, day)
        return {"on": in_words(day)}

    return _change(
        actor, instalment, key, reason, put_back, Action.PAYMENT_REINSTATED, "rescheduled"
    )


def write_off(actor: Actor, *, instalment: str, reason: str, key: str) -> str:
    """Give up a payment that failed twice; the customer is told that it is not asked for.

    Of an ended contract also one that was missed and moved: nothing will try it any more.
    """

    def give_up(tx: Transaction, book: Book, row: Instalment) -> dict[str, str]:
        _require_staff(tx, book.deal)
        if not (book.is_over and row.id in book.charged):
            _require(row, State.DEFAULTED)
        book_credit(tx, book.deal, row, "payment", row.amount_minor + row.fee_minor, book.today)
        row.state, row.retry_on = State.WRITTEN_OFF, None
        return {}

    return _change(actor, instalment, key, reason, give_up, Action.PAYMENT_WRITTEN_OFF, "waived")


def release_holds(actor: Actor, *, contract: str, reason: str, key: str) -> int:
    """Let the payments of a contract that are on hold be taken again; return how many.

    One whose day has passed is due tomorrow: nothing is taken on the very day of the decision.
    """
    with transaction(actor) as tx:
        deal = policy.require_deal(tx.session, actor, contract, lock=True)
        _require_staff(tx, deal)
        if (done := tx.earlier_answer(key, "payments.release_holds", contract)) is not None:
            return int(done)
        words = read_reason(reason)
        book = book_to_change(tx.session, deal)
        _require_live(book)
        freed = release(book, book.today + timedelta(days=1))
        if not freed:
            raise Conflict("Nothing is on hold on this contract.")
        detail = {"count": freed, "reason": words}
        write_down(tx, deal, Action.PAYMENT_HOLDS_RELEASED, "contract", deal.contract.id, **detail)
        tell(tx, deal, "released", {"count": str(freed), "reason": words})
        tx.answer(key, str(freed))
        return freed


def release(book: Book, not_before: date) -> int:
    """Put what is on hold back on the schedule, no earlier than a day; return how many."""
    held = [one for one in book.instalments if one.state is State.ON_HOLD]
    for row in held:
        row.state, row.version = State.SCHEDULED, row.version + 1
        if row.due_on < not_before:
            row.rescheduled_from, row.due_on = row.rescheduled_from or row.due_on, not_before
    return len(held)


def restart(tx: Transaction, book: Book, row: Instalment, day: date) -> None:
    """Put a payment back to its beginning on a later day: without fee, as if never tried."""
    if row.state is not State.SCHEDULED:
        _without_fee(tx, book, row)
    row.rescheduled_from = row.rescheduled_from or row.due_on
    row.state, row.due_on, row.retry_on = State.SCHEDULED, day, None


def read_day(field: str, value: object, today: date) -> date:
    """Return a day from tomorrow on, within a year."""
    entries = Entries()
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None:
        entries.refuse(field, "Enter a date.")
    elif not today < day <= today + _FURTHEST:
        entries.refuse(field, "Choose a day from tomorrow on, within a year.")
    entries.done()
    assert day is not None
    return day


def read_reason(value: object) -> str:
    """Return why something was decided: the customer reads it."""
    entries = Entries()
    words = entries.text(
        "reason", value, limit=REASON_LIMIT, missing="Write why: the customer reads it."
    )
    entries.done()
    return words


def _change(
    actor: Actor, instalment: str, key: str, reason: str, change: _Change, action: Action, told: str
) -> str:
    with transaction(actor) as tx:
        row, deal = policy.require_instalment(tx.session, actor, instalment)
        if tx.earlier_answer(key, f"payments.{told}", instalment, action) is not None:
            return row.id
        if not actor.is_staff and not policy.may_manage(tx.session, actor, deal.contract):
            raise NotAllowed("Only the person who holds this contract can change its payments.")
        book = book_to_change(tx.session, deal)
        if all(one is not row for one in book.instalments):  # a feed has ended it meanwhile
            raise Conflict(_GONE)
        _conclude(tx, deal, row, action, told, change(tx, book, row), read_reason(reason))
        return tx.answer(key, row.id)


def _conclude(
    tx: Transaction,
    deal: Deal,
    row: Instalment,
    action: Action,
    told: str,
    facts: dict[str, str],
    reason: str,
) -> None:
    row.version += 1
    detail = {"number": row.sequence, "reason": reason, "due_on": row.due_on.isoformat()}
    write_down(tx, deal, action, "instalment", row.id, **detail)
    announce(tx, deal, told, row, due_on=row.due_on.isoformat(), fee_minor=row.fee_minor)
    standing = {
        **dict.fromkeys(("on", "fee", "again", "owed"), ""),
        "number": str(row.sequence),
        "amount": printed(row.amount_minor, deal.contract),
        "reason": reason,
    }
    tell(tx, deal, told, {**standing, **facts})


def _require_movable(tx: Transaction, book: Book, row: Instalment) -> None:
    feature = MOVABLE.get(row.state)
    if tx.actor.is_consumer:
        branding.require_on(tx, feature or branding.Feature.CHANGE_DATES)
    policy.require_colleague(tx.session, tx.actor, book.contract)
    if feature is None or book.contract.status not in COLLECTED:
        raise Conflict(_GONE)


def _require_staff(tx: Transaction, deal: Deal) -> None:
    if not tx.actor.is_staff:
        raise NotAllowed("Only we can do that. Ask us, and we look at it with you.")
    policy.require_colleague(tx.session, tx.actor, deal.contract)


def _require_live(book: Book) -> None:
    if book.is_over:
        raise Conflict("This contract has ended: nothing is taken on it. Write off what is owed.")


def _require(row: Instalment, state: State) -> None:
    if row.state is not state:
        raise Conflict(_GONE)


def _without_fee(tx: Transaction, book: Book, row: Instalment, owed: int = 0) -> str:
    """Take a fee off, all of it or what of it is owed, and return how much that is."""
    amount = owed or row.fee_minor
    book_credit(tx, book.deal, row, "fee", amount, clock.today(book.deal.zone))
    row.fee_minor -= amount
    return printed(amount, book.contract)
