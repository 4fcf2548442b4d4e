"""What a head asks for about the members of their household (S1-07)."""

from collections.abc import Mapping
from datetime import date

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import ChangeOrigin, Feature, Household, MemberRole
from portal_app.services import branding, changes
from portal_app.services.households import policy, rules
from portal_app.services.households.commands import kinds
from portal_app.services.households.queries import waiting
from portal_app.services.transaction import Transaction, transaction

ASKED = "You have asked for this already. Withdraw that request first, then ask again."


def ask_to_add(actor: Actor, *, household: str, values: object, key: str) -> str:
    """Ask for somebody to be added to a household that the actor heads; return the number.

    `values` holds given_name, family_name, relationship, email and starts_on as feeds write them;
    the last two may be empty. Depending on the brand's rule it is done at once or waits for staff.
    """
    with transaction(actor) as tx:
        home = policy.require_headed(tx, household)
        if (earlier := tx.earlier_answer(key, "households.ask_to_add", household)) is not None:
            return earlier
        branding.require_on(tx, Feature.MANAGE_MEMBERS)
        read = rules.read_newcomer(values, _today(home))
        _require_new(tx, rules.ADDED, home.id, read)
        return tx.answer(key, _ask(tx, rules.ADDED, home.id, home, read))


def ask_to_end(actor: Actor, *, membership: str, ends_on: object, key: str) -> str:
    """Ask for a membership to end and return the number.

    `ends_on` is the last day as feeds write it, or "" for as soon as it is decided. The head's own
    does not end: a household has one head at a time.
    """
    with transaction(actor) as tx:
        found, home = policy.require_membership(tx, membership)
        if (earlier := tx.earlier_answer(key, "households.ask_to_end", membership)) is not None:
            return earlier
        branding.require_on(tx, Feature.MANAGE_MEMBERS)
        if found.role is MemberRole.HEAD:
            raise Conflict(kinds.HEADS_STAY)
        read = {"ends_on": rules.read_last_day(ends_on, _today(home))}
        _require_new(tx, rules.ENDED, found.id)
        return tx.answer(key, _ask(tx, rules.ENDED, found.id, home, read))


def ask_to_change(actor: Actor, *, membership: str, relationship: object, key: str) -> str:
    """Ask for a member's relationship to the head to be written anew; return the number."""
    with transaction(actor) as tx:
        found, home = policy.require_membership(tx, membership)
        if (earlier := tx.earlier_answer(key, "households.ask_to_change", membership)) is not None:
            return earlier
        branding.require_on(tx, Feature.MANAGE_MEMBERS)
        read = {"relationship": rules.read_relationship(relationship)}
        _require_new(tx, rules.RENAMED, found.id)
        return tx.answer(key, _ask(tx, rules.RENAMED, found.id, home, read))


def _ask(
    tx: Transaction, kind: str, subject_id: str, home: Household, values: Mapping[str, str]
) -> str:
    number = changes.open_request(
        tx,
        kind=kind,
        subject_id=subject_id,
        brand_id=home.brand_id,
        values=values,
        origin=ChangeOrigin.CONSUMER,
        person_id=tx.actor.person_id,
    )
    tx.touch(f"household:{home.id}")
    return number


def _require_new(
    tx: Transaction, kind: str, subject_id: str, values: Mapping[str, str] | None = None
) -> None:
    """Refuse what is waiting already: for newcomers, somebody of the same name."""
    for request in waiting.requests(tx.session, [subject_id], kind):
        if values is None or _names(request.after) == _names(values):
            raise Conflict(ASKED)


def _names(values: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(values.get(n, "")).casefold() for n in ("given_name", "family_name"))


def _today(home: Household) -> date:
    return clock.today(policy.zone_of(home.timezone))
