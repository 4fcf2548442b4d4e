"""State behind the pages on which somebody comes into an application by a link."""

from dataclasses import dataclass, replace

import reflex as rx

from portal_app.core.actor import Actor
from portal_app.services import applications, branding, invitations
from portal_app.services.applications import AccessPage
from portal_app.services.invitations import Standing
from portal_app.state.access import public
from portal_app.state.base import PortalState
from portal_app.state.formats import moment
from portal_app.state.identity.notes import NoteMixin
from portal_app.state.invitations.words import OVER

ENDED = {
    "expired": "You were signed out, because nothing happened for a while or your link ended.",
    "signed-out": "You are signed out. Open your link again to go on.",
}


@dataclass(frozen=True)
class AccessView:
    """The page behind a link; empty until it was looked up."""

    token: str = ""
    is_good: bool = False
    may_ask: bool = False
    title: str = ""
    text: str = ""
    until: str = ""

    @classmethod
    def of(cls, found: AccessPage, *, token: str) -> "AccessView":
        """Word what a link is worth, and what comes next."""
        standing = Standing(found.standing)
        is_good = standing is Standing.GOOD
        title, text = OVER.get(standing, ("Your application", ""))
        invites = (
            f"{found.brand} invites you to fill in your application. We text a code to your mobile "
            f"number ending {found.mobile}, to make sure that it is you."
        )
        return cls(
            token=token,
            is_good=is_good,
            may_ask=standing in invitations.RENEWABLE,
            title=title,
            text=invites if is_good else text,
            until=f"The link works until {moment(found.until, found.zone)}." if is_good else "",
        )

    @classmethod
    def of_ended(cls, found: AccessPage) -> "AccessView":
        """Word what became of a link whose browser was in; empty while the link itself is good."""
        is_good = Standing(found.standing) is Standing.GOOD
        return cls() if is_good else cls.of(found, token="")


def look_at_link(actor: Actor, *, host: str, token: str = "", link: str = "") -> AccessPage:
    """Ask as somebody of the brand whose host was opened."""
    brand = branding.brand_for_host(actor, host=host).id
    return applications.access_page(replace(actor, brand=brand), token=token, link=link)


class AccessState(NoteMixin, PortalState):
    """What a link is for; looking at it changes nothing (S2-02)."""

    page: AccessView = AccessView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Say who invites, or why the link is over."""
        self.page, self.is_loaded = AccessView(), False
        self._take_note("access")
        token = self._param("token")
        with self._opening():
            found = await self._ask(look_at_link, host=self._host, token=token)
            self.page = AccessView.of(found, token=token)
        self.is_loaded = True


class AccessCodeState(NoteMixin, PortalState):
    """The code; `sent` says where it went, "" for a browser that has opened no link.

    `page` is there for a browser that was in when its link ended: why, and how to have another.
    """

    sent: str = ""
    ended: str = ""
    page: AccessView = AccessView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Ask for the code, if this browser has opened a link."""
        self._take_note("access_code")
        notes, self.page = self._caller.notes, AccessView()
        is_waiting = notes.get("step") == applications.ACCESS_STEP
        number = f"We have sent a text message to the number ending {notes.get('mobile', '')}."
        self.sent = number if is_waiting else ""
        self.ended = "" if is_waiting else ENDED.get(self._param("ended"), "")
        if link := self._caller.ended_link:
            with self._opening():
                found = await self._ask(look_at_link, host=self._host, link=link)
                self.page = AccessView.of_ended(found)
        self.is_loaded = True
