"""State behind the pages on which people sign in."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services import identity
from portal_app.services.identity import AppEnrolment, Caller
from portal_app.state.access import public
from portal_app.state.base import PortalState
from portal_app.state.identity.notes import NoteMixin

_ENDED = {
    "expired": "You were signed out because your session ended. Sign in again.",
    "idle": "You were signed out because nothing happened for a while. Sign in again.",
    "signed-out": "You are signed out.",
    "everywhere": "You are signed out on every device.",
}


class SignInState(NoteMixin, PortalState):
    """The password step."""

    next_path: str = ""
    said: str = ""

    @rx.event
    @public
    async def load(self):
        """Show the form, with what it held when it was refused, or what has happened before."""
        self._take_note("sign_in")
        self.next_path = self._param("next")
        self.said = "" if self.note.has_note else _ENDED.get(self._param("ended"), "")


class CodeState(NoteMixin, PortalState):
    """The second step; the code comes `by` app, text or recovery, "" for none at all."""

    by: str = ""
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Show which code is asked for, as far as this browser has come."""
        self._take_note("code")
        self.by, self.is_loaded = _code_by(self._caller), True


def _code_by(caller: Caller) -> str:
    if caller.stage.value != "second_factor":
        return ""
    factor = str(caller.notes.get("factor", ""))
    return factor if factor in {"text", "recovery"} else "app"


@dataclass(frozen=True)
class SetUpView:
    """The page on which somebody sets up the second step that they must have."""

    picture: str = ""
    secret: str = ""
    by_text: bool = False
    can_text: bool = False

    @classmethod
    def of(cls, app: AppEnrolment | None) -> "SetUpView":
        """Show the picture for an app, or the field for a code that was texted."""
        if app is None:
            return cls(by_text=True)
        return cls(picture=app.picture, secret=in_groups(app.secret), can_text=app.can_text)


def in_groups(secret: str) -> str:
    """Return a secret as one types it from a screen."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


class SetUpState(NoteMixin, PortalState):
    """Setting up a second step before coming in."""

    page: SetUpView = SetUpView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Show what the app needs, to somebody who has given their password."""
        self.page, self.is_loaded = SetUpView(), False
        self._take_note("set_up")
        with self._opening():
            by_text = self._param("by") == "text"
            app = None if by_text else await self._ask(identity.start_app_enrolment)
            self.page = SetUpView.of(app)
        self.is_loaded = True
