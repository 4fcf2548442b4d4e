"""What customers ask for about themselves, and what other domains ask for (S0-11, S0-12)."""

from collections.abc import Mapping

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Invalid, NotAllowed, NotFound
from portal_app.core.settings import settings
from portal_app.models import Action, ChangeOrigin, Person
from portal_app.services import branding
from portal_app.services.changes import policy
from portal_app.services.changes.commands.placing import (
    Wanted,
    account_of,
    open_request_of,
    place,
)
from portal_app.services.changes.commands.profile import OWN, Own
from portal_app.services.changes.commands.telling import write_down
from portal_app.services.changes.rules.kinds import Kind, Subject, kind_of
from portal_app.services.changes.rules.moves import Move, after
from portal_app.services.changes.rules.workflow import Rule
from portal_app.services.transaction import Transaction, transaction

PROVE_FIRST = "Send yourself a code first: it shows that this is yours."


def ask(actor: Actor, *, kind: object, values: object, key: str) -> str:
    """Ask for a change of the actor's own details and return the request's number.

    `kind` is name, address or language; `values` holds its fields as feeds name them. Depending on
    the brand's rule it is in force at once, or waits for staff; one that waits already is edited.
    """
    with transaction(actor) as tx:
        person = policy.require_self(tx)
        if (earlier := tx.earlier_answer(key, "changes.ask", kind)) is not None:
            return earlier
        branding.require_on(tx, branding.Feature.EDIT_PROFILE)
        own = own_kind(kind)
        if own.channel:
            raise NotAllowed(PROVE_FIRST)
        return tx.answer(key, place_own(tx, own, person, read_own(own, values, person)))


def withdraw(actor: Actor, *, number: str, key: str) -> str:
    """Take a request of the actor's own back while nobody has decided it."""
    with transaction(actor) as tx:
        policy.require_self(tx)
        request = policy.require_request(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "changes.withdraw", number) is not None:
            return request.number
        request.state = after(request.state, Move.WITHDRAW)
        request.changed_at, request.version = clock.now(), request.version + 1
        write_down(tx, request, Action.CHANGE_WITHDRAWN, "withdrawn")
        return tx.answer(key, request.number)


def open_request(
    tx: Transaction,
    *,
    kind: str,
    subject_id: str,
    brand_id: str,
    values: Mapping[str, str],
    origin: ChangeOrigin,
    person_id: str | None = None,
    account_id: str | None = None,
    reason: str = "",
) -> str:
    """Record a change that another domain wants, and return the request's number.

    `kind` is one that the domain has registered. The same kind of request for the same thing is
    never open twice: the number of the open one is returned and it stays as it is. Of a kind of
    which several may wait each is a request of its own.
    """
    wanted_kind = kind_of(kind)
    if waiting := open_request_of(tx, wanted_kind, subject_id):
        return waiting.number
    wanted = Wanted(
        kind=wanted_kind,
        subject_id=subject_id,
        subject=held(tx, wanted_kind, subject_id),
        brand_id=brand_id,
        values=values,
        origin=origin,
        person_id=person_id,
        account_id=account_id,
        reason=reason[:400],
    )
    return place(tx, wanted, _rule(tx, wanted_kind, brand_id)).number


def own_kind(kind: object) -> Own:
    """Return a kind of change that people ask for about themselves."""
    own = OWN.get(kind) if isinstance(kind, str) else None
    if own is None:
        raise NotFound
    return own


def read_own(own: Own, values: object, person: Person) -> dict[str, str]:
    """Return what was entered; raises Invalid naming every field that cannot be accepted."""
    if not isinstance(values, Mapping):
        raise Invalid(values="Fill in the form.")
    entered = Entries()
    given: Mapping[str, object] = values  # pyright: ignore[reportUnknownVariableType]
    read = own.read(entered, given, person.country or settings().country)
    entered.done()
    return read


def place_own(tx: Transaction, own: Own, person: Person, values: Mapping[str, str]) -> str:
    """Place a request of a person about themselves and return its number."""
    wanted = Wanted(
        kind=own.kind,
        subject_id=person.id,
        subject=held(tx, own.kind, person.id),
        brand_id=person.brand_id,
        values=values,
        origin=ChangeOrigin.STAFF if tx.actor.is_staff else ChangeOrigin.CONSUMER,
        person_id=person.id,
        account_id=account_of(tx, person.id),
    )
    rule = policy.at_once() if tx.actor.is_staff else _rule(tx, own.kind, person.brand_id)
    return place(tx, wanted, rule).number


def held(tx: Transaction, kind: Kind, subject_id: str) -> Subject:
    """Return what is to be changed as it is held now."""
    subject = kind.held(tx.session, subject_id)
    if subject is None:
        raise NotFound
    return subject


def _rule(tx: Transaction, kind: Kind, brand_id: str) -> Rule:
    return policy.rule_of(tx.session, brand_id, kind)
