"""What follows from the outcome of an attempt, all in one transaction."""

from portal_app.core import clock
from portal_app.models import (
    PHASE_OF,
    Action,
    AttemptKind,
    AttemptState,
    CancellationOrigin,
    FailureReason,
    Instalment,
    PaymentAttempt,
)
from portal_app.models import InstalmentState as State
from portal_app.services.payments.commands.booking import (
    book_charge,
    book_credit,
    book_fee,
    book_payment,
)
from portal_app.services.payments.commands.opening import open_request
from portal_app.services.payments.commands.telling import announce, printed, tell, write_down
from portal_app.services.payments.queries.books import Book
from portal_app.services.payments.rules.dunning import Charge, Standing, cured, settled
from portal_app.services.payments.rules.receipts import receipt_words
from portal_app.services.payments.rules.words import REASONS
from portal_app.services.transaction import Transaction
from portal_app.services.wording import day as in_words


def charge_of(attempt: PaymentAttempt, row: Instalment) -> Charge:
    """Return the charge that an attempt was made for."""
    amount = attempt.amount_minor - attempt.fee_minor
    return Charge(row.sequence, attempt.kind, amount, attempt.fee_minor)


def succeed(tx: Transaction, book: Book, row: Instalment, attempt: PaymentAttempt) -> None:
    """Carry out that money was taken: state, ledger, receipt, trail, and the master's event."""
    _close(attempt, AttemptState.SUCCEEDED)
    then = settled(book.standing, charge_of(attempt, row), book.today, is_paid=True)
    row.paid_on = book.today
    write_standing(book, then)
    _receive(tx, book, row, attempt)


def fail(
    tx: Transaction, book: Book, row: Instalment, attempt: PaymentAttempt, why: FailureReason
) -> None:
    """Carry out that no money was taken, as the missed-payment policy says."""
    _close(attempt, AttemptState.FAILED, why)
    had_request = book.standing.has_request
    then = settled(book.standing, charge_of(attempt, row), book.today, is_paid=False)
    write_standing(book, then)
    if attempt.kind is AttemptKind.PAY_NOW:
        detail = {"number": row.sequence, "reason": why.value}
        write_down(tx, book.deal, Action.PAYMENT_REFUSED, "instalment", row.id, **detail)
    elif attempt.kind is AttemptKind.DUE:
        book_charge(tx, book.deal, row, book.today)
        book_fee(tx, book.deal, row, book.today)
        _miss(tx, book, row, why)
    else:
        _default(tx, book, row, why, is_first=not had_request)


def correct(tx: Transaction, book: Book, row: Instalment, attempt: PaymentAttempt) -> None:
    """Carry out that money was taken after all, by an attempt that was thought to have failed.

    A payment that waits to be tried again is not tried again, and one that went through on its
    first day costs no fee. A request to cancel stays: staff see that it was paid, and decide.
    """
    _close(attempt, AttemptState.SUCCEEDED)
    if row.state in (State.MISSED, State.DEFAULTED):
        is_first = attempt.kind is AttemptKind.DUE
        if is_first:
            book_credit(tx, book.deal, row, "fee", row.fee_minor, book.today)
            row.fee_minor = 0
        row.state = State.PAID if is_first else State.PAID_LATE
        row.paid_on, row.retry_on, row.version = book.today, None, row.version + 1
        write_standing(book, cured(book.standing))
    _receive(tx, book, row, attempt)


def write_standing(book: Book, then: Standing) -> None:
    """Write how a contract stands now into its rows."""
    for row, slip in zip(book.instalments, then.slips, strict=True):
        now = (slip.state, slip.fee, slip.retry_on)
        if now != (row.state, row.fee_minor, row.retry_on):
            row.state, row.fee_minor, row.retry_on = now
            row.version += 1
    contract = book.contract
    if then.status is not contract.status:
        contract.status, contract.phase = then.status, PHASE_OF[then.status]
        contract.has_own_standing = True
        contract.version += 1


def _close(
    attempt: PaymentAttempt, state: AttemptState, reason: FailureReason | None = None
) -> None:
    attempt.state, attempt.reason, attempt.finished_at = state, reason, clock.now()


def _receive(tx: Transaction, book: Book, row: Instalment, attempt: PaymentAttempt) -> None:
    deal, total = book.deal, attempt.amount_minor
    book_charge(tx, deal, row, book.today)
    book_payment(tx, deal, row, attempt, book.today)
    detail = {"number": row.sequence, "amount_minor": total, "kind": attempt.kind.value}
    write_down(tx, deal, Action.PAYMENT_TAKEN, "instalment", row.id, **detail)
    announce(tx, deal, "taken", row, amount_minor=total, ledger_id=attempt.idempotency_key)
    tell(tx, deal, "receipt", receipt_words(row, attempt))


def _miss(tx: Transaction, book: Book, row: Instalment, why: FailureReason) -> None:
    detail = {"number": row.sequence, "reason": why.value, "fee_minor": row.fee_minor}
    write_down(tx, book.deal, Action.PAYMENT_MISSED, "instalment", row.id, **detail)
    again = row.retry_on.isoformat() if row.retry_on else ""
    announce(
        tx, book.deal, "missed", row, reason=why.value, fee_minor=row.fee_minor, retry_on=again
    )
    tell(tx, book.deal, "missed", _facts(book, row, why))


def _default(
    tx: Transaction, book: Book, row: Instalment, why: FailureReason, *, is_first: bool
) -> None:
    detail = {"number": row.sequence, "reason": why.value}
    write_down(tx, book.deal, Action.PAYMENT_DEFAULTED, "instalment", row.id, **detail)
    announce(tx, book.deal, "defaulted", row, reason=why.value)
    if is_first:
        reason = f"Payment {row.sequence} could not be taken twice. {REASONS[why]}"
        open_request(tx, book.deal, CancellationOrigin.SYSTEM, reason)
    held = sum(one.state is State.ON_HOLD for one in book.instalments)
    facts = _facts(book, row, why) | {"held": str(held) if held else ""}
    tell(tx, book.deal, "defaulted", facts)


def _facts(book: Book, row: Instalment, why: FailureReason) -> dict[str, str]:
    total = row.amount_minor + row.fee_minor
    return {
        "amount": printed(row.amount_minor, book.contract),
        "fee": printed(row.fee_minor, book.contract) if row.fee_minor else "",
        "total": printed(total, book.contract),
        "number": str(row.sequence),
        "due": in_words(row.due_on),
        "reason": REASONS[why],
        "again": in_words(row.retry_on) if row.retry_on else "",
    }
