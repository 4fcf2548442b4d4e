"""What a reader of consents gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.models import ConsentChannel, ConsentSource


@dataclass(frozen=True, slots=True)
class Answer:
    """One yes or no, as it was given; `at` is UTC, for the reader's zone."""

    receipt_no: str
    channel: ConsentChannel
    given: bool
    words: str
    text_version: str
    source: ConsentSource
    note: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Preference:
    """One channel as it stands now; nobody has agreed to what they never answered."""

    channel: ConsentChannel
    label: str
    words: str
    given: bool
    last: Answer | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every channel of one person, and all their answers, the newest first."""

    person_id: str
    name: str
    ways: tuple[Preference, ...]
    history: tuple[Answer, ...]
    zone: str
