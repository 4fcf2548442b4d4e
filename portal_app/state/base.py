"""What every state class shares: the caller, the bridge to the browser, and how refusals show."""

import asyncio
import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar
from urllib.parse import parse_qs, unquote

import reflex as rx
from reflex.event import EventSpec
from reflex_base.utils.format import format_event_handler

from portal_app.core import live
from portal_app.core.actor import Actor
from portal_app.core.card_numbers import watching
from portal_app.core.errors import Invalid, NotFound, PortalError, Unavailable
from portal_app.core.ids import new_id, reference
from portal_app.core.settings import settings
from portal_app.services.identity import Caller
from portal_app.state.access import public

P = ParamSpec("P")
R = TypeVar("R")
LONGEST_TEXT = 10_000
LONGEST_VERSION = 9
LONGEST_PATH = 200
NO_CARD_NUMBERS = (
    "We removed what looked like a card number. Please never write one here: it is safe only on "
    "the payment page."
)
log = logging.getLogger("portal.state")


@dataclass(frozen=True)
class Notice:
    """What stands in place of a page that could not be opened; empty when it could."""

    title: str = ""
    body: str = ""
    reference: str = ""


def load_key() -> str:
    """Return a fresh key for one submission: a click that is repeated carries the same one."""
    return new_id()


def unexpected(exception: Exception) -> Notice:
    """Log a fault of ours and return what the person sees: a reference, no detail.

    Where something that we stand on is away its name is enough: there will be many of these.
    """
    number = reference("E")
    if isinstance(exception, Unavailable):
        log.error("away %s", number, extra={"fault": f"{type(exception).__name__}: {exception}"})
        return Notice(
            "We cannot reach our records just now",
            "Wait a minute, then try again. Nothing is lost, and nothing is done twice.",
            number,
        )
    log.error("unexpected failure %s", number, exc_info=exception)
    return Notice(
        "Something went wrong on our side",
        "Nothing you did caused this, and nothing was changed. Try again in a moment.",
        number,
    )


def turned_away(refusal: PortalError, actor: Actor, path: str) -> Notice:
    """Note that somebody was not shown a page and return what stands there, with a reference.

    Page and log say the same of what is not there and of what is hidden from whoever asks.
    """
    number = reference("E")
    facts = {"refusal": type(refusal).__name__, "actor": actor.user_id, "path": path[:LONGEST_PATH]}
    log.info("turned away %s", number, extra=facts)
    title = "Page not found" if isinstance(refusal, NotFound) else "You cannot open this page"
    return Notice(title, refusal.message, number)


def failure_text(exception: Exception) -> str:
    """Log a fault of ours and return what the person reads of it, in one line."""
    notice = unexpected(exception)
    return f"{notice.title}. {notice.body} Reference {notice.reference}."


class PortalState(rx.State):
    """The caller of this tab, resolved anew by the guard before every event."""

    command: dict[str, str] = {}
    notice: Notice = Notice()
    _caller: Caller = Caller()
    _sequence: int = 0
    _has_removed: bool = False
    _read_at: int = 0
    _framed_for: str = ""
    _account_zone: str = ""
    _part: ClassVar[str] = "page"

    @rx.event
    @public
    async def say(self, text: str, tone: str = "good"):
        """Show a short message."""
        self._say(str(text)[:200], "good" if tone == "good" else "bad")

    @property
    def _actor(self) -> Actor:
        return self._caller.actor

    @property
    def _account(self) -> str:
        return self._caller.account_id

    @property
    def _host(self) -> str:
        """The host that the browser has open: it decides the brand before anybody signs in."""
        return str(self.router.headers.host)

    @property
    def _zone_of_reader(self) -> str:
        """The time zone in which the person reads: the chosen account's, else the portal's."""
        return self._account_zone or settings().timezone

    async def _ask(
        self, service: Callable[Concatenate[Actor, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call a service as the signed-in actor, off the event loop.

        Whoever wrote a card number somewhere is told that it was not kept.
        """
        with watching() as removed:
            answer = await asyncio.to_thread(service, self._actor, *args, **kwargs)
        if removed.count:
            self._has_removed = True
            self._say("", "warn")
        return answer

    def _begin(self, caller: Caller) -> None:
        """Take up an event of this caller's; called by the guard."""
        self._caller, self._has_removed, self._read_at = caller, False, live.moment()

    def _send(self, op: str, **values: str) -> None:
        self._sequence += 1
        self.command = {"seq": f"{self._sequence}-{new_id()[-8:]}", "op": op, **values}

    def _say(self, text: str, tone: str = "good") -> None:
        if self._has_removed:
            text, tone = f"{text} {NO_CARD_NUMBERS}".strip(), "warn"
        self._send("toast", text=text, level=tone)

    def _focus(self, element_id: str) -> None:
        self._send("focus", id=element_id)

    def _go(self, path: str) -> EventSpec:
        return rx.redirect(path)

    def _here(self) -> str:
        """Return the address of the page without what is asked of it; the browser says it."""
        return self._address().partition("?")[0]

    def _address(self) -> str:
        """Return the address of the page with what is asked of it."""
        return str(self.router_data.get("asPath", "")).partition("#")[0][:LONGEST_TEXT]

    def _param(self, name: str) -> str:
        """Return a part of the address. The browser says it: treat it as typed."""
        path, _, query = self._address().partition("?")
        if asked := parse_qs(query).get(name):
            return asked[0][:200]
        # A page without parameters sends none, and Reflex then keeps those of the page before.
        known = self.router_data.get("query")
        value = known.get(name, "") if isinstance(known, dict) else ""
        return value[:200] if isinstance(value, str) and value in unquote(path).split("/") else ""

    @staticmethod
    def _text(form: Any, name: str) -> str:
        """Return one field of a form as text, whatever the browser sent."""
        value = form.get(name, "") if isinstance(form, dict) else ""
        return value.strip()[:LONGEST_TEXT] if isinstance(value, str) else ""

    @classmethod
    def _version(cls, form: Any) -> int:
        """Return the version that a form was filled in at; 0 when it says none that can be."""
        version = cls._text(form, "version")
        # A number of thousands of digits is none of ours, and Python refuses to read it.
        is_one = version.isdecimal() and len(version) <= LONGEST_VERSION
        return int(version) if is_one else 0

    def _watch(self, handler: Any, *topics: str, part: str = "") -> None:
        """Have `handler` sent to this tab whenever one of the topics changes.

        What was watched before for this part of the tab is not watched any more.
        """
        watcher = live.Watcher(self._token(), part or self._part, format_event_handler(handler))
        live.watch(watcher, topics, read_at=self._read_at)

    def _token(self) -> str:
        return self.router.session.client_token

    @contextmanager
    def _opening(self) -> Generator[None]:
        """Turn a refusal while a page opens into the notice that stands in its place."""
        self.notice = Notice()
        try:
            yield
        except PortalError as refusal:
            self.notice = turned_away(refusal, self._actor, self._here())
        except Exception as fault:  # noqa: BLE001 - a person must never see a traceback
            self.notice = unexpected(fault)


class FormMixin(rx.State, mixin=True):
    """Shows a service's refusals beside the form that caused them, and keeps what was typed."""

    problem: str = ""
    field_problems: dict[str, str] = {}
    busy: bool = False

    @contextmanager
    def _reporting(self) -> Generator[None]:
        """Turn a refusal raised inside the block into what the form shows."""
        self.problem, self.field_problems, self.busy = "", {}, False
        try:
            yield
        except Invalid as refusal:
            self.field_problems = dict(refusal.fields)
        except PortalError as refusal:
            self.problem = refusal.message
        except Exception as fault:  # noqa: BLE001 - a person must never see a traceback
            self.problem = failure_text(fault)
        if self.problem or self.field_problems:
            self._focus("errors")  # type: ignore[attr-defined]
