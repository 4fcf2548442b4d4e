"""State behind the pages on which people choose a new password."""

import asyncio
from dataclasses import dataclass, field
from dataclasses import replace as changed

import reflex as rx

from portal_app.core.actor import Actor
from portal_app.services import branding, identity
from portal_app.state.access import public
from portal_app.state.base import PortalState
from portal_app.state.identity.notes import host_of, note_for


@dataclass(frozen=True)
class ResetView:
    """The page that asks whom the link is for."""

    identifier: str = ""
    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    good: str = ""


class ResetState(PortalState):
    """Asking for a link."""

    page: ResetView = ResetView()

    @rx.event
    @public
    async def load(self):
        """Show the form, or that a link is on its way."""
        note = note_for(self._caller, "reset")
        typed = note.typed.get("identifier", "")
        self.page = ResetView(typed, note.problem, note.fields, note.message)
        if note.is_refusal:
            self._focus("errors")


@dataclass(frozen=True)
class NewPasswordView:
    """The page behind a link."""

    token: str = ""
    is_alive: bool = False
    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def _is_alive(actor: Actor, host: str, token: str) -> bool:
    """Ask as somebody of the brand whose host was opened."""
    brand = actor.brand or branding.brand_for_host(actor, host=host).id
    return identity.is_link_alive(changed(actor, brand=brand), token=token)


class NewPasswordState(PortalState):
    """Choosing the new password."""

    page: NewPasswordView = NewPasswordView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Say whether the link still works; looking does not use it up."""
        self.page, self.is_loaded = NewPasswordView(), False
        token, note = self._param("token"), note_for(self._caller, "new_password")
        with self._opening():
            is_alive = await asyncio.to_thread(_is_alive, self._actor, host_of(self), token)
            self.page = NewPasswordView(token, is_alive, note.problem, note.fields)
        self.is_loaded = True
        if note.is_refusal:
            self._focus("errors")
