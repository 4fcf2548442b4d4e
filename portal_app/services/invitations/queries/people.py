"""The people of a customer, and what inviting each of them needs."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.core.paging import page_size
from portal_app.models import Account, Contract, Invitation, Person
from portal_app.services import access, identity
from portal_app.services.invitations import policy
from portal_app.services.invitations.queries.facts import Ties, facts_of, ties_of
from portal_app.services.invitations.queries.lines import line_of, newest_of
from portal_app.services.invitations.rules import LIVE, PURPOSE, Need, PersonFacts, unmet
from portal_app.services.invitations.views import (
    InvitationLine,
    InvitedPerson,
    Inviting,
    NeedCheck,
    People,
)
from portal_app.services.transaction import reading

PAGE = 20
MOST_HISTORY = 10
_ESCAPE = "\\"


def people(actor: Actor, *, account: str, search: str = "", size: int = PAGE) -> People:
    """Return an account's contacts, its contracts' holders and their representatives, by name.

    `account` is its number; `search` finds words in names, an email address, a contract number.
    """
    size = page_size(size)
    with reading() as session:
        found = access.require_customer(session, actor, account)
        wanted = select(Person).where(
            Person.brand_id == found.brand_id, policy.of_account(found.id)
        )
        if words := text.search_words(search):
            wanted = wanted.where(_matches(found, words))
        wanted = wanted.order_by(col(Person.family_name), col(Person.given_name), col(Person.id))
        listed = session.exec(wanted.limit(size + 1)).all()
        rows = _rows(session, found, listed[:size])
    return People(found.id, found.timezone, rows, len(listed) > size)


def inviting(actor: Actor, *, account: str, person: str) -> Inviting:
    """Return one person with the checklist and with every link that they were ever given."""
    with reading() as session:
        found, who = policy.require_person(session, actor, account, person)
        ties = ties_of(session, found, [who.id])
        facts = facts_of(session, found, [who], ties)[who.id]
        missing = unmet(facts)
        earlier = session.exec(
            select(Invitation)
            .where(Invitation.person_id == who.id, Invitation.purpose == PURPOSE)
            .order_by(col(Invitation.created_at).desc(), col(Invitation.id).desc())
            .limit(MOST_HISTORY)
        ).all()
        history = tuple(line_of(one) for one in earlier)
        (row,) = _rows(session, found, [who])
        return Inviting(
            person=row,
            account_number=found.number,
            zone=found.timezone,
            checks=tuple(NeedCheck(need, need not in missing) for need in Need),
            history=history,
            is_live=bool(history) and history[0].state in LIVE,
        )


def _matches(account: Account, words: str) -> ColumnElement[bool]:
    held = select(Contract.holder_id).where(
        Contract.account_id == account.id,
        col(Contract.number).in_({words, words.upper()}),
        col(Contract.holder_id).is_not(None),
    )
    named = [
        or_(
            col(Person.given_name).icontains(word, autoescape=True),
            col(Person.family_name).icontains(word, autoescape=True),
        )
        for word in words.split()
    ]
    by_name: ColumnElement[bool] = named[0]
    for one in named[1:]:
        by_name = by_name & one
    return or_(by_name, col(Person.email) == words, col(Person.id).in_(held))


def _rows(
    session: Session, account: Account, listed: Sequence[Person]
) -> tuple[InvitedPerson, ...]:
    ids = [person.id for person in listed]
    ties = ties_of(session, account, ids)
    facts, newest = facts_of(session, account, listed, ties), newest_of(session, ids)
    sign_ins = identity.sign_ins_of(session, ids)
    return tuple(
        _row(
            person,
            ties.get(person.id, Ties()),
            facts[person.id],
            sign_ins.get(person.id),
            newest.get(person.id),
        )
        for person in listed
    )


def _row(
    person: Person,
    ties: Ties,
    facts: PersonFacts,
    sign_in: identity.SignIn | None,
    newest: InvitationLine | None,
) -> InvitedPerson:
    return InvitedPerson(
        person_id=person.id,
        name=person.name,
        roles=tuple(dict.fromkeys(role.value for role in ties.roles)),
        contracts=tuple(contract.number for contract in ties.contracts),
        acts_for=tuple(ties.acts_for),
        email=person.email,
        phone=person.mobile_e164 or person.phone_e164,
        has_sign_in=sign_in is not None,
        last_login_at=sign_in.last_login_at if sign_in else None,
        may_be_invited=not unmet(facts),
        newest=newest,
    )
