"""ClamAV's daemon, asked over its own protocol; any answer but a plain one means: nobody knows."""

import re
import socket
from typing import BinaryIO

from portal_app.ports import PortUnavailable

_PIECE = 262_144
_PATIENCE_SECONDS = 60
_LONGEST_ANSWER = 4_096
_FOUND = re.compile(r"stream: (.+) FOUND")


class ClamdScanner:
    """Fulfils `ports.storage.Scanner`."""

    def __init__(self, host: str, port: int, *, patience: float = _PATIENCE_SECONDS) -> None:
        self._address, self._patience = (host, port), patience

    def scan(self, content: BinaryIO) -> str:
        """Stream the content to clamd; see `ports.storage.Scanner`.

        A file that is longer than clamd's own limit (`StreamMaxLength`) counts as not looked at.
        """
        try:
            answer = self._ask(content)
        except OSError as fault:
            raise PortUnavailable(f"clamd cannot be reached: {fault}") from fault
        if found := _FOUND.fullmatch(answer):
            return found[1]
        if answer != "stream: OK":
            raise PortUnavailable(f"clamd answered {answer[:80]!r}")
        return ""

    def ping(self) -> str:
        """Return clamd's version; raises PortUnavailable when it does not answer."""
        try:
            with socket.create_connection(self._address, self._patience) as line:
                line.sendall(b"zVERSION\0")
                return _answer(line)
        except OSError as fault:
            raise PortUnavailable(f"clamd cannot be reached: {fault}") from fault

    def _ask(self, content: BinaryIO) -> str:
        with socket.create_connection(self._address, self._patience) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := content.read(_PIECE):
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            return _answer(line)


def _answer(line: socket.socket) -> str:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and (more := line.recv(_LONGEST_ANSWER)):
        answer += more
    return answer.decode(errors="replace").strip("\0\n ")
