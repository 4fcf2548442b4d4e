"""Carries announcements to open tabs, and cuts off the tabs of sessions that have ended."""

import asyncio
import contextlib
import contextvars
import logging
from collections.abc import AsyncGenerator
from typing import Any

from reflex_base.event import Event

from portal_app.core import live
from portal_app.core.errors import Unavailable
from portal_app.services import signals
from portal_app.web.gate import Gate

log = logging.getLogger("portal.pump")
# With the way to the browser it comes to less than a second, nearly always.
POLL_SECONDS = 0.5


class Pump:
    """One per process: hears this process's announcements at once, others' within a second."""

    def __init__(self, app: Any, gate: Gate) -> None:
        self._app = app
        self._gate = gate
        self._tasks: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Carry announcements for as long as the server runs."""
        # Of its own: a tab's refresh must never run in the context of the event that caused it,
        # which says whose state is at hand.
        loop, own = asyncio.get_running_loop(), contextvars.copy_context()

        def hear(topics: frozenset[str]) -> None:
            loop.call_soon_threadsafe(self._deliver, topics, context=own)

        def hear_late(watcher: live.Watcher) -> None:
            loop.call_soon_threadsafe(self._send, watcher, context=own)

        stops = live.on_announcement(hear), live.on_missed(hear_late)
        polling = asyncio.create_task(self._poll())
        try:
            yield
        finally:
            for stop in stops:
                stop()
            polling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await polling

    def _deliver(self, topics: frozenset[str]) -> None:
        ended = {topic.partition(":")[2] for topic in topics if topic.startswith("session:")}
        self._gate.end_sockets(ended)
        live.note(topics)
        for watcher in live.watchers(topics):
            self._send(watcher)

    def _send(self, watcher: live.Watcher) -> None:
        task = asyncio.create_task(self._refresh(watcher))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _refresh(self, watcher: live.Watcher) -> None:
        tabs = self._app.event_namespace.token_to_sid
        if watcher.token not in tabs:
            live.forget(watcher.token)
            return
        with self._app.set_contexts():
            event = Event(name=watcher.event, payload={}, router_data={})
            await self._app.event_processor.enqueue(watcher.token, event)

    async def _poll(self) -> None:
        """Hear what other processes have changed, and which sessions have fallen asleep."""
        newest: int | None = None
        while True:
            try:
                if newest is None:
                    newest = await asyncio.to_thread(signals.newest)
                await asyncio.sleep(POLL_SECONDS)
                newest, topics = await asyncio.to_thread(signals.since, newest)
                asleep = await asyncio.to_thread(signals.asleep, self._gate.connected_sessions())
                self._gate.end_sockets(asleep)
                self._deliver(topics)
            except Unavailable as fault:
                log.warning("could not read signals", extra={"fault": str(fault)})
                await asyncio.sleep(POLL_SECONDS)
            except Exception:
                log.exception("could not read signals; trying again in a second")
                await asyncio.sleep(POLL_SECONDS)
