"""Who sees which invoice: whoever sees its account."""

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.models import Account, Invoice
from portal_app.services import contracts


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Invoice` for the invoices that this actor may see."""
    accounts = select(Account.id).where(contracts.visible_accounts(actor))
    return and_(col(Invoice.ended_at).is_(None), col(Invoice.account_id).in_(accounts))
