"""State behind the page at an address that the portal does not have."""

import reflex as rx

from portal_app.core.errors import NotFound
from portal_app.state.access import public
from portal_app.state.base import PortalState, turned_away


class LostState(PortalState):
    """By what reference we find again that somebody came here."""

    reference: str = ""

    @rx.event
    @public
    async def load(self):
        """Make a reference: the page itself is a file, and holds none."""
        self.reference = turned_away(NotFound(), self._actor, self._here()).reference
