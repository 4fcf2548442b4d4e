"""A slow line between a browser and a server: delay and bandwidth in each direction.

Chromium's own throttling lets websocket frames through at full speed, so the bytes themselves
have to be held back.
"""

import asyncio
import contextlib
import threading
from collections.abc import Generator
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line: the whole round trip in seconds, and bytes per second each way."""

    round_trip: float = 0.150
    down: float = 1_600_000 / 8
    up: float = 750_000 / 8


class _Direction:
    """What all connections of a line share in one direction: its capacity."""

    def __init__(self, rate: float, delay: float) -> None:
        self._rate, self._delay = rate, delay
        self._free_at = 0.0

    def arrival(self, size: int) -> float:
        """Return when the last of these bytes comes out at the other end."""
        now = asyncio.get_running_loop().time()
        self._free_at = max(now, self._free_at) + size / self._rate
        return self._free_at + self._delay


class Shaper:
    """Listens on one port and passes everything on to another, as slowly as the line is."""

    def __init__(self, listen: int, target: int, line: Line | None = None) -> None:
        self._listen, self._target = listen, target
        self._line = line or Line()

    async def serve(self) -> asyncio.Server:
        """Start to listen."""
        half = self._line.round_trip / 2
        self._down = _Direction(self._line.down, half)
        self._up = _Direction(self._line.up, half)
        return await asyncio.start_server(self._connected, "127.0.0.1", self._listen)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._line.round_trip)  # the handshake of the connection itself
        try:
            back, forth = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pass_on(reader, forth, self._up), _pass_on(back, writer, self._down))


async def _pass_on(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, direction: _Direction
) -> None:
    """Carry bytes one way; reading goes on while earlier bytes are still under way."""
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
    delivering = asyncio.create_task(_deliver(under_way, sink))
    with contextlib.suppress(ConnectionError):
        while piece := await source.read(1_460):
            await under_way.put((direction.arrival(len(piece)), piece))
    await under_way.put((0.0, b""))
    await delivering


async def _deliver(
    under_way: "asyncio.Queue[tuple[float, bytes]]", sink: asyncio.StreamWriter
) -> None:
    loop = asyncio.get_running_loop()
    with contextlib.suppress(ConnectionError):
        while True:
            due, piece = await under_way.get()
            if not piece:
                break
            await asyncio.sleep(max(0.0, due - loop.time()))
            sink.write(piece)
            await sink.drain()
    sink.close()


@contextlib.contextmanager
def slow_line(listen: int, target: int, line: Line | None = None) -> Generator[None]:
    """Shape the traffic to `target` for whoever connects to `listen`, inside the block."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    shaper = Shaper(listen, target, line)
    server = asyncio.run_coroutine_threadsafe(shaper.serve(), loop).result(5)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
