"""What a reader of a brand's settings gets back."""

from dataclasses import dataclass
from datetime import date

from portal_app.models import Feature


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
