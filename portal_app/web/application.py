"""Puts the edge around the reactive application: routes, gate, guard, pump."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncGenerator, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, cast

import reflex as rx
from reflex.event import EventSpec
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from portal_app import wiring
from portal_app.core.actor import Access
from portal_app.core.fitness import refusals
from portal_app.core.settings import settings
from portal_app.jobs import embedded
from portal_app.services import health
from portal_app.state.base import PortalState, failure_text
from portal_app.web import tabs
from portal_app.web.defaults import share
from portal_app.web.failures import HANDLERS
from portal_app.web.frames import screen
from portal_app.web.gate import Gate, PageAccess
from portal_app.web.guard import Guard
from portal_app.web.headers import PagePolicies
from portal_app.web.pump import Pump

# As many as may use the database at once, but for what jobs need.
_THREADS = 24
_NO_TABLES = (
    "The portal does not start: its database is empty. `python -m portal_app demo load` fills it "
    "with demo people; `python -m portal_app run` brings it up to date and serves."
)


def tell_of_failure(exception: Exception) -> EventSpec | None:
    """Answer a fault of ours with a reference; the details are in the log only."""
    return cast("EventSpec", PortalState.say(failure_text(exception), "bad"))


def build_application(
    pages: dict[str, Access], routes: Iterable[BaseRoute], *, closing: Iterable[Any], **options: Any
) -> rx.App:
    """Return the application with its edge; raises when the settings must not serve customers.

    `closing` are the events with which a page that opens has all of its data.
    """
    if reasons := refusals(settings()):
        raise SystemExit("The portal does not start:\n- " + "\n- ".join(reasons))
    gates: list[Gate] = []

    def gated(asgi: Any) -> Gate:
        empty = partial(tabs.empty, app)
        gates.append(Gate(asgi, PageAccess(pages), PagePolicies(), empty=empty))
        return gates[-1]

    app = rx.App(
        api_transformer=[Starlette(routes=list(routes), exception_handlers=HANDLERS), gated],
        backend_exception_handler=tell_of_failure,
        **options,
    )
    app.add_middleware(Guard(closing), index=0)
    share(PortalState)
    screen(app)

    app.register_lifespan_task(lambda: _serving(app, gates[-1]))
    return app


@contextlib.asynccontextmanager
async def _serving(app: rx.App, gate: Gate) -> AsyncGenerator[None]:
    """Run what goes on beside the answers: jobs, and news for open pages."""
    wiring.configure_logs()
    if await asyncio.to_thread(health.is_empty):
        raise SystemExit(_NO_TABLES)
    # Whoever waits for something that is held must not keep everybody else waiting.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS, "portal"))
    await asyncio.to_thread(embedded.start_worker)
    _set_aside()
    try:
        async with Pump(app, gate).running():
            yield
    finally:
        await asyncio.to_thread(embedded.stop_worker)


def _set_aside() -> None:
    """Let the collector of garbage pass over what is loaded: it stays as long as the process.

    Each of its long rounds went through all of it, a tenth of what a page costs and more.
    """
    gc.collect()
    gc.freeze()
