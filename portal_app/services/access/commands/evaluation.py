"""Bringing accounts to the state that the facts demand: lost at once, gained at publication."""

from collections.abc import Sequence

from sqlmodel import col, or_, select

from portal_app.core import clock
from portal_app.models import (
    SERVICE_KINDS,
    Account,
    Action,
    Contract,
    PortalAccess,
    PortalUser,
    UserStatus,
)
from portal_app.services.access.commands.sign_ins import settle_sign_ins
from portal_app.services.access.queries.facts import facts_of
from portal_app.services.access.rules import AccountFacts, Event, after, is_lock_over, unmet
from portal_app.services.transaction import Transaction

_MAY_LOSE = (PortalAccess.READY_UNPUBLISHED, PortalAccess.REGISTRABLE, PortalAccess.LOCKED)
_HAVE_SIGN_INS = (PortalAccess.REGISTERED, PortalAccess.SUSPENDED)


def evaluate(tx: Transaction, *account_ids: str) -> int:
    """Bring these accounts, and those that share a phone number with them, up to date.

    To be called after any change to an account, its contacts or its first contract. Whoever is
    no longer ready is out when this commits; returns how many accounts changed their state.
    """
    accounts = _locked(tx, account_ids)
    facts = facts_of(tx.session, accounts)
    with_users = _owners_with_sign_in(tx, facts)
    changed = 0
    with_service = _with_service_contracts(tx, [account.id for account in accounts])
    for account in accounts:
        before = account.portal_access
        account.has_service_contracts = account.id in with_service
        _apply(account, facts[account.id], has_user=account.id in with_users)
        if account.portal_access is not before:
            changed += 1
            _announce(tx, account, before)
    tx.session.flush()
    settle_sign_ins(tx, [account.id for account in accounts])
    return changed


def _with_service_contracts(tx: Transaction, ids: Sequence[str]) -> set[str]:
    # Asked for each account rather than counted, as its history is.
    any_such = (
        select(Contract.id)
        .where(Contract.account_id == Account.id, col(Contract.ended_at).is_(None))
        .where(col(Contract.kind).in_(SERVICE_KINDS))
        .exists()
    )
    return set(tx.session.exec(select(Account.id).where(col(Account.id).in_(ids), any_such)))


def _locked(tx: Transaction, account_ids: Sequence[str]) -> list[Account]:
    ids = sorted({account_id for account_id in account_ids if account_id})
    own = select(Account.brand_id, Account.main_phone_e164).where(col(Account.id).in_(ids))
    pairs = set(tx.session.exec(own))
    phones = {phone for _, phone in pairs} - {""}
    found = tx.session.exec(
        select(Account)
        .where(
            or_(
                col(Account.id).in_(ids),
                col(Account.main_phone_e164).in_(phones)
                & col(Account.brand_id).in_({brand for brand, _ in pairs})
                & col(Account.portal_access).in_(_MAY_LOSE),
            )
        )
        .order_by(col(Account.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found)


def _apply(account: Account, facts: AccountFacts, *, has_user: bool) -> None:
    state = account.portal_access
    if is_lock_over(state, account.locked_until, clock.now()):
        state = after(state, Event.UNLOCK)
    if state in _HAVE_SIGN_INS and facts.owner is not None and not has_user:
        state = after(state, Event.OWNER_REPLACED)
    is_ready = not unmet(facts)
    state = after(state, Event.PREREQUISITES_MET if is_ready else Event.PREREQUISITES_LOST)
    if state in {PortalAccess.NOT_READY, PortalAccess.READY_UNPUBLISHED}:
        account.published_at = None
    account.portal_access = state


def _owners_with_sign_in(tx: Transaction, facts: dict[str, AccountFacts]) -> set[str]:
    """Return the accounts whose current owner has a sign-in."""
    owners = {fact.owner.person_id: fact.owner for fact in facts.values() if fact.owner}
    known = set(
        tx.session.exec(
            select(PortalUser.person_id)
            .where(col(PortalUser.person_id).in_(owners))
            .where(col(PortalUser.status).in_((UserStatus.ACTIVE, UserStatus.SUSPENDED)))
        )
    )
    return {i for i, fact in facts.items() if fact.owner and fact.owner.person_id in known}


def _announce(tx: Transaction, account: Account, before: PortalAccess) -> None:
    tx.touch(f"account:{account.id}")
    lost = {PortalAccess.NOT_READY, PortalAccess.SUSPENDED}
    if account.portal_access in lost:
        tx.record(Action.ACCOUNT_ACCESS_LOST, "account", account.id, before=before.value)
