"""A browser tab without a browser: what an attacker with a socket library can do."""

import json
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from reflex_base.utils.format import format_event_handler
from websockets.sync.client import ClientConnection, connect

from portal_app.routes import ROUTES
from portal_app.state.base import PortalState
from tests.portal_server import PortalServer

HYDRATE = "reflex___state____state.hydrate_and_load"
_BARRIER = format_event_handler(PortalState.event_handlers["say"])


class Tab:
    """One socket; `cookie` is the session's token, `token` the tab's own."""

    def __init__(
        self, server: PortalServer, *, cookie: str = "", token: str = "", origin: str | None = ""
    ) -> None:
        self.token = token or secrets.token_hex(8)
        self.frames: list[str] = []
        self._is_open = False
        headers = {"Cookie": f"__Host-portal={cookie}"} if cookie else {}
        allowed = server.address if origin == "" else origin
        self._opened = connect(
            f"{server.socket}?token={self.token}&EIO=4&transport=websocket",
            origin=allowed,  # type: ignore[arg-type]
            additional_headers=headers,
            max_size=2**22,
            ping_interval=None,  # the server asks whether we live
        )
        self._socket: ClientConnection = self._opened.__enter__()
        self._receive()

    def __enter__(self) -> "Tab":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with suppress(Exception):
            self._opened.__exit__(None, None, None)

    def open(self, path: str) -> list[Any]:
        """Open a page as a browser does; return the updates it is sent."""
        event = self._event(HYDRATE, {"hashes": []}, path)
        if self._is_open:
            self.raw("42/_event," + json.dumps(["event", event]))
        else:
            self.raw("40/_event," + json.dumps({"event": event}))
            self._is_open = True
        frames = self._until_settled()
        # A page is there once its data is, which may come after the answer to a later event.
        with suppress(TimeoutError):
            while not _is_there(frames):
                frames += self._decoded(self._receive(5))
        return frames

    def call(self, handler: Any, /, **payload: Any) -> list[Any]:
        """Send one event (a handler or any name); return what came back until it was done."""
        name = handler if isinstance(handler, str) else format_event_handler(handler)
        return self.send(name, payload)

    def send(self, name: str, payload: Any, path: str = "/") -> list[Any]:
        self.raw("42/_event," + json.dumps(["event", self._event(name, payload, path)]))
        return self._until_settled()

    def send_all(self, events: Iterable[tuple[str, Any]]) -> list[Any]:
        """Send many events one after the other; return what came back until all were done."""
        for name, payload in events:
            self.raw("42/_event," + json.dumps(["event", self._event(name, payload, "/")]))
        return self._until_settled()

    def raw(self, frame: str) -> None:
        self._socket.send(frame)

    def wait_for(self, text: str, seconds: float = 5) -> str:
        """Return the next frame that holds the text; raises TimeoutError."""
        while True:
            frame = self._receive(seconds)
            if text in frame:
                return frame

    def _event(self, name: str, payload: Any, path: str) -> dict[str, Any]:
        return {
            "name": name,
            "payload": payload,
            "router_data": {"pathname": path, "asPath": path, "query": _named_in(path)},
        }

    def _until_settled(self) -> list[Any]:
        """Events of a tab run one after the other: what follows ours marks its end."""
        mark = secrets.token_hex(6)
        barrier = self._event(_BARRIER, {"text": mark, "tone": "good"}, "/")
        self.raw("42/_event," + json.dumps(["event", barrier]))
        frames: list[Any] = []
        while mark not in (frame := self._receive(20)):
            frames += self._decoded(frame)
        return frames

    @staticmethod
    def _decoded(frame: str) -> list[Any]:
        """Return the update in a frame, if it holds one."""
        is_update = frame.startswith("42/_event,")
        return [json.loads(frame.removeprefix("42/_event,"))[1]] if is_update else []

    def _receive(self, seconds: float = 10) -> str:
        while True:
            frame = str(self._socket.recv(timeout=seconds))
            if frame == "2":  # a ping: the server wants to know whether we live
                self._socket.send("3")
                continue
            self.frames.append(frame)
            return frame


def _named_in(path: str) -> dict[str, str]:
    """Return the parts of an address that its route names, as the browser's router does."""
    plain = path.partition("?")[0]
    for route in ROUTES:
        pattern = re.sub(r"\\\[(\w+)\\\]", r"(?P<\1>[^/]+)", re.escape(route.path))
        if found := re.fullmatch(pattern, plain):
            return found.groupdict()
    return {}


def _is_there(frames: list[Any]) -> bool:
    text = json.dumps(frames)
    return '"is_hydrated_rx_state_": true' in text or '"_redirect"' in text


def was_refused(frames: list[Any]) -> bool:
    """Say whether the guard stood in the event's way."""
    # Only what the browser is told to do: the state also says where the tab is.
    text = json.dumps([frame.get("events", []) for frame in frames])
    ways_out = ('"path": "/sign-in', '"path": "/i/code', '?refused=1"')
    return any(way in text for way in ways_out)


def data_of(frames: list[Any]) -> list[Any]:
    """Return what the pages were filled with: without the address, which the tab itself said."""
    return [
        {
            state: {name: value for name, value in values.items() if "arrived_at" not in name}
            for state, values in frame.get("delta", {}).items()
            if "____portal" in state
        }
        for frame in frames
    ]
