"""Choosing how one is told: in the portal, by letter, by text (S1: by each person's choice)."""

from collections.abc import Mapping
from typing import Any, cast

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.ids import new_id
from portal_app.models import Action, NotificationChoice, Person
from portal_app.services.notifications import policy
from portal_app.services.notifications.rules import Group, Way
from portal_app.services.transaction import transaction

NO_WAY = "Choose at least one way, so that you do not miss anything."
NO_MOBILE = "We have no mobile number of yours. Add one to your details first."
NO_EMAIL = "We have no email address of yours. Add one to your details first."


def choose_ways(actor: Actor, *, ways: object, key: str) -> str:
    """Set how one is told of each group of topics; groups that are left out stay as they are.

    `ways` maps groups (case, rental, payment) to lists of portal, email and text. Raises Invalid
    for a group without any way, and for a way on which we cannot reach this person.
    """
    with transaction(actor) as tx:
        person = policy.require_reader(tx.session, actor)
        if (earlier := tx.earlier_answer(key, "notifications.choose_ways")) is not None:
            return earlier
        entered = _read(ways, person)
        tx.insert_once(
            NotificationChoice,
            {"id": new_id(), "person_id": person.id, "ways": {}, "changed_at": clock.now()},
            "person_id",
        )
        mine = select(NotificationChoice).where(col(NotificationChoice.person_id) == person.id)
        kept = tx.session.exec(mine.with_for_update()).one()
        kept.ways, kept.changed_at = {**kept.ways, **entered}, clock.now()
        tx.session.add(kept)
        tx.record(Action.NOTIFICATIONS_CHOSEN, "person", person.id, ways=kept.ways)
        tx.touch(f"person:{person.id}")
        return tx.answer(key, person.id)


def _read(ways: object, person: Person) -> dict[str, list[str]]:
    entries, possible = Entries(), policy.possible_ways(person)
    given = cast("Mapping[str, Any]", ways if isinstance(ways, Mapping) else {})
    read: dict[str, list[str]] = {}
    for group in (one for one in Group if one.value in given):
        wanted = given[group.value]
        known = [way for way in Way if isinstance(wanted, list) and way.value in wanted]
        if not known:
            entries.refuse(group.value, NO_WAY)
        for way, problem in ((Way.TEXT, NO_MOBILE), (Way.EMAIL, NO_EMAIL)):
            if way in known and way not in possible:
                entries.refuse(group.value, problem)
        read[group.value] = [way.value for way in known]
    if not read:
        entries.refuse(Group.CASES.value, NO_WAY)
    entries.done()
    return read
