"""State behind the pages on which people sign in."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import identity
from portal_app.services.identity import AppEnrolment, Caller
from portal_app.state.access import public
from portal_app.state.base import PortalState
from portal_app.state.identity.notes import FormNote, note_for

_ENDED = {
    "expired": "You were signed out because your session ended. Sign in again.",
    "idle": "You were signed out because nothing happened for a while. Sign in again.",
    "signed-out": "You are signed out.",
    "everywhere": "You are signed out on every device.",
}


@dataclass(frozen=True)
class SignInView:
    """The sign-in page; its defaults are the page as it is before anything is known."""

    identifier: str = ""
    next_path: str = ""
    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    good: str = ""
    said: str = ""
    is_refilled: bool = False

    @classmethod
    def of(cls, note: FormNote, *, next_path: str, ended: str) -> "SignInView":
        """Show what was typed and why it was refused, or what has happened before."""
        return cls(
            identifier=note.typed.get("identifier", ""),
            next_path=next_path,
            problem=note.problem,
            fields=note.fields,
            good=note.message,
            said="" if note.has_note else _ENDED.get(ended, ""),
            is_refilled=bool(note.typed.get("identifier")),
        )


class SignInState(PortalState):
    """The password step."""

    page: SignInView = SignInView()

    @rx.event
    @public
    async def load(self):
        """Show the form, with what it held when it was refused."""
        note = note_for(self._caller, "sign_in")
        self.page = SignInView.of(note, next_path=self._param("next"), ended=self._param("ended"))
        if note.is_refusal:
            self._focus("errors")


@dataclass(frozen=True)
class CodeView:
    """The page that asks for a code; `by` is `app`, `text` or `recovery`, "" for none at all."""

    by: str = ""
    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    good: str = ""

    @classmethod
    def of(cls, caller: Caller) -> "CodeView":
        """Say which code is asked for, as far as this browser has come."""
        if caller.stage.value != "second_factor":
            return cls(problem="There is no code to enter here. Sign in first.")
        note = note_for(caller, "code")
        factor = str(caller.notes.get("factor", ""))
        by = factor if factor in {"text", "recovery"} else "app"
        return cls(by, note.problem, note.fields, note.message)


class CodeState(PortalState):
    """The second step."""

    page: CodeView = CodeView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Show which code is asked for."""
        self.page, self.is_loaded = CodeView.of(self._caller), True
        if self.page.problem or self.page.fields:
            self._focus("errors")


@dataclass(frozen=True)
class SetUpView:
    """The page on which somebody sets up the second step that they must have."""

    picture: str = ""
    secret: str = ""
    by_text: bool = False
    can_text: bool = False
    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, note: FormNote, app: AppEnrolment | None, *, by_text: bool) -> "SetUpView":
        """Show the picture for an app, or the field for a code that was texted."""
        return cls(
            picture=app.picture if app else "",
            secret=in_groups(app.secret) if app else "",
            by_text=by_text,
            can_text=app is not None and app.can_text,
            problem=note.problem,
            fields=note.fields,
        )


def in_groups(secret: str) -> str:
    """Return a secret as one types it from a screen."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


class SetUpState(PortalState):
    """Setting up a second step before coming in."""

    page: SetUpView = SetUpView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Show what the app needs, to somebody who has given their password."""
        self.page, self.is_loaded = SetUpView(), False
        note, by_text = note_for(self._caller, "set_up"), self._param("by") == "text"
        with self._opening():
            app = None if by_text else await self._ask(identity.start_app_enrolment)
            self.page = SetUpView.of(note, app, by_text=by_text)
        self.is_loaded = True
        if note.is_refusal:
            self._focus("errors")
