"""A customer pays a missed payment at once; if that fails, nothing is different (S0-05)."""

from contextlib import suppress

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Conflict, NotAllowed
from portal_app.models import AttemptKind, Feature, PaymentAttempt
from portal_app.models import InstalmentState as State
from portal_app.ports import PortUnavailable
from portal_app.ports.payments import PaymentGateway
from portal_app.services import branding
from portal_app.services.payments import policy
from portal_app.services.payments.commands.following import settle_named
from portal_app.services.payments.commands.intents import hopeless, intend, is_open
from portal_app.services.payments.commands.settling import settle
from portal_app.services.payments.queries.books import book_to_charge
from portal_app.services.payments.rules.dunning import COLLECTED, Charge
from portal_app.services.payments.rules.words import OUTCOMES, REASONS
from portal_app.services.payments.views import Paid
from portal_app.services.transaction import reading, transaction


def pay_now(actor: Actor, *, instalment: str, gateway: PaymentGateway, key: str) -> Paid:
    """Take a missed payment with its fee now, from the method that is charged.

    It is not the second attempt: a failure leaves the payment, its fee and its date as they were.
    The same click again asks for the very same charge.
    """
    attempt = _begin(actor, instalment, identifier(key))
    # Without an answer nobody knows yet: the portal asks for it again by itself.
    with suppress(PortUnavailable):
        settle(actor, attempt, gateway)
    with reading() as session:
        made = session.get_one(PaymentAttempt, attempt)
    reason = REASONS[made.reason] if made.reason else ""
    return Paid(made.state, OUTCOMES[made.state], reason)


def _begin(actor: Actor, instalment: str, key: str) -> str:
    with transaction(actor) as tx:
        row, deal = policy.require_instalment(tx.session, actor, instalment)
        if (earlier := tx.earlier_answer(key, "payments.pay_now", instalment)) is not None:
            return earlier
        if not policy.may_manage(tx.session, actor, deal.contract):
            raise NotAllowed("Only the person who holds this contract can pay it here.")
        branding.require_on(tx, Feature.PAY_NOW)
        book = book_to_charge(tx.session, deal)
        settle_named(tx, book)
        if row.state is not State.MISSED or deal.contract.status not in COLLECTED:
            raise Conflict("This payment is not waiting to be made. Look at the schedule again.")
        if not book.policy.takes_payments or any(map(is_open, book.attempts)):
            raise Conflict("A payment is on its way already. Wait until the bank has answered.")
        if (why := hopeless(book)) is not None:
            raise Conflict(f"{REASONS[why]} Add or choose a valid payment method first.")
        charge = Charge(row.sequence, AttemptKind.PAY_NOW, row.amount_minor, row.fee_minor)
        return tx.answer(key, intend(tx, book, charge).id)
