"""What a reader of identity gets back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal_app.core.actor import ANONYMOUS, Actor
from portal_app.models import SessionStage


@dataclass(frozen=True, slots=True)
class Caller:
    """A browser: the actor it may act as, and what its session remembers.

    Until the stage is `full` the actor is anonymous, whatever else is known.
    `idle_seconds` is how long the browser may stay silent before it is signed out; 0 for nobody.
    `is_unseen`: it is more than a minute since the session noted that somebody was there.
    `ended_link`: the link to an application that let this browser in, and lets it in no longer.
    """

    actor: Actor = ANONYMOUS
    token_hash: str = ""
    session_id: str = ""
    user_id: str = ""
    stage: SessionStage = SessionStage.ANONYMOUS
    account_id: str = ""
    context: str = ""
    brand_id: str = ""
    idle_seconds: int = 0
    is_unseen: bool = False
    ended_link: str = ""
    notes: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is in. `token` is for the cookie; `next_path` is where they wanted to go."""

    token: str
    is_staff: bool
    next_path: str = ""


@dataclass(frozen=True, slots=True)
class SecondFactorNeeded:
    """The password was right; a code is asked for next.

    `factor` is `app` or `text`, or `recovery` where no number is held to text one to.
    """

    token: str
    factor: str


@dataclass(frozen=True, slots=True)
class EnrolmentNeeded:
    """The password was right, but this person must have a second factor and has none yet."""

    token: str


@dataclass(frozen=True, slots=True)
class ActivationStarted:
    """A phone number was typed in both fields: registration begins, for anybody's number."""

    token: str


SignInOutcome = SignedIn | SecondFactorNeeded | EnrolmentNeeded | ActivationStarted


@dataclass(frozen=True, slots=True)
class CodeSent:
    """The password was right; a code is on its way and completes what was begun."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What was asked is done, and the browser has a new token."""

    token: str


@dataclass(frozen=True, slots=True)
class AppEnrolment:
    """What an authenticator app needs: a picture (a data URI), and the same as text.

    `can_text` says that this person may have codes texted instead.
    """

    picture: str
    secret: str
    can_text: bool = False


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which somebody is signed in."""

    id: str
    label: str
    started_at: datetime
    last_seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Security:
    """How somebody signs in, and where they are signed in now.

    `factor` is `none`, `text` or `app`; `mobile` shows only the end of the number, "" without one.
    """

    factor: str
    mobile: str
    must_have_factor: bool
    recovery_codes_left: int
    is_stepped_up: bool
    shortest_password: int
    devices: tuple[Device, ...]
