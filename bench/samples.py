"""Figures from repeated measurements: medians, and ratios taken round by round.

The machine may change its speed between rounds, so a ratio compares what was measured in the
same round, moments apart; the median of those is quoted.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any


@dataclass
class Samples:
    """What one measure gave for each contender, round by round."""

    unit: str
    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, value: float) -> None:
        """Keep one measurement."""
        self.values[name].append(value)

    def summary(self) -> dict[str, Any]:
        """Return medians, the spread of each, and the portal's ratio to each floor."""
        return {
            "unit": self.unit,
            "rounds": max((len(v) for v in self.values.values()), default=0),
            "median": {name: _rounded(median(v)) for name, v in self.values.items()},
            "middle_half": {name: _middle_half(v) for name, v in self.values.items()},
            "ratio": {floor: self._ratio(floor) for floor in ("html", "reflex")},
        }

    def _ratio(self, floor: str) -> float | None:
        """Return the portal's ratio to a floor; None where there is nothing to compare."""
        pairs = zip(self.values.get("portal", []), self.values.get(floor, []), strict=False)
        ratios = [mine / theirs for mine, theirs in pairs if theirs]
        return _rounded(median(ratios)) if ratios else None


def _middle_half(values: list[float]) -> list[float]:
    if len(values) < 2:
        return [_rounded(value) for value in values * 2]
    low, _, high = quantiles(values, n=4, method="inclusive")
    return [_rounded(low), _rounded(high)]


def _rounded(value: float) -> float:
    return round(value, 2) if value < 10 else round(value, 1) if value < 100 else round(value)
