"""Opening and closing sign-ins as the accounts behind them come and go."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.models import (
    Account,
    AccountContact,
    ContactRole,
    PortalAccess,
    PortalUser,
    UserStatus,
)
from portal_app.services import identity
from portal_app.services.access.rules import is_current
from portal_app.services.transaction import Transaction

_WITH_SIGN_IN = (PortalAccess.REGISTERED, PortalAccess.SUSPENDED)
_Held = dict[str, list[tuple[AccountContact, Account]]]


def settle_sign_ins(tx: Transaction, account_ids: Collection[str]) -> None:
    """Suspend whoever has no open account left, restore whoever has one again.

    Concerns everybody who is, or has been, a contact of these accounts and has a sign-in.
    """
    people = tx.session.exec(
        select(AccountContact.person_id)
        .join(PortalUser, col(PortalUser.person_id) == AccountContact.person_id)
        .where(col(AccountContact.account_id).in_(account_ids))
        .where(col(PortalUser.status).in_((UserStatus.ACTIVE, UserStatus.SUSPENDED)))
        .distinct()
    ).all()
    if not people:
        return
    held = _current_roles(tx, people)
    for user in identity.users_of(tx, people):
        _settle(tx, user, held.get(user.person_id or "", []), account_ids)


def _current_roles(tx: Transaction, people: Collection[str]) -> _Held:
    rows = tx.session.exec(
        select(AccountContact, Account)
        .join(Account, col(Account.id) == AccountContact.account_id)
        .where(col(AccountContact.person_id).in_(people))
        .where(col(AccountContact.ended_at).is_(None), col(Account.ended_at).is_(None))
        .order_by(col(Account.id))
    )
    held: _Held = defaultdict(list)
    for contact, account in rows:
        if is_current(contact.starts_on, contact.ends_on, clock.today(account.timezone)):
            held[contact.person_id].append((contact, account))
    return held


def _settle(
    tx: Transaction,
    user: PortalUser,
    roles: list[tuple[AccountContact, Account]],
    account_ids: Collection[str],
) -> None:
    is_open = {a.id for _, a in roles if a.portal_access is PortalAccess.REGISTERED}
    phones = [
        account.main_phone_e164
        for contact, account in roles
        if contact.role is ContactRole.OWNER and account.portal_access in _WITH_SIGN_IN
    ]
    identity.keep_phones(tx, user, {phone for phone in phones if phone})
    if not is_open:
        identity.suspend_user(tx, user)
        return
    identity.restore_user(tx, user)
    for lost in set(account_ids) - is_open:
        identity.leave_account(tx, user, lost)
