"""What a reader of connections and events gets back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal_app.models import DeliveryState


@dataclass(frozen=True, slots=True)
class NewSecret:
    """What was just made, with its value: it is shown once and kept nowhere in the clear."""

    id: str
    value: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some events in their order; `next_after` is what to ask for them after next time."""

    events: tuple[dict[str, Any], ...]
    next_after: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token that lets a system in; `hint` is how its value ends."""

    id: str
    name: str
    hint: str
    scopes: tuple[str, ...]
    created_at: datetime
    created_by: str
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An address that events are sent to, with how it goes there."""

    id: str
    url: str
    is_enabled: bool
    off_because: str
    created_at: datetime
    created_by: str
    waiting: int
    dead: int


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One event on its way to one address."""

    id: str
    event_type: str
    sequence: int
    url: str
    endpoint_id: str
    state: DeliveryState
    attempts: int
    answer: str
    created_at: datetime
    tried_at: datetime | None


@dataclass(frozen=True, slots=True)
class Connections:
    """All that connects other systems with a brand's portal; `rows` is what is on its way."""

    tokens: tuple[TokenView, ...]
    endpoints: tuple[EndpointView, ...]
    rows: tuple[DeliveryView, ...]
    after: str
    newest: int
    is_stepped_up: bool
