"""A real clamd on a free port of the loopback: it knows the scanners' test file, nothing else.

Its signature is made here: the tests download none.
"""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from pathlib import Path

from tests import files
from tests.servers import free_port, memory_folder, wait_for_port

NAME = "Portal.Test-File"
MOST = 2_000_000
_SETTINGS = """
Foreground yes
LogFile {folder}/log
DatabaseDirectory {folder}
TemporaryDirectory {folder}
TCPAddr 127.0.0.1
TCPSocket {port}
StreamMaxLength {most}
"""


def clamd_binary() -> str | None:
    """Return where clamd is; Debian keeps it off everybody's path."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


@contextlib.contextmanager
def clamd_server() -> Generator[tuple[str, int]]:
    """Start clamd and yield where it listens; nothing of it is left behind."""
    binary = clamd_binary()
    if binary is None:
        message = "clamd is needed by the tests: install the package `clamav-daemon`."
        raise RuntimeError(message)
    folder = Path(tempfile.mkdtemp(prefix="portal-clamd-", dir=memory_folder()))
    port = free_port()
    # A name, any kind of file, anywhere in it, and these bytes.
    (folder / "test.ndb").write_text(f"{NAME}:0:*:{files.VIRUS.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(_SETTINGS.format(folder=folder, port=port, most=MOST))
    server = subprocess.Popen(
        [binary, f"--config-file={settings}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for_port(port)
        yield "127.0.0.1", port
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
