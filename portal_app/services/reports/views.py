"""What a reader of a report gets back."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SelfServiceMonth:
    """What customers did by themselves in one month; `month` is its first day."""

    month: date
    registrations: int = 0
    sign_ins: int = 0
    off_rents: int = 0
    changes: int = 0
    statements: int = 0
    documents: int = 0

    @property
    def calls_saved(self) -> int:
        """How often nobody had to telephone: requests sent, details changed, papers fetched."""
        return self.off_rents + self.changes + self.statements + self.documents


@dataclass(frozen=True, slots=True)
class SelfService:
    """The months, newest first, and their sum."""

    months: tuple[SelfServiceMonth, ...]
    total: SelfServiceMonth
