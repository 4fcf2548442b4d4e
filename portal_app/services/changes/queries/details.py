"""A person's own details, with what waits and what was decided."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import (
    Account,
    AccountContact,
    ChallengePurpose,
    ChallengeState,
    ChangeRequest,
    ChangeRule,
    ChangeState,
    OtpChallenge,
    Person,
)
from portal_app.services import branding, identity
from portal_app.services.changes import policy
from portal_app.services.changes.commands.profile import OWN, Own
from portal_app.services.changes.queries.reading import changes_of
from portal_app.services.changes.rules.moves import OPEN
from portal_app.services.changes.rules.profile import LANGUAGES, countries, language
from portal_app.services.changes.views import Change, Detail, Details, Value
from portal_app.services.transaction import reading

MOST_SHOWN = 20


def my_details(actor: Actor) -> Details:
    """Return the customer's own details, and what they asked for, newest first (S0-11)."""
    if not actor.is_consumer or not actor.person_id:
        raise NotFound
    with reading() as session:
        person = identity.person_held(session, actor.person_id)
        if person is None:
            raise NotFound
        may_edit = branding.is_on(session, person.brand_id, branding.Feature.EDIT_PROFILE)
        return _details(session, actor, person, may_edit=may_edit)


def person_details(actor: Actor, *, person: str) -> Details:
    """Return a customer's details for staff, who may correct all but their own."""
    with reading() as session:
        found = policy.require_person(session, actor, person)
        may_edit = not policy.is_about(session, actor, found.id)
        return _details(session, actor, found, may_edit=may_edit)


def code_sent_to(actor: Actor, *, kind: str) -> str:
    """Return the address or number that a code was sent to and can still be used for, or ""."""
    own = OWN.get(kind) if isinstance(kind, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]
    if own is None or not own.channel or not actor.session_id:
        return ""
    with reading() as session:
        newest = session.exec(
            select(OtpChallenge)
            .where(OtpChallenge.session_id == actor.session_id)
            .where(OtpChallenge.purpose == ChallengePurpose.CONTACT)
            .order_by(col(OtpChallenge.created_at).desc(), col(OtpChallenge.id).desc())
            .limit(1)
        ).first()
    is_good = (
        newest is not None
        and newest.channel == own.channel
        and newest.state is ChallengeState.OPEN
        and clock.now() < newest.expires_at
    )
    return newest.destination if newest and is_good else ""


def choices(actor: Actor) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what can be chosen in the forms: countries and languages, each as code and name."""
    del actor  # the same for everybody
    return {
        "country": countries(),
        "locale": tuple((code, language(code)) for code in LANGUAGES),
    }


def _details(session: Session, actor: Actor, person: Person, *, may_edit: bool) -> Details:
    kept = policy.rules_kept(session, person.brand_id)
    newest = _newest(session, person)
    history = changes_of(session, newest)
    return Details(
        person_id=person.id,
        name=person.name,
        may_edit=may_edit,
        is_stepped_up=actor.is_stepped_up,
        account_number=_account_number(session, person),
        details=tuple(
            _detail(person, own, kept.get(own.kind.key), history, _wanted(own, newest))
            for own in OWN.values()
        ),
        history=history,
    )


def _newest(session: Session, person: Person) -> list[ChangeRequest]:
    mine = select(ChangeRequest).where(col(ChangeRequest.person_id) == person.id)
    newest = mine.order_by(col(ChangeRequest.created_at).desc(), col(ChangeRequest.id).desc())
    return list(session.exec(newest.limit(MOST_SHOWN)))


def _account_number(session: Session, person: Person) -> str:
    contacts = (
        select(Account.number)
        .join(AccountContact, col(AccountContact.account_id) == Account.id)
        .where(col(AccountContact.person_id) == person.id)
        .where(col(AccountContact.ended_at).is_(None))
    )
    return session.exec(contacts.order_by(col(AccountContact.id)).limit(1)).first() or ""


def _wanted(own: Own, requests: list[ChangeRequest]) -> Mapping[str, str]:
    """Return what waits to be decided of this kind, as it would be held."""
    kind = own.kind.key
    waiting = [one.after for one in requests if one.kind == kind and one.state in OPEN]
    return waiting[0] if waiting else {}


def _detail(
    person: Person,
    own: Own,
    rule: ChangeRule | None,
    history: tuple[Change, ...],
    wanted: Mapping[str, str],
) -> Detail:
    kind, mine = own.kind, [one for one in history if one.kind == own.kind.key]
    values: list[Value] = []
    for one in kind.fields:
        held = str(getattr(person, one.held_in))
        asked = wanted.get(one.name, held)
        values.append(Value(one.name, one.label, held, one.show(held) if held else "", asked))
    return Detail(
        kind=kind.key,
        title=kind.title,
        values=tuple(values),
        policy=policy.rule_from(rule, kind).policy,
        channel=own.channel,
        pending=next((one for one in mine if one.state in OPEN), None),
        overtaken=_overtaken(mine),
    )


def _overtaken(changes: list[Change]) -> Change | None:
    """Return the newest change that a feed has won over, unless it was asked for again since."""
    since = set[str]()
    for one in changes:
        if one.state is ChangeState.APPLIED:
            if {line.label for line in one.overtaken} - since:
                return one
            since |= {line.label for line in one.lines}
    return None
