"""What the operator's own systems hear of: events, who may read them, where they are sent."""

from portal_app.models import DeliveryState
from portal_app.services.events.commands.delivering import (
    deliver,
    forget_events,
    give_up,
    spread,
)
from portal_app.services.events.commands.emitting import emit
from portal_app.services.events.commands.endpoints import (
    add_endpoint,
    remove_endpoint,
    retry_deliveries,
    switch_endpoint,
)
from portal_app.services.events.commands.tokens import (
    create_token,
    integration_for,
    revoke_token,
)
from portal_app.services.events.queries import MOST_EVENTS, connections, event_feed
from portal_app.services.events.views import (
    Connections,
    DeliveryView,
    EndpointView,
    EventPage,
    NewSecret,
    TokenView,
)

__all__ = [
    "MOST_EVENTS",
    "Connections",
    "DeliveryState",
    "DeliveryView",
    "EndpointView",
    "EventPage",
    "NewSecret",
    "TokenView",
    "add_endpoint",
    "connections",
    "create_token",
    "deliver",
    "emit",
    "event_feed",
    "forget_events",
    "give_up",
    "integration_for",
    "remove_endpoint",
    "retry_deliveries",
    "revoke_token",
    "spread",
    "switch_endpoint",
]
