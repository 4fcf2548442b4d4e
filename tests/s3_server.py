"""A real S3 server on free ports of the loopback, with a user of its own."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.servers import free_port, memory_folder

_LETTERS = {"access": "portal-tests", "secret": "only-for-the-tests-of-the-store"}
_PORTS = (
    "s3.port", "s3.port.grpc", "master.port", "master.port.grpc", "volume.port",
    "volume.port.grpc", "filer.port", "filer.port.grpc",
)  # fmt: skip
_WITHOUT = ("webdav=false", "admin.ui=false", "s3.port.iceberg=0", "s3.port.lance=0")


@dataclass(frozen=True)
class S3Server:
    """Where it stands, and the keys to it."""

    endpoint: str
    access: str
    secret: str


@contextlib.contextmanager
def s3_server() -> Generator[S3Server]:
    """Start SeaweedFS and yield it; nothing of it is left behind."""
    folder = Path(tempfile.mkdtemp(prefix="portal-s3-", dir=memory_folder()))
    keys = [{"accessKey": _LETTERS["access"], "secretKey": _LETTERS["secret"]}]
    users = {"identities": [{"name": "portal", "credentials": keys, "actions": ["Admin"]}]}
    (folder / "s3.json").write_text(json.dumps(users))
    ports = {name: free_port() for name in _PORTS}
    command = [
        Path(sys.executable).parent / "weed", "mini", f"-dir={folder}", "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1", f"-s3.config={folder / 's3.json'}",
        *(f"-{name}={port}" for name, port in ports.items()), *(f"-{one}" for one in _WITHOUT),
    ]  # fmt: skip
    environment = {**os.environ, "WEED_S3_SSE_KEY": "only-for-tests", "HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    endpoint = f"http://127.0.0.1:{ports['s3.port']}"
    try:
        _wait(endpoint, server, folder / "log")
        yield S3Server(endpoint, **_LETTERS)
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(endpoint: str, server: subprocess.Popen, log: Path, seconds: float = 40) -> None:
    """Wait until it refuses whoever comes without a key: before that it answers otherwise."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(endpoint, timeout=3).status_code == 403:
                return
        time.sleep(0.1)
    message = f"the S3 server did not start:\n{log.read_text(errors='replace')[-3000:]}"
    raise RuntimeError(message)
