"""The one way to ask how often something may be tried; the amounts stand in `limit_table`.

Counts that run out refuse whoever tries; nothing here locks an account for good, so nobody can
lock somebody else out.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from ipaddress import ip_address, ip_network

from portal_app.core.errors import TooMany
from portal_app.core.settings import settings
from portal_app.ports import PortUnavailable, RateLimiter
from portal_app.services import limit_table as table
from portal_app.services.limit_table import Limit

log = logging.getLogger("portal.limits")

# How long to wait for another code: the longest is asked first.
_WAITS = (
    (
        table.CODE_SEND_DAY,
        "We have sent as many codes as we may in a day. Try again tomorrow, or call us if none has"
        " reached you.",
    ),
    (
        table.CODE_SEND_BURST,
        "We have sent several codes already. Wait a quarter of an hour before you ask for another,"
        " or call us if none has reached you.",
    ),
    (
        table.CODE_SEND_PAUSE,
        "We have sent a code a moment ago. Wait a minute before you ask for another.",
    ),
)
# The same for everybody, so that an outage tells nothing about anybody.
UNCHECKED = "We cannot check sign-ins at the moment. Nothing was changed. Try again in a minute."


def network(ip: str) -> str:
    """Return the network that an address is counted under: /24, or /56 for IPv6."""
    try:
        address = ip_address(ip)
    except ValueError:
        return "unknown"
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ip_network(f"{address}/{24 if address.version == 4 else 56}", strict=False))  # noqa: PLR2004


def guesses(
    brand_id: str, names: Iterable[str], network_apart: str = ""
) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that wrong passwords for phone numbers or email addresses count under."""
    each = (
        table.SIGN_IN_IDENTIFIER,
        table.SIGN_IN_SIXTH,
        table.SIGN_IN_SEVENTH,
        table.SIGN_IN_EIGHTH,
        table.SIGN_IN_NINTH,
    )
    return tuple((limit, f"{brand_id}|{name}|{network_apart}") for name in names for limit in each)


def proofs(ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits under which whoever is nobody yet counts, by network and in all."""
    return ((table.PROOF_NETWORK, network(ip)), (table.PROOF_ALL, ""))


def link_uses(invitation_id: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that using a link counts under."""
    return ((table.INVITE_HOUR, invitation_id), (table.INVITE_DAY, invitation_id))


def code_tries(user_id: str, ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that trying a code counts under."""
    return (
        (table.CODE_TRY_HOUR, user_id),
        (table.CODE_TRY_DAY, user_id),
        (table.CODE_TRY_NETWORK, network(ip)),
        (table.CODE_TRY_ALL, ""),
    )


def code_sends(
    destination: str, ip: str, *, is_texted: bool = False
) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that sending a code counts under, by letter or by text message."""
    return (*code_sends_to((destination,), ip), *_texted(is_texted=is_texted))


def text_budget() -> Limit:
    """Return how many codes may be texted in a day, as the operator set it."""
    return replace(table.CODE_TEXT_DAY, amount=settings().text_codes_per_day)


def _texted(*, is_texted: bool) -> tuple[tuple[Limit, str], ...]:
    return ((text_budget(), ""),) if is_texted else ()


def code_sends_to(destinations: Iterable[str], ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that sending a code to one of several, nobody knows which, counts under."""
    each = (table.CODE_SEND_PAUSE, table.CODE_SEND_BURST, table.CODE_SEND_DAY)
    there = [(limit, destination) for destination in destinations for limit in each]
    return (*there, (table.CODE_SEND_NETWORK, network(ip)))


def registrations(places: Sequence[str], ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that a wish to register counts under, for each number that is meant."""
    there = [
        (limit, place) for place in places for limit in (table.REGISTER_HOUR, table.REGISTER_DAY)
    ]
    return (*there, *proofs(ip), *code_sends_to(places, ip))


def proof_sends(
    destination: str, user_id: str, ip: str, *, is_texted: bool = False
) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that a code to a new address or number counts under."""
    there = code_sends(destination, ip, is_texted=is_texted)
    return (*there, (table.CODE_SEND_PERSON, user_id))


def grant_tries(user_id: str, ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that naming a representative counts under."""
    return (
        (table.GRANT_HOUR, user_id),
        (table.GRANT_DAY, user_id),
        (table.GRANT_NETWORK, network(ip)),
    )


def count(limiter: RateLimiter, *tries: tuple[Limit, str]) -> None:
    """Count one try under each limit; raises TooMany when one is used up.

    A refused try counts nowhere, so that waiting helps even whoever keeps trying. When nothing
    can be counted nothing is allowed.
    """
    look(limiter, *tries)
    try:
        # The first that is full after all, by a try in the same moment, is the last that counts.
        within = all(limiter.hit(one.name, one.amount, one.seconds, key) for one, key in tries)
    except PortUnavailable as outage:
        raise TooMany(UNCHECKED) from outage
    if not within:
        raise TooMany


def look(limiter: RateLimiter, *tries: tuple[Limit, str]) -> None:
    """Raise TooMany when a limit is used up already, without counting this try."""
    try:
        used_up = {
            limit.name
            for limit, key in tries
            if not limiter.allows(limit.name, limit.amount, limit.seconds, key)
        }
    except PortUnavailable as outage:
        raise TooMany(UNCHECKED) from outage
    if table.CODE_TEXT_DAY.name in used_up:
        # Whoever asks waits in vain, and cannot be told why: the operator has to hear of it.
        log.error("no more codes are texted today", extra={"limit": settings().text_codes_per_day})
    if used_up:
        raise TooMany


def is_open(limiter: RateLimiter, *tries: tuple[Limit, str]) -> bool:
    """Say whether one more try would be allowed, without counting it."""
    try:
        look(limiter, *tries)
    except TooMany:
        return False
    return True


def count_code(
    limiter: RateLimiter, places: Sequence[str], ip: str, *, is_texted: bool = False
) -> None:
    """Count a code that is to be sent; raises TooMany with how long to wait for another."""
    try:
        count(limiter, *code_sends_to(places, ip), *_texted(is_texted=is_texted))
    except TooMany as refusal:
        if refusal.message == UNCHECKED:
            raise
        for limit, words in _WAITS:
            if not is_open(limiter, *((limit, place) for place in places)):
                raise TooMany(words) from refusal
        raise


def has_room(limiter: RateLimiter, *tries: tuple[Limit, str]) -> bool:
    """Count one try under each limit and say whether all have room: for refusing in silence."""
    try:
        count(limiter, *tries)
    except TooMany:
        return False
    return True


def forgive(limiter: RateLimiter, *tries: tuple[Limit, str]) -> None:
    """Forget the tries of somebody who has proved who they are."""
    try:
        for limit, key in tries:
            limiter.clear(limit.name, limit.amount, limit.seconds, key)
    except PortUnavailable:
        return
