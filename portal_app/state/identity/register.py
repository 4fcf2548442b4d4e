"""State behind the pages on which customers register."""

import reflex as rx

from portal_app.services import branding, identity
from portal_app.services.branding import Support
from portal_app.state.access import public
from portal_app.state.base import PortalState, load_key
from portal_app.state.formats import phone
from portal_app.state.identity.notes import NoteMixin


class RegisterState(NoteMixin, PortalState):
    """Details that are compared with ours, and a password to come.

    The phone number may come from the sign-in page; `key` is the same for a repeated click.
    """

    phone: str = ""
    key: str = ""
    shortest: str = ""
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Show the form, with what it held when it was refused."""
        self._take_note("register")
        signed_in_with = phone(str(self._caller.notes.get("phone", "")))
        self.phone = self.note.typed.get("phone", "") or signed_in_with
        shortest = await self._ask(identity.shortest_first_password, brand=self._caller.brand_id)
        self.shortest = str(shortest)
        self.key, self.is_loaded = load_key(), True


class RegisterCodeState(NoteMixin, PortalState):
    """The code from the letter; `answer` is empty for a browser that has posted no details."""

    answer: str = ""
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Ask for the code, if this browser has posted details."""
        self.answer, self.is_loaded = "", False
        self._take_note("register_code")
        with self._opening():
            caller = self._caller
            support = await self._ask(branding.support_of, brand=caller.brand_id)
            if caller.stage.value == "activation" and caller.notes.get("step") == "code":
                self.answer = _answer(support)
        self.is_loaded = True


def _answer(support: Support) -> str:
    """Word the one answer that everybody gets, whether a code was sent or not (S3-13)."""
    store = f"your store on {support.phone}" if support.phone else "your store"
    return (
        "If those details match ours, we have sent a code to your email. "
        f"Nothing after five minutes? Check them and try again, or call {store}."
    )
