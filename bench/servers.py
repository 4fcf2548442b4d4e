"""Starts the portal and both floors, one worker each, and ends them by their own pid."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from bench.contenders import ALL, HTML, PORTAL, REFLEX, Contender
from bench.floors import build as floor_build
from bench.places import ROOT, SLOW_AHEAD, WORK
from bench.shaper import slow_line
from bench.world.million import World
from portal_app.cli import build


@dataclass
class Server:
    """One running site."""

    contender: Contender
    process: subprocess.Popen

    @property
    def worker(self) -> psutil.Process:
        """The process that answers; the other one only watches over it."""
        own = psutil.Process(self.process.pid)
        return max((own, *own.children(recursive=True)), key=lambda one: sum(one.cpu_times()[:2]))


def _start(contender: Contender, module: str, folder: Path, extra: dict[str, str]) -> Server:
    granian = str(Path(sys.executable).parent / "granian")
    command = [granian, "--interface", "asgi", "--host", "127.0.0.1", "--workers", "1"]
    command += ["--port", str(contender.port), module]
    command += [] if contender is HTML else ["--factory"]
    environment = {**build.serving_environment(), "PYTHONPATH": str(ROOT), **extra}
    with (WORK / f"{contender.name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    server = Server(contender, process)
    _wait(server)
    return server


def _wait(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{server.contender.address}/healthz", timeout=2).status_code == 200:
                return
        time.sleep(0.1)
    message = f"{server.contender.name} did not start; see {WORK / server.contender.name}.log"
    raise RuntimeError(message)


def _stop(server: Server) -> None:
    if server.process.poll() is None:
        os.killpg(server.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.process.wait(10)
            return
        os.killpg(server.process.pid, signal.SIGKILL)


def _portal_environment(world: World) -> dict[str, str]:
    return {
        "PORTAL_ENV": "test",
        "PORTAL_PORT": str(PORTAL.port),
        "PORTAL_ALLOWED_ORIGINS": json.dumps([PORTAL.slow_address]),
        "PORTAL_DATABASE_URL": world.url,
        "PORTAL_EVENTS_PER_MINUTE": "100000",
        "PORTAL_SOCKETS_PER_MINUTE": "100000",
    }


def started(contender: Contender, world: World) -> Server:
    """Start one of the three."""
    if contender is PORTAL:
        build.ensure_built()
        return _start(PORTAL, "portal_app.portal_app:app", ROOT, _portal_environment(world))
    extra = {"FLOOR_DATABASE": str(world.path)}
    if contender is HTML:
        return _start(HTML, "bench.floors.html_page:app", ROOT, extra)
    return _start(REFLEX, "floor_app.floor_app:app", floor_build.ensure_built(), extra)


@contextlib.contextmanager
def running(world: World) -> Generator[dict[str, Server]]:
    """Serve all three, each also at the end of a slow line, inside the block."""
    WORK.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        servers = {}
        for contender in ALL:
            server = started(contender, world)
            stack.callback(_stop, server)
            stack.enter_context(slow_line(contender.port + SLOW_AHEAD, contender.port))
            servers[contender.name] = server
        yield servers


@contextlib.contextmanager
def beside(contender: Contender, world: World, **chosen: str) -> Generator[Server]:
    """Serve the portal once more, on a port of its own with other settings, inside the block."""
    environment = _portal_environment(world) | {"PORTAL_PORT": str(contender.port)} | chosen
    server = _start(contender, "portal_app.portal_app:app", ROOT, environment)
    try:
        yield server
    finally:
        _stop(server)


@contextlib.contextmanager
def alone(contender: Contender, world: World) -> Generator[Server]:
    """Serve a fresh one of them, for its memory, inside the block."""
    server = started(contender, world)
    try:
        yield server
    finally:
        _stop(server)
