"""What a reader of identity gets back."""

from dataclasses import dataclass, field
from typing import Any

from portal_app.core.actor import ANONYMOUS, Actor
from portal_app.models import SessionStage


@dataclass(frozen=True, slots=True)
class Caller:
    """A browser: the actor it may act as, and what its session remembers.

    Until the stage is `full` the actor is anonymous, whatever else is known.
    `idle_seconds` is how long the browser may stay silent before it is signed out; 0 for nobody.
    """

    actor: Actor = ANONYMOUS
    token_hash: str = ""
    session_id: str = ""
    user_id: str = ""
    stage: SessionStage = SessionStage.ANONYMOUS
    account_id: str = ""
    brand_id: str = ""
    idle_seconds: int = 0
    notes: dict[str, Any] = field(default_factory=dict[str, Any])
