"""State behind the frame: who is signed in, what they may open, what waits for them."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal_app.core.actor import Access
from portal_app.services.identity import Caller
from portal_app.state.access import public
from portal_app.state.base import PortalState


@dataclass(frozen=True)
class ShellView:
    """The frame as it is shown; empty until somebody is signed in."""

    name: str = ""
    sub: str = ""
    initials: str = ""
    is_staff: bool = False
    is_manager: bool = False
    is_admin: bool = False
    has_rental: bool = False
    has_several_accounts: bool = False
    items_out: str = ""
    unread: str = ""
    waiting: str = ""
    announcement: str = ""
    announcement_version: int = 0
    support_mailto: str = ""
    idle_seconds: int = 0

    @classmethod
    def of(cls, caller: Caller) -> "ShellView":
        """Say what follows from the caller alone."""
        actor = caller.actor
        words = actor.name.split()
        return cls(
            name=actor.name,
            initials="".join(word[0] for word in (words[:1] + words[1:][-1:])).upper(),
            is_staff=actor.is_staff,
            is_manager=actor.has(Access.MANAGER),
            is_admin=actor.has(Access.ADMIN),
            has_rental=actor.is_consumer,
            idle_seconds=caller.idle_seconds,
        )


class ShellState(PortalState):
    """The frame around every page."""

    _part: ClassVar[str] = "shell"
    shell: ShellView = ShellView()

    @rx.event
    @public
    async def load(self):
        """Fill the frame for whoever is there; nothing for nobody."""
        self.shell = ShellView.of(self._caller)

    @rx.event
    @public
    async def dismiss_announcement(self):
        """Put the announcement away."""
