"""Choices that look accidental and come out the same on every machine."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of choices that depends on nothing but the words it was seeded with."""

    def __init__(self, *seed: str) -> None:
        self._seed = "/".join(seed)
        self._taken = 0

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to just under the limit."""
        self._taken += 1
        digest = sha256(f"{self._seed}#{self._taken}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[self.below(len(options))]

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """Return that many different options, or all of them when there are fewer."""
        left = list(options)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(options)))]
