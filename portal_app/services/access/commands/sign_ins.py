"""Opening and closing sign-ins as the accounts behind them come and go."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.models import (
    Account,
    AccountContact,
    ContactRole,
    Contract,
    PortalAccess,
    PortalUser,
    UserStatus,
)
from portal_app.services import households, identity
from portal_app.services.access.rules import is_current, is_open_to
from portal_app.services.transaction import Transaction

_WITH_SIGN_IN = (PortalAccess.REGISTERED, PortalAccess.SUSPENDED)
_MAY_SIGN_IN = (UserStatus.ACTIVE, UserStatus.SUSPENDED)


class _Tie(NamedTuple):
    """What somebody is to an account: a contact in some role, or the holder of a contract."""

    account: Account
    role: ContactRole | None


_Held = dict[str, list[_Tie]]


def settle_sign_ins(tx: Transaction, account_ids: Collection[str]) -> None:
    """Suspend whoever has no open account left and acts for nobody; restore whoever has again.

    Concerns everybody who has a sign-in and is, or has been, a contact of these accounts, and
    everybody who holds a contract on them.
    """
    people = _with_sign_in(tx, account_ids)
    if not people:
        return
    held = _current_ties(tx, people)
    trusted = households.trusting(tx.session, people)
    for user in identity.users_of(tx, people):
        _settle(
            tx,
            user,
            held.get(user.person_id or "", []),
            account_ids,
            acts_for_others=user.person_id in trusted,
        )


def _with_sign_in(tx: Transaction, account_ids: Collection[str]) -> set[str]:
    contacts = (
        select(AccountContact.person_id)
        .join(PortalUser, col(PortalUser.person_id) == AccountContact.person_id)
        .where(col(AccountContact.account_id).in_(account_ids))
        .where(col(PortalUser.status).in_(_MAY_SIGN_IN))
        .distinct()
    )
    holders = (
        select(Contract.holder_id)
        .join(PortalUser, col(PortalUser.person_id) == Contract.holder_id)
        .where(col(Contract.account_id).in_(account_ids), col(Contract.holder_id).is_not(None))
        .where(col(PortalUser.status).in_(_MAY_SIGN_IN))
        .distinct()
    )
    found = {*tx.session.exec(contacts), *tx.session.exec(holders)}
    return {person_id for person_id in found if person_id}


def _current_ties(tx: Transaction, people: Collection[str]) -> _Held:
    held: _Held = defaultdict(list)
    contacts = tx.session.exec(
        select(AccountContact, Account)
        .join(Account, col(Account.id) == AccountContact.account_id)
        .where(col(AccountContact.person_id).in_(people))
        .where(col(AccountContact.ended_at).is_(None), col(Account.ended_at).is_(None))
        .order_by(col(Account.id))
    )
    for contact, account in contacts:
        if is_current(contact.starts_on, contact.ends_on, clock.today(account.timezone)):
            held[contact.person_id].append(_Tie(account, contact.role))
    holders = tx.session.exec(
        select(Contract.holder_id, Account)
        .join(Account, col(Account.id) == Contract.account_id)
        .where(col(Contract.holder_id).in_(people))
        .where(col(Contract.ended_at).is_(None), col(Account.ended_at).is_(None))
        .distinct()
    )
    for person_id, account in holders:
        held[person_id or ""].append(_Tie(account, None))
    return held


def _settle(
    tx: Transaction,
    user: PortalUser,
    ties: list[_Tie],
    account_ids: Collection[str],
    *,
    acts_for_others: bool,
) -> None:
    is_open = {account.id for account, role in ties if is_open_to(account, role)}
    phones = [
        account.main_phone_e164
        for account, role in ties
        if role is ContactRole.OWNER and account.portal_access in _WITH_SIGN_IN
    ]
    identity.keep_phones(tx, user, {phone for phone in phones if phone})
    if not is_open and not acts_for_others:
        identity.suspend_user(tx, user)
        return
    identity.restore_user(tx, user)
    for lost in set(account_ids) - is_open:
        identity.leave_account(tx, user, lost)
