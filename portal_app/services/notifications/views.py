"""What a reader of notifications and of the outbox gets back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal_app.models import Channel, MessageState
from portal_app.services.notifications.rules import Group, Way


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that a person was told."""

    id: str
    topic: str
    title: str
    body: str
    link: str
    created_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """Some of what a person was told, newest first; `after` asks for what is older."""

    rows: tuple[Notice, ...]
    unread: int
    after: str


@dataclass(frozen=True, slots=True)
class ChosenWays:
    """How somebody is told, by group; without an address or a number there is no such way."""

    ways: Mapping[Group, frozenset[Way]]
    email: str
    mobile: str


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One letter or text as a row of the outbox. In production it has no subject."""

    id: str
    channel: Channel
    recipient: str
    topic: str
    subject: str
    state: MessageState
    error: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """Some of the outbox, newest first; `after` asks for what is older."""

    rows: tuple[OutboxLine, ...]
    counts: dict[MessageState, int]
    after: str


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A whole message. In production `is_hidden`, and then neither part is here."""

    line: OutboxLine
    text: str
    html: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as somebody would get it; parts that its kind does not have are empty."""

    subject: str = ""
    text: str = ""
    html: str = ""
    sms: str = ""
