"""How wrong passwords are counted, and forgotten for whoever gets in."""

from portal_app.core.actor import Actor
from portal_app.core.errors import TooMany
from portal_app.ports import RateLimiter
from portal_app.services import limit_table, limits
from portal_app.services.identity.queries.users import Found
from portal_app.services.identity.rules.identifiers import Identifier

SLOWER = (
    "There were too many wrong passwords. The wait grows with each, up to two hours. To get in "
    "sooner, choose a new password with the link below."
)


def _counted(
    actor: Actor, who: Identifier, found: Found, *, but: frozenset[str] = frozenset()
) -> tuple[tuple[limit_table.Limit, str], ...]:
    """Return what failures are counted under, by each value that may be meant.

    All of them, whoever holds one: so no way to write a number gives more tries, and which of them
    is somebody's cannot be told from the counts. A network from which this person has signed in
    before counts apart, so that a stranger who guesses from elsewhere cannot keep them out.
    """
    # What reads as nobody's name is counted for each network too: it is nobody else's mistake.
    is_apart = found.is_known_network or not who.value
    apart = limits.network(actor.ip) if is_apart else ""
    return limits.guesses(actor.brand, [v for v in who.values or ("",) if v not in but], apart)


def count(actor: Actor, who: Identifier, found: Found, limiter: RateLimiter) -> None:
    """Count a try before the password is compared; raises TooMany when there were too many."""
    limits.look(
        limiter,
        (limit_table.SIGN_IN_NETWORK, limits.network(actor.ip)),
        (limit_table.SIGN_IN_ALL, ""),
    )
    counted = _counted(actor, who, found)
    if not limits.is_open(limiter, *counted):
        raise TooMany(SLOWER)
    limits.count(limiter, *counted)


def forgive(actor: Actor, who: Identifier, found: Found, limiter: RateLimiter) -> None:
    """Forget the tries of somebody who is in, save those at what is somebody else's number."""
    limits.forgive(limiter, *_counted(actor, who, found, but=found.of_others))
