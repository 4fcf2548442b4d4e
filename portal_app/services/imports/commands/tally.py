"""Counting what happens to records while a run goes on."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from portal_app.services.imports.rules.types import TYPES
from portal_app.services.imports.views import Refusal

MOST_REFUSALS_KEPT = 10_000
_SHOWN, _SHOWN_OF_PERSONAL = 60, 3


@dataclass(slots=True)
class Tally:
    """Counts per type, and the refusals that are not written down yet."""

    counts: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    rows_read: int = 0
    files_refused: int = 0
    warnings: int = 0
    kept: int = 0
    not_kept: int = 0
    percent: int = 0
    pending: list[Refusal] = field(default_factory=list[Refusal])

    def count(self, kind: str, what: str) -> None:
        """Count one record."""
        self.counts.setdefault(kind, Counter())[what] += 1

    def refuse(self, refusal: Refusal) -> None:
        """Keep a refusal, or only count it once there are too many."""
        self.files_refused += not refusal.line and not refusal.is_warning
        self.warnings += refusal.is_warning
        if self.kept < MOST_REFUSALS_KEPT:
            self.kept += 1
            clean = {"file": printable(refusal.file), "field": printable(refusal.field)}
            self.pending.append(replace(refusal, **clean))
        else:
            self.not_kept += 1

    def total(self, *whats: str) -> int:
        """Return how many records of all types had one of these things happen to them."""
        return sum(counter[what] for counter in self.counts.values() for what in whats)

    def as_json(self) -> dict[str, Any]:
        """Return the counts as a run keeps them."""
        return {
            "types": {name: dict(self.counts[name]) for name in TYPES if name in self.counts},
            "percent": self.percent,
            "written": self.total("new", "changed", "ended"),
            "refused": self.total("refused"),
            "files_refused": self.files_refused,
            "warnings": self.warnings,
            "not_kept": self.not_kept,
        }


def shortened(value: str, *, is_personal: bool) -> str:
    """Return a value as a report may show it: personal data is cut to its first letters."""
    clean = printable(value)
    most = _SHOWN_OF_PERSONAL if is_personal else _SHOWN
    return clean if len(clean) <= most else f"{clean[: min(most, _SHOWN - 1)]}…"


def printable(text: str) -> str:
    """Return a text without what cannot be shown, or kept by a database."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
