"""What the portal asks of the outside world: one small Protocol each, and the two ways to fail.

An adapter in `portal_app.integrations` fulfils a Protocol by shape; `portal_app.wiring` chooses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from portal_app.core.errors import Unavailable


class PortUnavailable(Unavailable):
    """The outside did not answer in time: the same call may succeed later, so try again."""


class PortRefused(Exception):
    """The outside answered no: the same call will fail again, so tell someone."""


# Documents


class PdfRenderer(Protocol):
    """Turns a named template and its data into a document."""

    def render(self, template: str, data: Mapping[str, object]) -> bytes:
        """Return the PDF's bytes.

        `template` is "statement", "contract", "invoice" or "receipt". `data` is made of strings
        that are ready to print, lists and mappings of them, and None; `integrations.typst_pdf`
        names every key.
        Blocks the calling thread, so call it by `asyncio.to_thread`. Raises `PortRefused` when the
        template cannot be filled and `PortUnavailable` when too many documents are being made.
        """
        ...


# Letters and texts


@dataclass(frozen=True, slots=True)
class Email:
    """One letter to one address. The same `message_id` is the same letter, sent again."""

    message_id: str
    sender: str
    sender_name: str
    recipient: str
    subject: str
    text: str
    html: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One text message to one number in E.164 form."""

    message_id: str
    recipient: str
    text: str


class Mailer(Protocol):
    """Hands a letter to whoever carries it."""

    def send(self, email: Email) -> None:
        """Return once the carrier has taken the letter.

        Raises `PortUnavailable` when the carrier is away or busy, `PortRefused` when it will never
        take this letter. Blocks the calling thread for at most half a minute.
        """
        ...

    def check(self) -> None:
        """Return if the carrier would take letters now; raises `PortUnavailable` if not."""
        ...


class TextSender(Protocol):
    """Hands a text message to whoever carries it."""

    def send(self, message: TextMessage) -> None:
        """Return once the carrier has taken the message; raises as `Mailer.send` does."""
        ...


class LetterRenderer(Protocol):
    """Makes the HTML part of a letter."""

    def html(self, template: str, facts: Mapping[str, Any]) -> str:
        """Return the letter `template` ("rentals/scheduled") filled with `facts`, all escaped.

        Returns "" when there is no such template: the letter then goes in plain text only.
        Raises `PortRefused` when the template asks for a fact that is not given.
        """
        ...


# Webhooks


@dataclass(frozen=True, slots=True)
class Webhook:
    """One event for one address. The same `message_id` is the same event, sent again.

    `secret` signs it (`whsec_…`), `body` is JSON.
    """

    message_id: str
    url: str
    secret: str
    body: str
    sent_at: datetime


class WebhookSender(Protocol):
    """Hands events to the operator's own systems, and to no address inside our network."""

    def check(self, url: str) -> None:
        """Return if events may be sent to this address; raises `PortRefused` with the reason.

        Raises `PortUnavailable` while its name cannot be looked up.
        """
        ...

    def send(self, webhook: Webhook) -> int:
        """Return the status with which the address answered, whatever it is.

        Raises `PortUnavailable` when there is no answer within five seconds, `PortRefused` when
        the address leads where nothing may be sent. Follows no redirect.
        """
        ...


# Rate limits


class RateLimiter(Protocol):
    """Counts tries in moving windows. Each method raises `PortUnavailable` when it cannot count."""

    def hit(self, name: str, amount: int, seconds: int, key: str) -> bool:
        """Count one try; say whether it was among the `amount` allowed in any `seconds`."""
        ...

    def allows(self, name: str, amount: int, seconds: int, key: str) -> bool:
        """Say whether one more would be allowed, without counting it."""
        ...

    def clear(self, name: str, amount: int, seconds: int, key: str) -> None:
        """Forget the tries counted for this key."""
        ...
