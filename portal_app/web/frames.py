"""What a tab may send over its socket: whole events, known ones, that fit their handlers.

What nobody may send goes on without its values, for the guard to refuse. Everything else is stopped
here, before the framework meets it: it would call that a failure of ours, and write what was sent
into the log.
"""

import json
import logging
import types
import typing
from collections.abc import Mapping
from functools import cache
from inspect import Parameter, signature
from typing import Any

from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from reflex_base.utils.format import format_event_handler

from portal_app.state.base import PortalState
from portal_app.web import packets
from portal_app.web.guard import INTERNAL, needed_access

log = logging.getLogger("portal.frames")
UNREADABLE = "That could not be read, so nothing was changed. Reload the page, then try again."
_SAY = format_event_handler(PortalState.event_handlers["say"])
_PLACES = ("pathname", "asPath")


def is_event(frame: object) -> bool:
    """Say whether a frame is an event at all: a name, values by name, and where the tab is."""
    if not isinstance(frame, Mapping) or not isinstance(frame.get("name"), str):
        return False
    place = frame.get("router_data", {})
    return isinstance(frame.get("payload", {}), Mapping) and _is_place(place)


def _is_place(place: object) -> bool:
    if not isinstance(place, Mapping):
        return False
    query = place.get("query", {})
    return (
        all(isinstance(place.get(name, ""), str) for name in _PLACES)
        and isinstance(query, Mapping)
        and all(isinstance(value, str | list) for value in query.values())
    )


def is_forbidden(name: str) -> bool:
    """Say whether no caller at all may send this."""
    return name not in INTERNAL and needed_access(name) is None


def fits(name: str, payload: Mapping[str, Any]) -> bool:
    """Say whether these values can be meant for a handler: its own names, and plain types.

    `vars` are what the framework lets a browser keep and give back: this portal has none kept.
    """
    if payload.get("vars") or not _is_plain(payload):
        return False
    parameters = parameters_of(name)
    missing = {one for one, (is_needed, _) in parameters.items() if is_needed} - set(payload)
    if missing or set(payload) - set(parameters):
        return False
    return all(_is_of(value, parameters[one][1]) for one, value in payload.items())


def _is_plain(payload: Mapping[str, Any]) -> bool:
    """Say whether what was sent could be sent back: no halves of characters, no endless numbers."""
    try:
        json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return False
    return True


def _is_of(value: object, kinds: tuple[type, ...]) -> bool:
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        return False
    return not isinstance(value, dict) or _is_form(value)


def _is_form(value: dict[str, Any]) -> bool:
    """Say whether a dict is plain, or a submitted form: a list of names with their values."""
    entries = value.get(FORM_DATA_ENTRIES_KEY, [])
    return isinstance(entries, list) and all(
        isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)  # noqa: PLR2004
        for entry in entries
    )


@cache
def parameters_of(name: str) -> dict[str, tuple[bool, tuple[type, ...]]]:
    """Return a handler's parameters: whether each is needed, and what it may be."""
    handler = RegistrationContext.get().event_handlers[name].handler.fn
    hints = typing.get_type_hints(handler)
    _, *own = signature(handler).parameters.values()
    return {one.name: (one.default is Parameter.empty, _kinds(hints[one.name])) for one in own}


def _kinds(hint: Any) -> tuple[type, ...]:
    if hint is Any:
        return (object,)
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return tuple(kind for one in typing.get_args(hint) for kind in _kinds(one))
    kind = typing.get_origin(hint) or hint
    return (float, int) if kind is float else (kind,)


def screen(app: Any) -> None:
    """Let only events that can be meant reach an application."""
    packets.screen(app.sio.eio)
    namespace = app.event_namespace
    receive = namespace.on_event

    async def on_event(sid: str, *frames: Any) -> None:
        frame: Any = frames[0] if len(frames) == 1 else None
        if not is_event(frame) or frame["name"] not in RegistrationContext.get().event_handlers:
            log.warning("frame refused")
        elif is_forbidden(frame["name"]):
            await receive(sid, {**frame, "payload": {}})  # the guard refuses it, and notes that
        elif fits(frame["name"], frame.get("payload", {})):
            await receive(sid, frame)
        else:
            log.warning("event unreadable", extra={"event_name": frame["name"][:120]})
            await _tell(app, namespace.sid_to_token.get(sid))

    namespace.on_event = on_event


async def _tell(app: Any, token: str | None) -> None:
    if token is None:
        return
    with app.set_contexts():
        told = Event(name=_SAY, payload={"text": UNREADABLE, "tone": "bad"}, router_data={})
        await app.event_processor.enqueue(token, told)
