"""State behind the pages on which somebody sets up their account with a link."""

from dataclasses import dataclass, replace

import reflex as rx

from portal_app.core.actor import Actor
from portal_app.services import branding, identity, invitations
from portal_app.services.invitations import LinkPage, Standing
from portal_app.state.access import public
from portal_app.state.base import PortalState
from portal_app.state.formats import moment
from portal_app.state.identity.notes import NoteMixin
from portal_app.state.invitations.words import OVER

_DONE = (Standing.ACTIVATED, Standing.HAS_SIGN_IN)


@dataclass(frozen=True)
class LinkView:
    """The page behind a link; empty until it was looked up."""

    token: str = ""
    is_good: bool = False
    may_ask: bool = False
    is_done: bool = False
    title: str = ""
    text: str = ""
    until: str = ""
    signed_in_as: str = ""

    @classmethod
    def of(cls, found: LinkPage, *, token: str, name: str) -> "LinkView":
        """Word what a link is worth, and what comes next."""
        is_good = found.standing is Standing.GOOD
        title, text = OVER.get(found.standing, ("Set up your account", ""))
        invites = (
            f"{found.brand} invites you to set up your online account for {found.subject}. "
            "We send a code to the mobile number or email address that we hold for you. Then you "
            "choose a password."
        )
        return cls(
            token=token,
            is_good=is_good,
            may_ask=found.standing in invitations.RENEWABLE,
            is_done=found.standing in _DONE,
            title=title,
            text=invites if is_good else text,
            until=f"The link works until {moment(found.until, found.zone)}." if is_good else "",
            signed_in_as=name if is_good else "",
        )


def look_at_link(actor: Actor, *, host: str, token: str) -> LinkPage:
    """Ask as somebody of the brand whose host was opened."""
    brand = branding.brand_for_host(actor, host=host).id
    return invitations.link_page(replace(actor, brand=brand), token=token)


class ActivateState(NoteMixin, PortalState):
    """What a link is for; looking at it changes nothing (S0-09)."""

    page: LinkView = LinkView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Say who invites, or why the link is over."""
        self.page, self.is_loaded = LinkView(), False
        self._take_note("activate")
        token = self._param("token")
        with self._opening():
            found = await self._ask(look_at_link, host=self._host, token=token)
            self.page = LinkView.of(found, token=token, name=self._actor.name)
        self.is_loaded = True


class ActivateCodeState(NoteMixin, PortalState):
    """The code; `sent` says where it went, "" for a browser that has used no link."""

    sent: str = ""
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Ask for the code, if this browser has used a link."""
        self._take_note("activate_code")
        notes, self.is_loaded = self._caller.notes, True
        by_text = f"We have sent a text message to the number ending {notes.get('mobile', '')}."
        by_email = "We have sent a code to the email address that we hold for you."
        is_waiting = notes.get("step") == invitations.CODE_STEP
        self.sent = (by_text if notes.get("by") == "text" else by_email) if is_waiting else ""


class ActivatePasswordState(NoteMixin, PortalState):
    """The first password."""

    is_open: bool = False
    shortest: str = ""
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Ask for a password, if the code was right."""
        self._take_note("activate_password")
        self.is_open = self._caller.notes.get("step") == invitations.PASSWORD_STEP
        shortest = await self._ask(identity.shortest_first_password, brand=self._caller.brand_id)
        self.shortest = str(shortest)
        self.is_loaded = True
