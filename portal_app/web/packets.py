"""What comes over a socket before it is an event: packets, or the line is closed."""

import asyncio
import logging
from typing import Any

from starlette.types import Message, Receive, Send

log = logging.getLogger("portal.packets")
_KINDS = frozenset("0123456")
# A browser told its session is over by this code connects again, and is then nobody.
SESSION_ENDED, _PROTOCOL_ERROR = 4401, 1002
# What taking apart something that is no packet ends in; no event runs there, only a tab's opening.
_NO_PACKET = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def only(receive: Receive) -> Receive:
    """Return a `receive` that reports a tab as gone once it sends what begins like no packet."""

    async def receiving() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive" or (message.get("text") or "")[:1] in _KINDS:
            return message
        log.warning("packet refused", extra={"fault": "kind"})
        return {"type": "websocket.disconnect", "code": _PROTOCOL_ERROR}

    return receiving


def until(ending: asyncio.Event, receive: Receive, send: Send) -> Receive:
    """Return a `receive` that reports the tab as gone once its session has ended."""
    over: asyncio.Task[Any] = asyncio.ensure_future(ending.wait())
    pending: asyncio.Task[Message] | None = None

    async def receiving() -> Message:
        nonlocal pending
        pending = pending or asyncio.ensure_future(receive())
        await asyncio.wait({pending, over}, return_when=asyncio.FIRST_COMPLETED)
        if over.done():
            # The server answers a close only once nobody is waiting to receive any more.
            pending.cancel()
            await asyncio.sleep(0)
            await send({"type": "websocket.close", "code": SESSION_ENDED})
            return {"type": "websocket.disconnect", "code": SESSION_ENDED}
        message, pending = pending.result(), None
        if message["type"] == "websocket.disconnect":
            over.cancel()
        return message

    return receiving


def screen(engine: Any) -> None:
    """Close the socket on what begins like a packet and is none."""
    unpack = engine.handlers["message"]

    async def on_message(sid: str, packet: Any) -> None:
        try:
            await unpack(sid, packet)
        except _NO_PACKET as fault:
            log.warning("packet refused", extra={"fault": type(fault).__name__})
            await _hang_up(engine, sid)
        except Exception:
            log.exception("a tab could not be connected")
            await _hang_up(engine, sid)  # it tries again by itself

    engine.handlers["message"] = on_message


async def _hang_up(engine: Any, sid: str) -> None:
    socket = engine.sockets.get(sid)
    await engine.disconnect(sid)
    if socket is not None:
        await socket.queue.put(None)  # ends the line: who is told only to close it may not
