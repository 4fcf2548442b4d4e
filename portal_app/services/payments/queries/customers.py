"""The contracts with payments of one customer, for staff."""

from sqlmodel import col, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import Account, Contract
from portal_app.services.payments import policy
from portal_app.services.payments.queries.books import books_of, deals_of
from portal_app.services.payments.queries.contracts import summary_of
from portal_app.services.payments.views import CustomerPayments
from portal_app.services.transaction import reading


def customer_payments(actor: Actor, *, number: str) -> CustomerPayments:
    """Return what happens next on each contract of the account with this number (S0-28)."""
    policy.require_staff(actor)
    with reading() as session:
        wanted = select(Account.id).where(
            Account.number == text.key(number), Account.brand_id == actor.brand
        )
        account = session.exec(wanted).first()
        if account is None:
            raise NotFound
        deals = deals_of(session, Contract.account_id == account, col(Contract.ended_at).is_(None))
        books = books_of(session, deals, with_attempts=False)
    return CustomerPayments(account, tuple(summary_of(book, shows_methods=True) for book in books))
