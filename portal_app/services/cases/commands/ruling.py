"""How a brand treats cases, and who in a household was chosen to see its cases (S1-14)."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict, NotAllowed, NotFound
from portal_app.core.ids import new_id
from portal_app.models import Action, CasePolicy, CaseReader, CaseVisibility, Household
from portal_app.services import households
from portal_app.services.cases import policy
from portal_app.services.transaction import Transaction, transaction

LONGEST_WAIT = 90


def set_policy(
    actor: Actor, *, visibility: object, auto_close_days: object, version: object, key: str
) -> int:
    """Set who in a household sees its cases, and when a solution counts as accepted.

    `auto_close_days` is 0 for never. `version` is the one that was read, 0 while nothing is set.
    """
    with transaction(actor) as tx:
        policy.require_admin(actor)
        if (earlier := tx.earlier_answer(key, "cases.set_policy")) is not None:
            return int(earlier)
        entered, problem = Entries(), f"Enter a number of days from 0 to {LONGEST_WAIT}."
        chosen = entered.choice(
            "visibility", visibility, CaseVisibility, problem="Choose who sees them."
        )
        days = entered.whole("auto_close_days", auto_close_days, problem=problem)
        if days > LONGEST_WAIT:
            entered.refuse("auto_close_days", problem)
        entered.done()
        assert chosen is not None
        kept = tx.session.get(CasePolicy, actor.brand, with_for_update=True)
        if (kept.version if kept else 0) != version:
            raise Conflict("A colleague changed this meanwhile. Look at it again first.")
        row = kept or CasePolicy(brand_id=actor.brand, version=0)
        row.visibility, row.auto_close_days = chosen, days
        row.version += 1
        tx.session.add(row)
        detail = {"visibility": chosen.value, "auto_close_days": days}
        tx.record(Action.CASE_POLICY_SET, "case_policy", actor.brand, **detail)
        tx.touch(f"settings:{actor.brand}")
        return int(tx.answer(key, str(row.version)))


def choose_reader(
    actor: Actor, *, household: object, person: object, is_chosen: object, key: str
) -> str:
    """Let a member of a household see its cases, or no longer: by its head, or by staff.

    It counts where the brand has members chosen. Returns yes or no.
    """
    with transaction(actor) as tx:
        home = _led(tx, household)
        if (
            earlier := tx.earlier_answer(key, "cases.choose_reader", household, person, is_chosen)
        ) is not None:
            return earlier
        entered = Entries()
        wanted = entered.flag("is_chosen", is_chosen)
        entered.done()
        whom = identifier(person)
        members = {one.person_id for one in households.current_members(tx.session, [home.id])}
        if whom not in members:
            raise NotFound("That person is not in this household any more.")
        _keep(tx, home, whom, wanted=wanted)
        tx.record(Action.CASE_READER_CHOSEN, "household", home.id, person_id=whom, on=wanted)
        tx.touch(f"household:{home.id}", f"person:{whom}")
        return tx.answer(key, "yes" if wanted else "no")


def _keep(tx: Transaction, home: Household, person: str, *, wanted: bool) -> None:
    if wanted:
        values = {
            "id": new_id(),
            "household_id": home.id,
            "person_id": person,
            "chosen_by_name": tx.actor.name[:120],
            "chosen_at": clock.now(),
        }
        tx.insert_once(CaseReader, values, "household_id", "person_id")
        return
    where = (col(CaseReader.household_id) == home.id, col(CaseReader.person_id) == person)
    if found := tx.session.exec(select(CaseReader).where(*where)).first():
        tx.session.delete(found)


def _led(tx: Transaction, household: object) -> Household:
    """Return a household of the staff's brand, or one that this customer heads."""
    found = tx.session.get(Household, identifier(household), with_for_update=True)
    if found is None or found.ended_at or found.brand_id != tx.actor.brand:
        raise NotFound
    if tx.actor.is_staff:
        return found
    circle = policy.require_customer(tx.session, tx.actor)
    roles = {home.household_id: home.role for home in circle.homes}
    if found.id not in roles:
        raise NotFound
    if roles[found.id] != "head":
        raise NotAllowed("Only the head of the household can choose who sees its cases.")
    return found
