"""Whether there is anything to be paid by schedule at all."""

from sqlmodel import col, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.models import Contract, Instalment
from portal_app.services.payments import policy
from portal_app.services.transaction import reading


def has_payments(actor: Actor, *, account: str) -> bool:
    """Say whether this actor sees a schedule on a contract of this account; one query."""
    of_account = (Contract.account_id == text.key(account), policy.visible_to(actor))
    scheduled = (
        select(Instalment.id)
        .join(Contract, col(Contract.id) == col(Instalment.contract_id))
        .where(col(Instalment.ended_at).is_(None), *of_account)
        .limit(1)
    )
    with reading() as session:
        return session.exec(scheduled).first() is not None
