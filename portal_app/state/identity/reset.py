"""State behind the pages on which people choose a new password."""

from dataclasses import replace

import reflex as rx

from portal_app.core.actor import Actor
from portal_app.services import branding, identity
from portal_app.state.access import public
from portal_app.state.base import PortalState
from portal_app.state.identity.notes import NoteMixin


class ResetState(NoteMixin, PortalState):
    """Asking for a link."""

    @rx.event
    @public
    async def load(self):
        """Show the form, or that a link is on its way."""
        self._take_note("reset")


def link_is_alive(actor: Actor, *, host: str, token: str) -> bool:
    """Ask as somebody of the brand whose host was opened."""
    brand = actor.brand or branding.brand_for_host(actor, host=host).id
    return identity.is_link_alive(replace(actor, brand=brand), token=token)


class NewPasswordState(NoteMixin, PortalState):
    """Choosing the new password."""

    token: str = ""
    is_alive: bool = False
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Say whether the link still works; looking does not use it up."""
        self.token, self.is_alive, self.is_loaded = self._param("token"), False, False
        self._take_note("new_password")
        with self._opening():
            self.is_alive = await self._ask(link_is_alive, host=self._host, token=self.token)
        self.is_loaded = True
