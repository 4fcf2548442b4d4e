"""How often something may be tried, in one table; `limits` is the way to ask."""

from dataclasses import dataclass

from portal_app.core.settings import Settings

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
