"""What must hold for payments and methods in a feed, and what the portal decides by itself."""

from datetime import UTC, datetime, time

from portal_app.models import ContractStatus, InstalmentState, MethodKind
from portal_app.services.imports.rules import cells
from portal_app.services.imports.rules.cells import Surroundings
from portal_app.services.imports.rules.fields import Draft, Fault

_UNDER_WAY = (InstalmentState.PROCESSING, InstalmentState.RETRYING)
_OWN = ("due_on", "amount_minor", "state", "fee_minor", "retry_on")
# What somebody paid or was let off elsewhere is not taken here, whatever has been tried.
_SETTLED = (
    InstalmentState.PAID,
    InstalmentState.PAID_LATE,
    InstalmentState.WAIVED,
    InstalmentState.CANCELLED,
    InstalmentState.WRITTEN_OFF,
)
_DUNNED = (
    ContractStatus.ACTIVE,
    ContractStatus.PAST_DUE,
    ContractStatus.PENDING_CANCELLATION,
)


def state_of_a_feed(draft: Draft) -> Fault | None:
    """Refuse states that only the portal sets, and a missed payment without its next day."""
    given = draft.values.get("state")
    if given in _UNDER_WAY:
        return Fault("state", "Only the portal says that a payment is under way. Leave it out.")
    if draft.held and draft.held["state"] in _UNDER_WAY and given in _SETTLED:
        return Fault(
            "state", "The portal is taking this payment just now. Send it again with the next feed."
        )
    merged = draft.merged
    if merged["state"] is InstalmentState.MISSED and merged["retry_on"] is None:
        return Fault("retry_on", "Say on which day the missed payment is tried again.")
    return None


def card_with_its_end(draft: Draft) -> Fault | None:
    """Refuse a card without month and year of its end."""
    merged = draft.merged
    if merged["kind"] is not MethodKind.CARD or (merged["exp_month"] and merged["exp_year"]):
        return None
    return Fault("exp_month", "Give the month and the year in which the card ends.")


def derive_instalment(draft: Draft, _around: Surroundings) -> None:
    """Name its place, and keep what the portal has begun: it tells the master what comes of it.

    That it was settled elsewhere is taken over all the same, unless it is settled here (S0-24).
    """
    merged, held, said = draft.merged, draft.held, draft.values.get("state")
    merged["place"] = f"{merged['contract_id']}:{merged['sequence']}"
    if not held:
        return
    is_open = held["state"] not in (*_SETTLED, *_UNDER_WAY)
    if held["attempts"] or held["rescheduled_from"]:
        merged.update({name: held[name] for name in _OWN})
        if said in _SETTLED and is_open:
            merged.update(state=said, retry_on=None)
    elif held["state"] is InstalmentState.ON_HOLD and said is InstalmentState.SCHEDULED:
        merged["state"] = held["state"]  # staff release it, once they have decided


def derive_method(draft: Draft, around: Surroundings) -> None:
    """Note since when a method is the one that is charged; the newest of them counts."""
    held, given = draft.held, draft.given.get("is_default", "")
    since = held["default_since"] if held else None
    if given and cells.flag(given, around):
        since = since or datetime.combine(around.today, time(), UTC)
    elif given:
        since = None
    draft.merged["default_since"] = since
    draft.merged["removed_at"] = None


def stays_removed(draft: Draft) -> bool:
    """Say whether a method was removed in the portal and this row does not say that it is newer.

    A row that says nothing of its age may be as old as the feed before: what somebody took away is
    not charged again on that.
    """
    removed_at: datetime | None = draft.held["removed_at"] if draft.held else None
    if removed_at is None:
        return False
    return draft.updated_at is None or draft.updated_at <= removed_at


def keep_standing(draft: Draft) -> None:
    """Keep a contract's standing where the portal's own payments have decided it."""
    merged, held = draft.merged, draft.held
    if held and held["has_own_standing"] and {merged["status"], held["status"]} <= set(_DUNNED):
        merged["status"] = held["status"]
