"""A tab's state without a browser: opened at an address, as somebody, on the test's database."""

import inspect
from typing import Any
from urllib.parse import parse_qsl

import reflex as rx

from portal_app.core.actor import Actor
from portal_app.services.identity import Caller
from portal_app.state.base import PortalState


class Tab:
    """One tab: its states live in one tree, as they do on the server."""

    def __init__(self, actor: Actor, account: str = "", *, host: str = "localhost") -> None:
        self._root: Any = rx.State(_reflex_internal_init=True)
        self._host = host
        self.state(PortalState)._caller = Caller(actor=actor, account_id=account)
        self.at("/")

    def state(self, kind: type[rx.State]) -> Any:
        return self._root.get_substate(kind.get_full_name().split("."))

    def at(self, address: str, **params: str) -> "Tab":
        """Say where the browser is: the address, and the parts of the path that have names."""
        path, _, asked = address.partition("?")
        data: dict[str, Any] = {
            "pathname": path,
            "asPath": address,
            "token": "tab-token",
            "headers": {"host": self._host},
        }
        if query := dict(parse_qsl(asked)) | params:
            data["query"] = query
        before = self._root.router_data
        self._root.router_data = self._root._update_router_vars(data, before)
        return self

    async def call(self, handler: Any, /, *args: Any) -> Any:
        """Run an event handler, and return the events that it answers with."""
        owner = next(
            state
            for state in _all(self._root)
            if handler.fn.__qualname__.startswith(f"{type(state).__name__}.")
        )
        made = handler.fn(owner, *args)
        if not inspect.isasyncgen(made):
            return await made
        async for _ in made:  # what is shown on the way
            pass
        return None

    @property
    def said(self) -> str:
        """The last message that was shown."""
        return self.state(PortalState).command.get("text", "")


def _all(state: Any):
    yield state
    for inner in state.substates.values():
        yield from _all(inner)


def path_of(event: Any) -> str:
    """Return where a redirect leads."""
    values = {str(name): value for name, value in event.args}
    return str(values["path"]).strip('"')
