"""What a reader of templates gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.models import VersionState
from portal_app.services.templates.rules.kinds import Kind
from portal_app.services.templates.rules.wording import Wording

STANDARD = "Standard"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One template of a kind in the list; `id` is empty while the words are the portal's own.

    `published` is the number of the version in force, 0 when there is none.
    """

    id: str
    name: str
    is_standard: bool
    published: int = 0
    has_draft: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of message with its templates, the standard one first."""

    kind: Kind
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """The words as they were at one time."""

    number: int
    state: VersionState
    wording: Wording
    written_by: str
    written_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """One template, open for changing: `wording` is the draft, else what is sent now."""

    kind: Kind
    sheet: Sheet
    wording: Wording
    versions: tuple[Version, ...]
    version: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that staff may choose for one sending (S2-13); they are changed for it alone (S2-14).

    `id` is empty for the portal's own words.
    """

    id: str
    name: str
    wording: Wording
