"""Mail over SMTP: TLS that is verified, one deadline for the whole conversation."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncGenerator, Coroutine
from dataclasses import dataclass

import aiosmtplib

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
        asyncio.run(self._within_the_deadline(self._deliver(email)))

    def check(self) -> None:
        """Return if the server greets us, over TLS, and lets us in; see `ports.Mailer`."""
        asyncio.run(self._within_the_deadline(self._greet()))

    async def _within_the_deadline(self, work: Coroutine[None, None, None]) -> None:
        try:
            await asyncio.wait_for(work, self.patience_seconds)
        except aiosmtplib.SMTPRecipientsRefused as refusal:
            raise _verdict(refusal.recipients[0]) from refusal
        except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as answer:
            raise _verdict(answer) from answer
        except aiosmtplib.SMTPResponseException as answer:
            # Said before it knew the letter: about us or about itself.
            raise PortUnavailable(f"The mail server answered {answer.code}.") from answer
        except (TimeoutError, OSError, aiosmtplib.SMTPException) as error:
            fault = type(error).__name__
            raise PortUnavailable(f"The mail server cannot be used: {fault}.") from error

    async def _deliver(self, email: Email) -> None:
        letter = mime_letter(email)
        async with self._open() as client:
            await client.send_message(letter, sender=email.sender, recipients=[email.recipient])

    async def _greet(self) -> None:
        async with self._open() as client:
            await client.noop()

    @contextlib.asynccontextmanager
    async def _open(self) -> AsyncGenerator[aiosmtplib.SMTP]:
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            local_hostname=socket.gethostname(),
            timeout=self.patience_seconds,
            use_tls=self.tls == "tls",
            start_tls=self.tls == "starttls",
            tls_context=self.trusted or ssl.create_default_context(),
        )
        try:
            await client.connect()
            if self.username:
                await client.login(self.username, self.password)
            yield client
        finally:
            # Taken is taken: a server that then hangs or falls silent must not have it sent twice.
            client.close()


def _verdict(answer: aiosmtplib.SMTPResponseException) -> Exception:
    words = f"The mail server answered {answer.code}."
    return PortRefused(words) if answer.code in _PERMANENT else PortUnavailable(words)
