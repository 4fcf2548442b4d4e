"""Who sees invoices and statements: whoever sees all of the account.

So does whom one of its contacts trusts in the area of payments (S1-09).
"""

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.models import Account, Area, Invoice
from portal_app.services import contracts


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Invoice` for the invoices that this actor may see."""
    accounts = select(Account.id).where(contracts.visible_accounts(actor, area=Area.PAYMENTS))
    return and_(col(Invoice.ended_at).is_(None), col(Invoice.account_id).in_(accounts))


def require_account(session: Session, actor: Actor, account: str) -> Account:
    """Return an account whose figures this actor may see; raises NotFound to a stranger."""
    return contracts.require_account(session, actor, account, area=Area.PAYMENTS)
