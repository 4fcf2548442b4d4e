"""How often something may be tried, in one table, and the one way to ask.

Counts that run out refuse whoever tries; nothing here locks an account for good, so nobody can
lock somebody else out.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network

from portal_app.core.errors import TooMany
from portal_app.core.settings import Settings, settings
from portal_app.ports import PortUnavailable, RateLimiter

log = logging.getLogger("portal.limits")

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `amount` within any `seconds`; `counts` says what, for each which key."""

    name: str
    amount: int
    seconds: int
    counts: str


_GUESSES = "wrong passwords for a phone number or email address"
# After the fifth each further one waits twice as long as the one before, for two hours at most.
SIGN_IN_IDENTIFIER = Limit("sign_in.identifier", 5, 15 * _MINUTE, _GUESSES)
SIGN_IN_SIXTH = Limit("sign_in.sixth", 6, 30 * _MINUTE, _GUESSES)
SIGN_IN_SEVENTH = Limit("sign_in.seventh", 7, _HOUR, _GUESSES)
SIGN_IN_EIGHTH = Limit("sign_in.eighth", 8, 2 * _HOUR, _GUESSES)
SIGN_IN_NINTH = Limit("sign_in.ninth", 9, 4 * _HOUR, _GUESSES)
SIGN_IN_NETWORK = Limit("sign_in.network", 30, 15 * _MINUTE, "wrong passwords from a network")
SIGN_IN_ALL = Limit("sign_in.all", 1000, 5 * _MINUTE, "wrong passwords altogether")
CODE_TRY_HOUR = Limit("code.try.hour", 10, _HOUR, "codes tried for a person")
CODE_TRY_DAY = Limit("code.try.day", 50, _DAY, "codes tried for a person")
CODE_TRY_NETWORK = Limit("code.try.network", 50, _HOUR, "codes tried from a network")
CODE_TRY_ALL = Limit("code.try.all", 2000, _HOUR, "codes tried altogether")
CODE_SEND_PAUSE = Limit("code.send.pause", 1, _MINUTE, "codes sent to an address or number")
CODE_SEND_BURST = Limit("code.send.burst", 3, 15 * _MINUTE, "codes sent to an address or number")
CODE_SEND_DAY = Limit("code.send.day", 10, _DAY, "codes sent to an address or number")
CODE_SEND_PERSON = Limit(
    "code.send.person", 10, _DAY, "codes sent to new addresses and numbers by a person"
)
CODE_SEND_NETWORK = Limit("code.send.network", 20, _HOUR, "codes asked for by a network")
# What texting codes to numbers of their own may cost us, however many networks ask (SMS pumping).
CODE_TEXT_DAY = Limit(
    "code.text.day",
    Settings.model_fields["text_codes_per_day"].default,
    _DAY,
    "codes sent by text message altogether",
)
RESET_HOUR = Limit("reset.hour", 5, _HOUR, "links to a new password sent to a person")
RESET_DAY = Limit("reset.day", 10, _DAY, "links to a new password sent to a person")
REGISTER_HOUR = Limit("register.hour", 5, _HOUR, "registrations of a phone from a network")
REGISTER_DAY = Limit("register.day", 10, _DAY, "registrations of a phone from a network")
INVITE_HOUR = Limit("invite.hour", 5, _HOUR, "uses of one invitation, or wishes for a new link")
INVITE_DAY = Limit("invite.day", 10, _DAY, "uses of one invitation, or wishes for a new link")
PROOF_NETWORK = Limit(
    "proof.network",
    20,
    _HOUR,
    "registrations, uses of an invitation and links to a new password asked for by a network",
)
PROOF_ALL = Limit(
    "proof.all",
    500,
    _HOUR,
    "registrations, uses of an invitation and links to a new password altogether",
)
GRANT_HOUR = Limit(
    "grant.hour", 10, _HOUR, "tries of a person to name somebody who is to act for them"
)
GRANT_DAY = Limit(
    "grant.day", 20, _DAY, "tries of a person to name somebody who is to act for them"
)
GRANT_NETWORK = Limit("grant.network", 40, _HOUR, "the same tries from a network")
API_TOKEN = Limit("api.token", 600, _MINUTE, "requests with an API token")
STEP_UP = Limit(
    "step_up.session", 5, 15 * _MINUTE, "wrong passwords of somebody signed in; then signed out"
)
REFUSALS = Limit(
    "refusals.session", 20, 10 * _MINUTE, "refusals written to the audit trail for a session"
)

ALL_LIMITS = tuple(limit for limit in list(globals().values()) if isinstance(limit, Limit))

# How long to wait for another code: the longest is asked first.
_WAITS = (
    (
        CODE_SEND_DAY,
        "We have sent as many codes as we may in a day. Try again tomorrow, or call us if none has"
        " reached you.",
    ),
    (
        CODE_SEND_BURST,
        "We have sent several codes already. Wait a quarter of an hour before you ask for another,"
        " or call us if none has reached you.",
    ),
    (
        CODE_SEND_PAUSE,
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
    each = (SIGN_IN_IDENTIFIER, SIGN_IN_SIXTH, SIGN_IN_SEVENTH, SIGN_IN_EIGHTH, SIGN_IN_NINTH)
    return tuple((limit, f"{brand_id}|{name}|{network_apart}") for name in names for limit in each)


def proofs(ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits under which whoever is nobody yet counts, by network and in all."""
    return ((PROOF_NETWORK, network(ip)), (PROOF_ALL, ""))


def link_uses(invitation_id: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that using a link counts under."""
    return ((INVITE_HOUR, invitation_id), (INVITE_DAY, invitation_id))


def code_tries(user_id: str, ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that trying a code counts under."""
    return (
        (CODE_TRY_HOUR, user_id),
        (CODE_TRY_DAY, user_id),
        (CODE_TRY_NETWORK, network(ip)),
        (CODE_TRY_ALL, ""),
    )


def code_sends(
    destination: str, ip: str, *, is_texted: bool = False
) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that sending a code counts under, by letter or by text message."""
    return (*code_sends_to((destination,), ip), *_texted(is_texted=is_texted))


def text_budget() -> Limit:
    """Return how many codes may be texted in a day, as the operator set it."""
    return replace(CODE_TEXT_DAY, amount=settings().text_codes_per_day)


def _texted(*, is_texted: bool) -> tuple[tuple[Limit, str], ...]:
    return ((text_budget(), ""),) if is_texted else ()


def code_sends_to(destinations: Iterable[str], ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that sending a code to one of several, nobody knows which, counts under."""
    each = (CODE_SEND_PAUSE, CODE_SEND_BURST, CODE_SEND_DAY)
    there = [(limit, destination) for destination in destinations for limit in each]
    return (*there, (CODE_SEND_NETWORK, network(ip)))


def registrations(places: Sequence[str], ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that a wish to register counts under, for each number that is meant."""
    there = [(limit, place) for place in places for limit in (REGISTER_HOUR, REGISTER_DAY)]
    return (*there, *proofs(ip), *code_sends_to(places, ip))


def proof_sends(
    destination: str, user_id: str, ip: str, *, is_texted: bool = False
) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that a code to a new address or number counts under."""
    there = code_sends(destination, ip, is_texted=is_texted)
    return (*there, (CODE_SEND_PERSON, user_id))


def grant_tries(user_id: str, ip: str) -> tuple[tuple[Limit, str], ...]:
    """Return the limits that naming a representative counts under."""
    return ((GRANT_HOUR, user_id), (GRANT_DAY, user_id), (GRANT_NETWORK, network(ip)))


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
    if CODE_TEXT_DAY.name in used_up:
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
