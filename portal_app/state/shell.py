"""State behind the frame: who is signed in, what they may open, what waits for them."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

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
    unread: str = ""


class ShellState(PortalState):
    """The frame around every page."""

    _part: ClassVar[str] = "shell"
    shell: ShellView = ShellView()

    @rx.event
    @public
    async def load(self):
        """Fill the frame for whoever is there; nothing for nobody."""
        self.shell = ShellView(name=self._actor.name)
