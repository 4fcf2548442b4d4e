"""A production build of the portal, served on a free port with a database of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from portal_app.cli import build
from tests.licences import write_licence
from tests.people import database_at
from tests.servers import free_port, one_at_a_time

ROOT = Path(__file__).parent.parent


@dataclass
class PortalServer:
    """A running portal."""

    port: int
    database: str
    clock_file: Path
    log: Path
    process: subprocess.Popen

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def socket(self) -> str:
        return f"ws://localhost:{self.port}/_event/"

    @property
    def documents(self) -> Path:
        return self.log.parent / "documents"

    @property
    def licence(self) -> Path:
        return self.log.parent / "licence"

    def move_clock(self, **delta: float) -> None:
        """Move the server's clock on, by days, hours, minutes or seconds."""
        from datetime import timedelta

        before = float(self.clock_file.read_text() or "0")
        self.clock_file.write_text(str(before + timedelta(**delta).total_seconds()))

    def logged(self) -> str:
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """Kill the server as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


def _environment(port: int, database: str, clock_file: Path, extra: dict[str, str]) -> dict:
    return {
        **build.serving_environment(),
        "PORTAL_ENV": "test",
        "PORTAL_PORT": str(port),
        "PORTAL_DATABASE_URL": database,
        "PORTAL_CLOCK_FILE": str(clock_file),
        "PORTAL_DOCUMENT_FOLDER": str(clock_file.parent / "documents"),
        "PORTAL_SANDBOX_FILE": str(clock_file.parent / "sandbox.db"),
        "PORTAL_EVENTS_PER_MINUTE": "100000",
        "PORTAL_SOCKETS_PER_MINUTE": "100000",
        "PYTHONUNBUFFERED": "1",
        **extra,
    }


def _licence(database: str, folder: Path) -> dict[str, str]:
    with database_at(database):
        return write_licence(folder)


def start(
    database: str, folder: Path, *, port: int = 0, is_early: bool = False, **extra: str
) -> PortalServer:
    """Start the portal and wait until it answers; builds the pages first if they have changed.

    It is licensed, unless `extra` names another licence file. Started early, before its database,
    it is waited for until it answers at all, and needs to be given a licence.
    """
    with one_at_a_time("build"):
        build.ensure_built()
    port = port or free_port()
    clock_file, log = folder / f"clock-{port}", folder / f"server-{port}.log"
    clock_file.write_text("0") if not clock_file.exists() else None
    licence = {} if "PORTAL_LICENCE_FILE" in extra else _licence(database, folder)
    granian = Path(sys.executable).parent / "granian"
    workers = extra.get("PORTAL_WORKERS", "1")
    command = [
        granian,
        "--interface",
        "asgi",
        "--factory",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, "--workers", workers, "portal_app.portal_app:app"],
            cwd=ROOT,
            env=_environment(port, database, clock_file, licence | extra),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = PortalServer(port, database, clock_file, log, process)
    _wait(server, 503 if is_early else 200)
    return server


def _wait(server: PortalServer, status: int, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{server.address}/healthz", timeout=3).status_code == status:
                return
        if server.process.poll() is not None:
            break
        time.sleep(0.1)
    message = f"the portal did not start:\n{server.logged()[-4000:]}"
    raise RuntimeError(message)


@contextlib.contextmanager
def running(database: str, folder: Path, **extra: Any) -> Generator[PortalServer]:
    """Serve the portal inside the block."""
    server = start(database, folder, **extra)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGTERM)
            try:
                server.process.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
