"""Events over HTTPS: a name is looked up once, and only a public address is ever connected to."""

import contextlib
import http.client
import io
import socket
import ssl
import threading
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from standardwebhooks import Webhook as Signer

from portal_app.core.addresses import is_loopback, is_public
from portal_app.ports import PortRefused, PortUnavailable, Webhook

_HTTPS = 443
_LONGEST_ANSWER = 65_536
_INSIDE = "This address leads into a network of our own. Events go to public addresses only."
_PLAIN = "Use an https address on its usual port, without a user name in it."


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: the name for TLS and the Host header, the address that it stood for."""

    host: str
    port: int
    ip: str
    path: str
    is_secure: bool


@dataclass(frozen=True, slots=True)
class HttpWebhooks:
    """Fulfils `ports.WebhookSender`.

    `to_loopback` lets tests reach this machine, on any port and without TLS. `trusted` is who may
    vouch for a server; the system's authorities unless a test brings its own.
    """

    to_loopback: bool = False
    patience_seconds: float = 5.0
    trusted: ssl.SSLContext | None = None

    def check(self, url: str) -> None:
        """Return if events may be sent there; see `ports.WebhookSender`."""
        self._target(url)

    def send(self, webhook: Webhook) -> int:
        """Return the status that the address answered with; see `ports.WebhookSender`."""
        target = self._target(webhook.url)
        signature = Signer(webhook.secret).sign(webhook.message_id, webhook.sent_at, webhook.body)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "consumer-portal",
            "Connection": "close",
            "webhook-id": webhook.message_id,
            "webhook-timestamp": str(int(webhook.sent_at.timestamp())),
            "webhook-signature": signature,
        }
        with _translated(), self._connection(target) as connection:
            connection.request("POST", target.path, webhook.body.encode(), headers)
            # What else the address says is of no use to us, so it is not read.
            return connection.getresponse().status

    def _target(self, url: str) -> Target:
        parts = _parts(url)
        host, port = parts.hostname or "", _port(parts)
        found = _look_up(host, port, self.patience_seconds)
        is_here = self.to_loopback and all(is_loopback(ip) for ip in found)
        is_plain = parts.scheme == "https" and port == _HTTPS
        if not is_here and not is_plain:
            raise PortRefused(_PLAIN)
        if not is_here and not all(is_public(ip) for ip in found):
            raise PortRefused(_INSIDE)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(host, port, found[0], path, parts.scheme == "https")

    @contextlib.contextmanager
    def _connection(self, target: Target) -> Generator[http.client.HTTPConnection]:
        connection = _Connection(target, self.patience_seconds, self.trusted)
        connection.response_class = _ShortAnswer  # type: ignore[assignment]
        # One deadline for all of it: an address that answers a byte at a time holds nobody up.
        deadline = threading.Timer(self.patience_seconds, connection.cut_off)
        deadline.daemon = True
        deadline.start()
        try:
            yield connection
        finally:
            deadline.cancel()
            connection.close()


class _Connection(http.client.HTTPConnection):
    """A conversation with one IP address, under the name that it was looked up by."""

    def __init__(self, target: Target, patience: float, trusted: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=patience)
        self.default_port = _HTTPS if target.is_secure else http.client.HTTP_PORT
        self._target = target
        self._rules = trusted or ssl.create_default_context()
        self._raw: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the address that was judged, and to no other."""
        target = self._target
        self._raw = socket.create_connection((target.ip, target.port), self.timeout)
        self.sock = self._raw
        if target.is_secure:
            self.sock = self._rules.wrap_socket(self._raw, server_hostname=target.host)

    def cut_off(self) -> None:
        """Hang up, whatever is being waited for."""
        with contextlib.suppress(OSError):
            if self._raw is not None:
                (self.sock or self._raw).shutdown(socket.SHUT_RDWR)


class _Limited(io.BufferedReader):
    """The head of an answer, up to a limit; then it has said too much."""

    _taken = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read one line of the answer's head."""
        line = super().readline(size)
        self._taken += len(line)
        if not line or self._taken > _LONGEST_ANSWER:
            raise OSError("the answer broke off, or is too long")
        return line


class _ShortAnswer(http.client.HTTPResponse):
    """An answer whose head is read with a limit."""

    def __init__(self, sock: socket.socket, *args: Any, **more: Any) -> None:
        super().__init__(sock, *args, **more)
        self.fp = _Limited(self.fp.detach())


def _parts(url: str) -> SplitResult:
    """Take an address apart that is written in the one way that cannot be misread."""
    is_clean = url.isascii() and url.isprintable() and not set(url) & set(' \\"<>^`{|}')
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise PortRefused(_PLAIN) from None
    has_user = "@" in parts.netloc
    if not is_clean or not parts.hostname or has_user or parts.fragment:
        raise PortRefused(_PLAIN)
    if parts.scheme not in ("https", "http"):
        raise PortRefused(_PLAIN)
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (_HTTPS if parts.scheme == "https" else http.client.HTTP_PORT)


def _look_up(host: str, port: int, patience: float) -> list[str]:
    """Return every address that a name stands for; a resolver that hangs is not waited for."""
    found: list[str] = []

    def look() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(str(place[0]))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(patience)
    if looking.is_alive() or not found:
        raise PortUnavailable("The name in this address cannot be found.")
    return found


@contextlib.contextmanager
def _translated() -> Generator[None]:
    """Turn what the line or the server does into the one way to try again."""
    try:
        yield
    except ssl.SSLCertVerificationError as fault:
        raise PortUnavailable("The certificate of this address is not valid.") from fault
    except (OSError, http.client.HTTPException) as fault:
        name = type(fault).__name__
        raise PortUnavailable(f"The address did not answer as it should: {name}.") from fault
