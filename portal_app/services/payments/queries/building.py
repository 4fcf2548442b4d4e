"""From the book of a contract to what a page shows of it."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from portal_app.core.money import Money
from portal_app.models import (
    AttemptKind,
    Contract,
    FailureReason,
    Instalment,
    PaymentAttempt,
    PaymentMethod,
)
from portal_app.models import InstalmentState as State
from portal_app.services import wording
from portal_app.services.payments.queries.books import Book
from portal_app.services.payments.rules import methods as method_rules
from portal_app.services.payments.rules import words
from portal_app.services.payments.rules.dunning import Charge
from portal_app.services.payments.rules.forecast import Forecast, forecast
from portal_app.services.payments.rules.telling import Means, Told, fee_owed, owed_after_end, tell
from portal_app.services.payments.views import (
    Attempt,
    ContractLink,
    Method,
    NextCharge,
    WhatNext,
)

_UNSETTLED = (State.PROCESSING, State.RETRYING)
_OPEN = (State.MISSED, State.DEFAULTED, State.RETRYING)
_CHARGES = {
    AttemptKind.DUE: "Payment {number}",
    AttemptKind.RETRY: "Missed payment {number}, second attempt",
    AttemptKind.PAY_NOW: "Payment {number}, paid now",
}


def link_of(contract: Contract, asset: str = "") -> ContractLink:
    """Return a contract as other things mention it."""
    return ContractLink(contract.id, contract.number, asset)


def method_of(
    method: PaymentMethod,
    today: date,
    chosen: PaymentMethod | None,
    elsewhere: tuple[ContractLink, ...] = (),
) -> Method:
    """Return a method as it stands today."""
    return Method(
        id=method.id,
        kind=method.kind,
        label=method_rules.label(method),
        brand=method.brand,
        last4=method.last4,
        holder=method.holder,
        expires=method_rules.expiry_words(method),
        expires_on=method_rules.last_day(method),
        is_default=chosen is not None and chosen.id == method.id,
        is_expired=method_rules.is_expired(method, today),
        is_usable=method_rules.is_usable(method, today),
        elsewhere=elsewhere,
    )


def attempts_of(book: Book) -> dict[str, tuple[Attempt, ...]]:
    """Return the attempts of each payment, oldest first."""
    sequences = {one.id: one.sequence for one in book.instalments}
    found: dict[str, list[Attempt]] = defaultdict(list)
    for row in book.attempts:
        if row.instalment_id in sequences:
            found[row.instalment_id].append(_attempt(row, sequences[row.instalment_id]))
    return {key: tuple(rows) for key, rows in found.items()}


def _attempt(row: PaymentAttempt, sequence: int) -> Attempt:
    return Attempt(
        id=row.id,
        on=row.run_on,
        at=row.started_at,
        sequence=sequence,
        number=row.number,
        kind=row.kind,
        kind_words=words.KINDS[row.kind],
        amount=Money(row.amount_minor, row.currency),
        fee=Money(row.fee_minor, row.currency),
        state=row.state,
        look=words.OUTCOMES[row.state],
        reason=words.reason_words(row.reason),
        method=row.method_label,
        by_name=row.by_name,
    )


def what_next_of(book: Book) -> WhatNext:
    """Return what happens next on a contract, from the same policy and rows as the run (S0-27).

    A fee that stays owed though its payment was made elsewhere is no charge of a run: it is said.
    """
    found, currency = _foretold(book), book.contract.currency
    owed = tuple(
        fee_owed(one.sequence, Money(book.owed_fees[one.id], currency))
        for one in book.instalments
        if one.id in book.owed_fees
    )
    return replace(found, if_nothing=(*found.if_nothing, *owed)) if owed else found


def _foretold(book: Book) -> WhatNext:
    link = link_of(book.contract, book.asset)
    if book.is_over and (owed := _owed_for_good(book)):
        return WhatNext(
            link,
            book.contract.status,
            "bad",
            "A payment was not made",
            if_nothing=(owed_after_end(owed),),
            past=_past(book),
        )
    if not book.policy.takes_payments:
        return _elsewhere(book, link)
    ahead = forecast(book.standing, book.today)
    means = means_on(book, ahead.on) if ahead else Means()
    told = tell(book.standing, ahead, means, book.contract.currency)
    return WhatNext(
        contract=link,
        status=book.contract.status,
        tone=told.tone,
        headline=told.headline,
        consequence=told.consequence,
        if_nothing=told.if_nothing,
        if_fixed=told.if_fixed,
        past=_past(book),
        **_planned(book, ahead, means, told),
    )


def _owed_for_good(book: Book) -> Money:
    """Return what an ended contract owes; nothing is said of it while a bank has yet to answer."""
    is_settled = not any(one.state in _UNSETTLED for one in book.instalments)
    total = sum(one.amount_minor + one.fee_minor for one in book.owed) if is_settled else 0
    return Money(total, book.contract.currency)


def means_on(book: Book, day: date) -> Means:
    """Return what would be charged on a day, and why that could not work."""
    method = book.chosen
    if method is None:
        return Means("", words.REASONS[FailureReason.NO_METHOD])
    is_expired = method_rules.is_expired(method, day)
    why = words.REASONS[FailureReason.EXPIRED] if is_expired else ""
    why = why or method_rules.unusable_words(method, day)
    return Means(method_rules.label(method), why, has_failed=_was_declined(book, method))


def _was_declined(book: Book, method: PaymentMethod) -> bool:
    tried = [one for one in book.attempts if one.reason]
    return bool(tried) and tried[-1].method_id == method.id


def unusable_because(method: PaymentMethod, day: date) -> FailureReason | None:
    """Return why nothing can be taken from a method on a day; None when it can."""
    if method_rules.is_expired(method, day):
        return FailureReason.EXPIRED
    return None if method_rules.is_usable(method, day) else FailureReason.METHOD_GONE


def _planned(book: Book, ahead: Forecast | None, means: Means, told: Told) -> dict[str, Any]:
    if ahead is None:
        return {}
    charges = tuple(charge_view(one, book.contract.currency) for one in ahead.if_paid.charges)
    total = Money(sum(one.total.amount_minor for one in charges), book.contract.currency)
    is_open = bool(told.if_fixed)
    return {
        "on": ahead.on,
        "charges": charges,
        "total": total,
        "method": means.label,
        "fix_before": ahead.on if is_open else None,
        "needs_action": is_open,
    }


def charge_view(charge: Charge, currency: str) -> NextCharge:
    """Return what a run takes, as a page shows it."""
    return NextCharge(
        sequence=charge.sequence,
        kind=charge.kind,
        words=_CHARGES[charge.kind].format(number=charge.sequence),
        amount=Money(charge.amount, currency),
        fee=Money(charge.fee, currency),
        total=Money(charge.total, currency),
    )


def _past(book: Book) -> tuple[Attempt, ...]:
    """Return the attempts of what is still open: they explain where a contract stands."""
    found = attempts_of(book)
    return tuple(
        attempt
        for one in book.instalments
        if one.state in _OPEN
        for attempt in found.get(one.id, ())
    )


def _elsewhere(book: Book, link: ContractLink) -> WhatNext:
    """Return what is planned where the operator collects otherwise: nothing is taken by us."""
    due = [one for one in book.instalments if one.state is State.SCHEDULED]
    if not due or book.is_over:
        return WhatNext(link, book.contract.status, "neutral", "Nothing is to be paid")
    coming = _next_of(due, book.today)
    amount = Money(coming.amount_minor, book.contract.currency)
    line = f"{wording.money(amount)} is due on {wording.day(coming.due_on)}."
    return WhatNext(
        link,
        book.contract.status,
        "info",
        "The next payment is planned",
        on=coming.due_on,
        total=amount,
        if_nothing=(line,),
    )


def _next_of(due: list[Instalment], today: date) -> Instalment:
    return next((one for one in due if one.due_on >= today), due[-1])
