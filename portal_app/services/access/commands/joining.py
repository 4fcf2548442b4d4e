"""Opening accounts to an owner who has a sign-in: one person, one sign-in."""

from collections.abc import Sequence

from sqlmodel import col, select

from portal_app.models import Account, AccountContact, PortalAccess
from portal_app.services.access.commands.evaluation import evaluate
from portal_app.services.access.queries.facts import facts_of
from portal_app.services.access.rules import Event, after
from portal_app.services.transaction import Transaction


def admit(tx: Transaction, person_id: str, *account_ids: str) -> None:
    """Open to a person who has just been given a sign-in what is theirs to open.

    `account_ids` are the accounts that they came for; what they own and may register joins too.
    """
    evaluate(tx, *account_ids, *open_own_accounts(tx, person_id))
    tx.touch(*(f"account:{account_id}" for account_id in account_ids))


def open_own_accounts(tx: Transaction, person_id: str) -> Sequence[str]:
    """Open the published accounts of an owner who needs no registration any more."""
    candidates = tx.session.exec(
        select(Account)
        .join(AccountContact, col(AccountContact.account_id) == Account.id)
        .where(AccountContact.person_id == person_id)
        .where(col(Account.portal_access).in_((PortalAccess.REGISTRABLE, PortalAccess.LOCKED)))
        .order_by(col(Account.id))
        .with_for_update()
    ).all()
    facts = facts_of(tx.session, candidates)
    joining = [
        account
        for account in candidates
        if (owner := facts[account.id].owner) is not None and owner.person_id == person_id
    ]
    for account in joining:
        account.portal_access = after(account.portal_access, Event.JOIN)
    tx.session.flush()
    return [account.id for account in joining]
