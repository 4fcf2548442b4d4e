"""State behind the pages on which customers register."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import branding
from portal_app.services.branding import Support
from portal_app.state.access import public
from portal_app.state.base import PortalState, load_key
from portal_app.state.formats import phone as phone_words
from portal_app.state.identity.notes import FormNote, note_for


@dataclass(frozen=True)
class RegisterView:
    """The form; `key` is the same for a click that is repeated."""

    key: str = ""
    phone: str = ""
    email: str = ""
    postal_code: str = ""
    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, note: FormNote, *, phone: str) -> "RegisterView":
        """Show what was typed; the phone number may come from the sign-in page."""
        return cls(
            key=load_key(),
            phone=note.typed.get("phone", "") or phone_words(phone),
            email=note.typed.get("email", ""),
            postal_code=note.typed.get("postal_code", ""),
            problem=note.problem,
            fields=note.fields,
        )


class RegisterState(PortalState):
    """Details that are compared with ours, and a password to come."""

    page: RegisterView = RegisterView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Show the form, with what it held when it was refused."""
        note = note_for(self._caller, "register")
        phone = str(self._caller.notes.get("phone", ""))
        self.page, self.is_loaded = RegisterView.of(note, phone=phone), True
        if note.is_refusal:
            self._focus("errors")


@dataclass(frozen=True)
class RegisterCodeView:
    """The page that asks for the code; the same whether one was sent or not."""

    answer: str = ""
    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    good: str = ""
    is_waiting: bool = False

    @classmethod
    def of(cls, note: FormNote, store: str, *, is_waiting: bool) -> "RegisterCodeView":
        """Word the one answer that everybody gets (S3-13)."""
        answer = (
            "If those details match ours, we have sent a code to your email. "
            f"Nothing after five minutes? Check them and try again, or call {store}."
        )
        return cls(
            answer=answer if is_waiting else "",
            problem=note.problem,
            fields=note.fields,
            good=note.message,
            is_waiting=is_waiting,
        )


def _store(support: Support) -> str:
    return f"your store on {support.phone}" if support.phone else "your store"


class RegisterCodeState(PortalState):
    """The code from the letter."""

    page: RegisterCodeView = RegisterCodeView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Ask for the code, if this browser has posted details."""
        self.page, self.is_loaded = RegisterCodeView(), False
        note, caller = note_for(self._caller, "register_code"), self._caller
        is_waiting = caller.stage.value == "activation" and caller.notes.get("step") == "code"
        with self._opening():
            support = await self._ask(branding.support_of, brand=caller.brand_id)
            self.page = RegisterCodeView.of(note, _store(support), is_waiting=is_waiting)
        self.is_loaded = True
        if note.is_refusal:
            self._focus("errors")
