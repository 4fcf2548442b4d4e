"""What a reader of a brand's settings gets back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal_app.core.secrets import fingerprint
from portal_app.models import BrandPart, Feature, VersionState
from portal_app.services.branding.rules.themes import Pair


@dataclass(frozen=True, slots=True)
class BrandView:
    """One operator's face: who it is and how it looks."""

    id: str
    key: str
    name: str
    headline: str
    colour: str
    radius: str
    body_font: str
    heading_font: str
    hosts: tuple[str, ...] = ()
    is_default: bool = False
    logo: "Logo | None" = None
    sheet: str = ""

    @property
    def look(self) -> str:
        """A word that changes whenever the brand looks different."""
        return fingerprint(f"{self.sheet}{self.logo}")[:12]


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture at the top of a brand's pages, and what it says in words."""

    fingerprint: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LogoFile:
    """A logo as it is served."""

    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Revision:
    """One part of a brand's portal as it was at one time."""

    number: int
    state: VersionState
    written_by: str
    written_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Design:
    """One part with its history, newest first; `content` is the draft, else what is in force.

    `seen` is the newest number: whoever changes the part says which one they have looked at.
    """

    part: BrandPart
    content: Mapping[str, object]
    seen: int
    has_draft: bool
    history: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A theme that is being put together: its style sheet, and every component's two colours.

    `pairs` by daylight, `dark` on a dark screen.
    """

    sheet: str
    pairs: Mapping[str, Pair]
    dark: Mapping[str, Pair]


@dataclass(frozen=True, slots=True)
class Support:
    """Whom people turn to (S0-02); an empty part has not been set."""

    email: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Doorway:
    """Whether customers may come in, and what everybody is told (S0-01).

    `announcement` is empty once this reader has dismissed it.
    """

    is_open: bool = True
    closed_message: str = ""
    announcement: str = ""
    announcement_version: int = 0
    support: Support = Support()


@dataclass(frozen=True, slots=True)
class FeatureSwitch:
    """One capability of customers as an administrator sees it."""

    feature: Feature
    name: str
    words: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class BrandSettings:
    """All that staff have set for a brand; `version` guards against overwriting each other."""

    brand_id: str
    is_open: bool = True
    closed_message: str = ""
    announcement: str = ""
    announcement_version: int = 0
    support_email: str = ""
    support_phone: str = ""
    support_hours: str = ""
    publish_at: str = "02:00"
    demand_second_factor: bool = False
    cutover_date: date | None = None
    version: int = 1

    @property
    def support(self) -> Support:
        """The support contact on its own."""
        return Support(self.support_email, self.support_phone, self.support_hours)
