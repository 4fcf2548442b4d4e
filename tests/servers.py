"""Real servers for the tests: started on a free port of the loopback, stopped by their own pid."""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import psycopg


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def one_at_a_time(what: str) -> Generator[None]:
    """Let only one of the processes that run the tests of this folder do this."""
    lock = Path("build") / f"{what}.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def wait_for_port(port: int, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.05)
    message = f"nothing answers on port {port}"
    raise TimeoutError(message)


def memory_folder() -> str | None:
    """Return the folder that lies in memory, if there is one with room for the tests' databases."""
    folder = "/dev/shm"
    has_room = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 2**30
    return folder if has_room else None


def _postgres_bin() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    message = "PostgreSQL is needed by the tests: install the package `postgresql`."
    raise RuntimeError(message)


def wait_until_ready(binaries: Path, port: int, *, seconds: float = 30) -> None:
    """Wait until PostgreSQL takes connections: its port is open a moment before that."""
    ask = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    deadline = time.monotonic() + seconds
    while subprocess.run(ask).returncode:
        if time.monotonic() > deadline:
            message = "PostgreSQL did not get ready in time"
            raise TimeoutError(message)
        time.sleep(0.05)


def wait_for_postgres(url: str, *, seconds: float = 20) -> None:
    """Wait until it takes connections: its port is open before that."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


# Nothing in these databases needs to survive a power cut.
_CARELESS = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
)


@dataclass
class Postgres:
    """A PostgreSQL that can be stopped, and started again where it was; starting twice is once."""

    url: str
    start: Callable[[], None]
    stop: Callable[[], None]


@contextlib.contextmanager
def postgres() -> Generator[str]:
    """Start PostgreSQL and yield the address of its maintenance database."""
    with postgres_server() as server:
        yield server.url


@contextlib.contextmanager
def postgres_server() -> Generator[Postgres]:
    """Start PostgreSQL and yield it."""
    binaries, port = _postgres_bin(), free_port()
    # The server refuses to run as root: it gets a user of its own when we are root.
    identity: dict = {}
    folder = tempfile.mkdtemp(prefix="portal-pg-", dir=memory_folder())
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = f"{folder}/data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    init = [binaries / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "-N"]
    subprocess.run([*init, "--locale=C.UTF-8"], check=True, **identity, **quiet)
    options = [f"-p{port}", f"-k{folder}", "-h127.0.0.1", *(f"-c{one}" for one in _CARELESS)]
    running: list[subprocess.Popen] = []

    def start() -> None:
        if running:
            return
        command = [binaries / "postgres", "-D", data, *options]
        running.append(subprocess.Popen(command, **identity, **quiet))
        wait_until_ready(binaries, port)

    def stop() -> None:
        server = running.pop()
        server.send_signal(signal.SIGINT)  # the fast shutdown: clients are not waited for
        server.wait(20)

    try:
        start()
        yield Postgres(f"postgresql+psycopg://portal@127.0.0.1:{port}/postgres", start, stop)
    finally:
        if running:
            stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def redis_server() -> Generator[str]:
    """Start Redis and yield its address."""
    binary = shutil.which("redis-server")
    if binary is None:
        message = "Redis is needed by the tests: install the package `redis-server`."
        raise RuntimeError(message)
    port = free_port()
    command = [
        binary,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)
