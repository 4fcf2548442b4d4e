"""Mail over SMTP: TLS that is verified, one deadline for the whole conversation."""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from portal_app.integrations.mime_letter import mime_letter
from portal_app.ports import Email, PortRefused, PortUnavailable

_PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Fulfils `ports.Mailer`.

    `tls` is "starttls", "tls" (from the first byte) or "none". A refused sign-in counts as being
    away: the letter is not at fault, and it goes once the operator has mended the password.
    """

    host: str
    port: int
    username: str = ""
    password: str = ""
    tls: str = "starttls"
    patience_seconds: float = 25.0
    trusted: ssl.SSLContext | None = None

    def send(self, email: Email) -> None:
        """Return once the server has taken the letter; see `ports.Mailer`."""
        letter = mime_letter(email)
        recipient = letter["To"].addresses[0].addr_spec
        with self._translated(), self._connection() as server:
            _require_extension(server, recipient)
            server.send_message(letter, email.sender, [recipient])

    def check(self) -> None:
        """Return if the server greets us, over TLS, and lets us in; see `ports.Mailer`."""
        with self._translated(), self._connection() as server:
            server.noop()

    @contextlib.contextmanager
    def _translated(self) -> Generator[None]:
        """Turn what the server or the line says into the two ways to fail."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _verdict(next(iter(refusal.recipients.values()))[0]) from refusal
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as answer:
            raise _verdict(answer.smtp_code) from answer
        except smtplib.SMTPResponseException as answer:
            # Said before it knew the letter: about us or about itself.
            raise PortUnavailable(f"The mail server answered {answer.smtp_code}.") from answer
        except OSError as error:
            # Every fault of the conversation is one of these, SMTP's own among them.
            fault = type(error).__name__
            raise PortUnavailable(f"The mail server cannot be used: {fault}.") from error

    @contextlib.contextmanager
    def _connection(self) -> Generator[smtplib.SMTP]:
        server = self._connect()
        try:
            if self.tls == "starttls":
                server.starttls(context=self._tls_rules())
            if self.username:
                server.login(self.username, self.password)
            yield server
        finally:
            # Taken is taken: a server that then falls silent must not have it sent twice.
            server.close()

    def _connect(self) -> smtplib.SMTP:
        if self.tls == "tls":
            rules = self._tls_rules()
            return _TlsServer(self.host, self.port, self.patience_seconds, context=rules)
        return _Server(self.host, self.port, self.patience_seconds)

    def _tls_rules(self) -> ssl.SSLContext:
        return self.trusted or ssl.create_default_context()


class _Server(smtplib.SMTP):
    """A conversation that is cut off at its deadline, even by a server that dribbles."""

    def __init__(self, host: str, port: int, patience_seconds: float, **tls: Any) -> None:
        self._deadline = threading.Timer(patience_seconds, self._cut_off)
        self._deadline.daemon = True
        self._deadline.start()
        try:
            name = socket.gethostname()
            super().__init__(host, port, name, timeout=patience_seconds, **tls)
        except BaseException:
            self._deadline.cancel()
            raise

    def close(self) -> None:
        """Hang up."""
        self._deadline.cancel()
        super().close()

    def _cut_off(self) -> None:
        with contextlib.suppress(OSError):
            if self.sock:
                self.sock.shutdown(socket.SHUT_RDWR)


class _TlsServer(_Server, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def _require_extension(server: smtplib.SMTP, recipient: str) -> None:
    """Refuse an address for which the server lacks what RFC 6531 asks of it: waiting is no help."""
    server.ehlo_or_helo_if_needed()
    if not recipient.isascii() and not server.has_extn("smtputf8"):
        raise PortRefused(
            "The mail server does not send to addresses with letters such as “é” or “ø” before the "
            "@: it does not offer SMTPUTF8. Another address of theirs is needed."
        )


def _verdict(code: int) -> Exception:
    words = f"The mail server answered {code}."
    return PortRefused(words) if code in _PERMANENT else PortUnavailable(words)
