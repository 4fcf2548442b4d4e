"""The guard before every event: denied, unless a mark on the handler allows this caller."""

import asyncio
from collections.abc import Iterable
from typing import Any

import reflex as rx
from reflex.state import (
    FrontendEventExceptionState,
    OnLoadInternalState,
    State,
    StateUpdate,
    UpdateVarsInternalState,
)
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from portal_app import wiring
from portal_app.core import live
from portal_app.core.actor import Access
from portal_app.core.errors import NotAllowed
from portal_app.core.settings import settings
from portal_app.ports import PortUnavailable
from portal_app.services import contracts, identity, licensing, limits
from portal_app.services.identity import Caller
from portal_app.state.access import MARK, MODULE
from portal_app.state.base import PortalState, failure_text, turned_away
from portal_app.state.shell import DOOR_OF_A_LINK, REFUSED, ShellState
from portal_app.web import refusals
from portal_app.web.callers import caller_for

LONGEST_NAME = 80

# Reflex's own events, by exact name. Its `setvar` is not among them: it calls other handlers.
INTERNAL = frozenset(
    format_event_handler(owner.event_handlers[name])
    for owner, name in (
        (State, "hydrate"),
        (State, "hydrate_and_load"),
        (State, "set_is_hydrated"),
        (OnLoadInternalState, "on_load_internal"),
        (OnLoadInternalState, "set_is_hydrated"),
        (UpdateVarsInternalState, "update_vars_internal"),
        (FrontendEventExceptionState, "handle_frontend_exception"),
    )
)
TOO_FAST = "That was faster than we can follow. Wait a moment, then go on."
_FRAME = format_event_handler(ShellState.event_handlers["load"])
_TURNING = format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"])
_HYDRATE = ("hydrate", "hydrate_and_load")
# These show nobody anything: one only sends the page's own events, each of which is judged, the
# others say that they are done. Asking who is there would double what following a link costs.
PASSING = frozenset(
    format_event_handler(owner.event_handlers[name])
    for owner, name in (
        (OnLoadInternalState, "on_load_internal"),
        (OnLoadInternalState, "set_is_hydrated"),
        (ShellState, "arrived"),
    )
)


def needed_access(event_name: str) -> Access | None:
    """Return what a handler demands, or None when it is unknown or has no mark."""
    return _mark(event_name, MARK)


def needed_module(event_name: str) -> str:
    """Return the module that must be licensed for a handler, or ""."""
    return _mark(event_name, MODULE) or ""


def _mark(event_name: str, name: str) -> Any:
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return getattr(registered.handler.fn, name, None) if registered else None


def _presented(portal: PortalState) -> tuple[str, str]:
    """Return the session's fingerprint, which the gate left in the cookie's place, and its ip."""
    router = portal.router
    cookie, ip = router.headers.cookie, router.session.client_ip
    return (cookie.removeprefix("ref=") if cookie.startswith("ref=") else ""), ip


class Guard(rx.Middleware):
    """Resolves the caller anew and lets an event through only if its mark allows."""

    def __init__(self, closing: Iterable[Any]) -> None:
        """Know the handlers with which a page that opens has all of its data."""
        self._closing = frozenset(format_event_handler(handler) for handler in closing)

    async def preprocess(self, app: Any, state: Any, event: Event) -> StateUpdate | None:  # noqa: ARG002
        """Return None to let the event run, or the answer that stands in its place."""
        if event.name == _TURNING:
            # What is opened says itself what it follows; what was left is read no more.
            live.forget(state.router.session.client_token, keep=ShellState._part)  # noqa: SLF001
        if event.name in PASSING:
            return None
        shell = await state.get_state(ShellState)
        if event.name == _FRAME and shell._is_framed():  # noqa: SLF001 - as following a link does
            return None
        portal = await state.get_state(PortalState)
        try:
            answer = await self._refused(portal, event)
            if answer is None and event.name in self._closing:
                await shell._arrive()  # noqa: SLF001 - what the event finds goes out with this
            return answer or await _licensed(portal, event.name)
        except Exception as fault:  # noqa: BLE001 - nothing passes a guard that has failed
            # The usual answer to a fault is an event, which would come here and fail again.
            shell.arrived_at = shell._here()  # noqa: SLF001 - to say so where the page would be
            return await _failed(portal, fault)

    async def _refused(self, portal: PortalState, event: Event) -> StateUpdate | None:
        reference, ip = _presented(portal)
        caller = await asyncio.to_thread(caller_for, reference, ip=ip)
        if reference and not caller.session_id and not caller.ended_link:
            return _answer(rx.redirect(_door_after(portal)))
        if not self._has_room(caller, ip):
            return _answer(PortalState.say(TOO_FAST, "bad"))
        if caller.is_unseen and not event.name.endswith(("refresh", *_HYDRATE)):
            await asyncio.to_thread(identity.stay, caller.actor)
        portal._begin(caller)  # noqa: SLF001 - the guard is who says so
        if event.name in INTERNAL:
            if event.name.endswith(_HYDRATE):
                portal.command = {}  # a reload must not repeat the last message
                portal._framed_for = ""  # noqa: SLF001 - what was missed meanwhile is asked for
                (await portal.get_state(ShellState))._hold()  # noqa: SLF001 - it may be stale
            return None
        return await self._judge(event, caller)

    @staticmethod
    def _has_room(caller: Caller, ip: str) -> bool:
        """Say whether this session, or this network while nobody is signed in, may go on."""
        key = caller.session_id or limits.network(ip)
        try:
            return wiring.rate_limiter().hit("events", settings().events_per_minute, 60, key)
        except PortUnavailable:
            return True  # signing in is refused while nothing can be counted; reading is not

    @staticmethod
    async def _judge(event: Event, caller: Caller) -> StateUpdate | None:
        needed = needed_access(event.name)
        operation = event.name.rpartition("____")[2][-LONGEST_NAME:]
        if needed is not None and caller.actor.has(needed):
            return None
        await asyncio.to_thread(refusals.refused, caller.actor, operation)
        if caller.ended_link:
            return _answer(rx.redirect(DOOR_OF_A_LINK))
        if caller.actor.is_anonymous:
            return _answer(rx.redirect("/i/code" if needed is Access.PARTY else "/sign-in"))
        return _answer(rx.redirect(f"{caller.actor.home}?{REFUSED}=1"))


def _door_after(portal: PortalState) -> str:
    """Return where a browser goes whose session is over: from an application, to its code."""
    is_application = portal._here().startswith("/applications")  # noqa: SLF001 - the page it shows
    return DOOR_OF_A_LINK if is_application else "/sign-in?ended=expired"


async def _licensed(portal: PortalState, event_name: str) -> StateUpdate | None:
    """Return None, or say in place of the page that its module is not licensed (S3-04)."""
    if not (module := needed_module(event_name)):
        return None
    try:
        await asyncio.to_thread(_require, portal._caller, module)  # noqa: SLF001
    except NotAllowed as refusal:
        portal.notice = turned_away(refusal, portal._actor, portal._here())  # noqa: SLF001
        return await _shown(portal, ShellState.refresh)  # its menu entries go as well
    return None


def _require(caller: Caller, module: str) -> None:
    """Refuse a customer without the licence; service contracts and loans need none."""
    if module != "contracts":
        return licensing.require_module(caller.actor, module=module)
    if not licensing.has_module("rental"):
        mine = contracts.accounts_of(caller.actor, account=caller.account_id)
        if not any(one.has_service_contracts for one in mine):
            licensing.require_module(caller.actor, module="rental")
    return None


async def _failed(portal: PortalState, fault: Exception) -> StateUpdate:
    """Refuse the event and say so in the tab itself."""
    portal._say(failure_text(fault), "bad")  # noqa: SLF001 - no event can say it
    return await _shown(portal)


async def _shown(portal: PortalState, *events: Any) -> StateUpdate:
    """Send the tab what has changed, in place of the event that was asked for."""
    root = portal._get_root_state()  # noqa: SLF001 - nor send it
    delta = await root._get_resolved_delta()  # noqa: SLF001
    root._clean()  # noqa: SLF001
    return StateUpdate(delta=delta, events=Event.from_event_type(list(events)))


def _answer(*events: Any) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type(list(events)))
