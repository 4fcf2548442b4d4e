"""Numbers on papers: they rise with the days, as a counter at the desk would make them."""

from demo.make.chance import Chance


class Numbers:
    """Hands out contract, quote, reservation and invoice numbers, each once."""

    def __init__(self, reached: dict[str, tuple[int, int]], taken: list[str]) -> None:
        self._reached = reached
        self._taken = set(taken)
        self._chance = Chance("numbers")

    def take(self, prefix: str, days_ago: int) -> str:
        """Return a free number of about that day."""
        reached, per_day = self._reached[prefix]
        number = reached - days_ago * per_day + self._chance.below(per_day)
        while f"{prefix}-{number}" in self._taken:
            number += 1
        self._taken.add(f"{prefix}-{number}")
        return f"{prefix}-{number}"
