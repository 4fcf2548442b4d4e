"""What a reader of the licence gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.services.licensing.rules import LicenceStatus

_KEPT = "Customers do not see the rental pages. Nothing is lost, and exports still work."
_SENTENCES = {
    LicenceStatus.MISSING: f"No licence file was found. {_KEPT}",
    LicenceStatus.VALID: "The licence is in force.",
    LicenceStatus.EARLY: f"The licence is not in force yet. {_KEPT}",
    LicenceStatus.GRACE: (
        "The licence has run out. Everything goes on working for 14 days: "
        "put the new file in its place before then."
    ),
    LicenceStatus.EXPIRED: f"The licence ran out more than 14 days ago. {_KEPT}",
    LicenceStatus.WRONG_INSTALLATION: f"The licence is for another installation. {_KEPT}",
    LicenceStatus.UNREADABLE: f"The licence file cannot be used. {_KEPT}",
}


@dataclass(frozen=True, slots=True)
class LicenceState:
    """What this installation is licensed for now. The moments are None without a licence."""

    status: LicenceStatus
    installation: str
    licence_id: str = ""
    customer: str = ""
    modules: tuple[str, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    grace_until: datetime | None = None
    fault: str = ""

    @property
    def is_in_force(self) -> bool:
        """Whether its modules may be used."""
        return self.status in {LicenceStatus.VALID, LicenceStatus.GRACE}

    @property
    def sentence(self) -> str:
        """What the settings page says of it."""
        return " ".join(filter(None, (_SENTENCES[self.status], self.fault)))
