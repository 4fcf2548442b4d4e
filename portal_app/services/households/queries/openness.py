"""Who may see what is a person's or act for them, in facts that a page puts into words."""

from sqlmodel import Session, col, func, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import (
    Account,
    AccountContact,
    Contract,
    Grant,
    Household,
    HouseholdMembership,
    MemberRole,
    Person,
)
from portal_app.services.households import policy, trust
from portal_app.services.households.views import Openness, Reached, Why
from portal_app.services.transaction import reading


def openness(actor: Actor) -> Openness:
    """Return everybody who may see or act for the actor, why and since when; and the reverse.

    Named are those whom the actor's own grants, households, accounts and contracts let in, whether
    or not they have a sign-in yet. Grants that begin later are there as well.
    """
    if not actor.is_consumer or not actor.person_id:
        raise NotFound
    with reading() as session:
        given, held = _grants(session, actor.person_id)
        heads, headed = _households(session, actor.person_id)
        around = _around_accounts(session, actor.person_id)
        return Openness(seen_by=(*given, *heads, *around), acts_for=(*held, *headed))


def _grants(session: Session, person_id: str) -> tuple[list[Reached], list[Reached]]:
    found = session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == col(Grant.grantor_id))
        .where((col(Grant.grantor_id) == person_id) | (col(Grant.grantee_id) == person_id))
        .where(col(Grant.ended_at).is_(None), col(Grant.revoked_at).is_(None))
        .order_by(col(Grant.id))
    ).all()
    holding = [(grant, giver) for grant, giver in found if not trust.is_past(grant, giver)]
    names = _names(session, {grant.grantee_id for grant, _ in holding})
    given = [
        _grant(g, p, g.grantee_id, names[g.grantee_id]) for g, p in holding if p.id == person_id
    ]
    held = [_grant(g, p, p.id, p.name) for g, p in holding if p.id != person_id]
    return given, held


def _grant(grant: Grant, giver: Person, other: str, name: str) -> Reached:
    return Reached(
        why=Why.GRANT,
        name=name,
        person_id=other,
        areas=grant.areas,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        is_to_come=not trust.is_in_force(grant, giver),
        grant_id=grant.id,
    )


def _names(session: Session, ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    found = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id: person.name for person in found}


def _households(session: Session, person_id: str) -> tuple[list[Reached], list[Reached]]:
    """Return the heads of a person's households, and the members of those that they head."""
    mine = policy.standings(session, person_id)
    if not mine:
        return [], []
    headed = {one.household_id for one in mine if one.role is MemberRole.HEAD}
    found = session.exec(
        select(HouseholdMembership, Household, Person)
        .join(Household, col(Household.id) == col(HouseholdMembership.household_id))
        .join(Person, col(Person.id) == col(HouseholdMembership.person_id))
        .where(col(Household.id).in_({one.household_id for one in mine}))
        .where(col(Person.id) != person_id)
        .order_by(col(Household.name), col(Person.given_name), col(Person.id))
    )
    heads: list[Reached] = []
    members: list[Reached] = []
    for one, home, person in found:
        if not policy.is_current(one, home):
            continue
        if one.role is MemberRole.HEAD:
            heads.append(_through(Why.HEAD, person, home.name, one))
        elif home.id in headed:
            members.append(_through(Why.HEAD, person, home.name, one))
    return heads, members


def _around_accounts(session: Session, person_id: str) -> list[Reached]:
    """Return the other contacts of a person's accounts, and who holds contracts on these.

    A contact sees all of an account; whoever only holds a contract on it, that contract.
    """
    contact_of = select(AccountContact.account_id).where(
        col(AccountContact.person_id) == person_id, col(AccountContact.ended_at).is_(None)
    )
    holds_on = select(Contract.account_id).where(
        col(Contract.holder_id) == person_id, col(Contract.ended_at).is_(None)
    )
    found = session.exec(
        select(AccountContact, Account, Person)
        .join(Account, col(Account.id) == col(AccountContact.account_id))
        .join(Person, col(Person.id) == col(AccountContact.person_id))
        .where(col(Account.id).in_(contact_of.union(holds_on)))
        .where(col(AccountContact.ended_at).is_(None), col(Account.ended_at).is_(None))
        .order_by(col(Account.number), col(Person.given_name), col(AccountContact.id))
    ).all()
    today = {account.id: clock.today(account.timezone) for _, account, _ in found}
    current = [
        (one, account, person)
        for one, account, person in found
        if policy.is_within(today[account.id], one.starts_on, one.ends_on)
    ]
    own = {account.id for _, account, person in current if person.id == person_id}
    contacts = [
        _through(Why.CONTACT, person, account.number, one)
        for one, account, person in current
        if person.id != person_id
    ]
    known = {person.id for _, _, person in current}
    return [*contacts, *_holders(session, own, known)]


def _holders(session: Session, accounts: set[str], known: set[str]) -> list[Reached]:
    if not accounts:
        return []
    found = session.exec(
        select(Person, Account.number, func.min(col(Contract.starts_on)))
        .join(Contract, col(Contract.holder_id) == col(Person.id))
        .join(Account, col(Account.id) == col(Contract.account_id))
        .where(col(Account.id).in_(accounts), col(Contract.ended_at).is_(None))
        .where(col(Person.id).not_in(known))
        .group_by(*Person.__table__.columns, col(Account.number))  # type: ignore[attr-defined]
        .order_by(col(Account.number), col(Person.given_name), col(Person.id))
    )
    return [
        Reached(Why.HOLDER, person.name, through=number, starts_on=first)
        for person, number, first in found
    ]


def _through(
    why: Why, person: Person, through: str, tie: HouseholdMembership | AccountContact
) -> Reached:
    return Reached(
        why=why,
        name=person.name,
        person_id=person.id,
        through=through,
        as_=tie.role.value if isinstance(tie, AccountContact) else tie.relationship,
        starts_on=tie.starts_on,
        ends_on=tie.ends_on,
    )
