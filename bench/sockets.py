"""Open pages without browsers: what many people at once ask of one worker."""

import asyncio
import json
import secrets
from types import TracebackType

from websockets.asyncio.client import ClientConnection, connect

from bench.contenders import Contender

_STATE = "reflex___state____state"
_HYDRATE = f"{_STATE}.hydrate_and_load"
_NAVIGATE = f"{_STATE}.reflex___state____on_load_internal_state.on_load_internal"
_MISSING = "Page not found"
_DONE = '"is_hydrated_rx_state_":true'


class OpenPage:
    """One person's tab: a socket that opens pages and waits until each is filled."""

    def __init__(self, contender: Contender, cookie: str) -> None:
        self._contender, self._cookie = contender, cookie
        self.bytes_received = 0

    async def __aenter__(self) -> "OpenPage":
        host = self._contender.address.removeprefix("http://")
        self._socket: ClientConnection = await connect(
            f"ws://{host}/_event/?token={secrets.token_hex(16)}&EIO=4&transport=websocket",
            origin=self._contender.address,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"{self._contender.cookie}={self._cookie}"},
            compression=None,
            max_size=2**22,
            ping_interval=None,
        )
        await self._socket.recv()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._socket.close()

    async def open(self, path: str, **named: str) -> list[str]:
        """Open a first page, as a browser does when it connects; return the frames.

        `named` are the parts of the address that have names.
        """
        event = _event(_HYDRATE, path, named) | {"payload": {"hashes": []}}
        await self._socket.send("40/_event," + json.dumps({"event": event}))
        return await self._filled()

    async def go(self, path: str, **named: str) -> list[str]:
        """Follow a link; return the frames that filled the page."""
        event = _event(_NAVIGATE, path, named)
        await self._socket.send("42/_event," + json.dumps(["event", event]))
        return await self._filled()

    async def _filled(self) -> list[str]:
        frames: list[str] = []
        async with asyncio.timeout(30):
            while not frames or _DONE not in frames[-1]:
                frame = str(await self._socket.recv())
                self.bytes_received += len(frame)
                if frame == "2":  # a ping: the server wants to know whether we live
                    await self._socket.send("3")
                elif "_redirect" in frame or _MISSING in frame:
                    message = f"sent away from {self._contender.name}: {frame[:300]}"
                    raise RuntimeError(message)
                else:
                    frames.append(frame)
        return frames


def _event(name: str, path: str, named: dict[str, str]) -> dict:
    return {"name": name, "router_data": {"pathname": path, "asPath": path, "query": named}}
