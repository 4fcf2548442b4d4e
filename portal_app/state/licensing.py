"""State behind the page of the licence (S3-04)."""

from dataclasses import dataclass

import reflex as rx

from portal_app.core.settings import settings
from portal_app.services import licensing
from portal_app.services.licensing import LicenceState, LicenceStatus
from portal_app.state.access import admin
from portal_app.state.base import PortalState
from portal_app.state.formats import NOT_PROVIDED, day, local_day, moment

_LOOKS = {
    LicenceStatus.VALID: ("In force", "good"),
    LicenceStatus.GRACE: ("Has run out", "warn"),
    LicenceStatus.EARLY: ("Not in force yet", "warn"),
}
_MODULES = {"rental": "Rental"}


@dataclass(frozen=True)
class LicenceView:
    """The licence as the page shows it."""

    status: str = ""
    tone: str = ""
    sentence: str = ""
    installation: str = ""
    customer: str = ""
    modules: str = ""
    starts: str = ""
    ends: str = ""
    grace: str = ""
    file: str = ""

    @classmethod
    def of(cls, state: LicenceState) -> "LicenceView":
        """Format what the licence is worth."""
        status, tone = _LOOKS.get(state.status, ("Not licensed", "bad"))
        zone = settings().timezone
        modules = ", ".join(_MODULES.get(name, name) for name in state.modules)
        return cls(
            status=status,
            tone=tone,
            sentence=state.sentence,
            installation=state.installation,
            customer=state.customer or NOT_PROVIDED,
            modules=modules or NOT_PROVIDED,
            starts=moment(state.starts_at, zone),
            ends=moment(state.ends_at, zone),
            grace=moment(state.grace_until, zone),
            file=settings().licence_file or NOT_PROVIDED,
        )


def note_of(state: LicenceState | None) -> str:
    """Say what comes of a licence that ran out, when, and what to do; "" of one in force."""
    if state is None:
        return ""
    zone = settings().timezone
    return (
        f"It ran out on {day(local_day(state.ends_at, zone))}. Everything goes on working until "
        f"{moment(state.grace_until, zone)}. After that customers do not see the rental pages; "
        "nothing is lost. Get a new licence file, and have it put in the old one's place by then."
    )


class LicencePageState(PortalState):
    """What this installation is licensed for."""

    licence: LicenceView = LicenceView()
    is_loaded: bool = False

    @rx.event
    @admin
    async def load(self):
        """Fill the page."""
        self.licence, self.is_loaded = LicenceView(), False
        with self._opening():
            self.licence = LicenceView.of(await self._ask(licensing.licence))
            self.is_loaded = True
