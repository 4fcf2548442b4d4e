"""Writing down what somebody was refused at the door."""

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.models import Action
from portal_app.ports import RateLimiter
from portal_app.services import limit_table, limits
from portal_app.services.transaction import transaction

_LONGEST = 80  # as many letters as the column holds


def note_refusal(actor: Actor, *, operation: str, limiter: RateLimiter) -> bool:
    """Write down that somebody who is signed in was refused an operation; say whether it was.

    Beyond a few within some minutes one session adds nothing: the trail must not grow as fast as
    somebody can click. Whoever is nobody stands in the log alone.
    """
    if actor.is_anonymous or not limits.has_room(limiter, (limit_table.REFUSALS, actor.session_id)):
        return False
    with transaction(actor) as tx:
        tx.record(Action.ACCESS_DENIED, "operation", text.search_words(operation, longest=_LONGEST))
    return True
