"""What the portal asks of the outside world: one small Protocol each, and the two ways to fail.

An adapter in `portal_app.integrations` fulfils a Protocol by shape; `portal_app.wiring` chooses it.
"""

from collections.abc import Mapping
from typing import Protocol


class PortUnavailable(Exception):
    """The outside did not answer in time: the same call may succeed later, so try again."""


class PortRefused(Exception):
    """The outside answered no: the same call will fail again, so tell someone."""


# Documents


class PdfRenderer(Protocol):
    """Turns a named template and its data into a document."""

    def render(self, template: str, data: Mapping[str, object]) -> bytes:
        """Return the PDF's bytes.

        `template` is "statement", "contract" or "invoice". `data` is made of strings that are ready
        to print, lists and mappings of them, and None; `integrations.typst_pdf` names every key.
        Blocks the calling thread, so call it by `asyncio.to_thread`. Raises `PortRefused` when the
        template cannot be filled and `PortUnavailable` when too many documents are being made.
        """
        ...


# Rate limits


class RateLimiter(Protocol):
    """Counts tries in moving windows. Each method raises `PortUnavailable` when it cannot count."""

    def hit(self, name: str, amount: int, seconds: int, key: str) -> bool:
        """Count one try; say whether it was among the `amount` allowed in any `seconds`."""
        ...

    def allows(self, name: str, amount: int, seconds: int, key: str) -> bool:
        """Say whether one more would be allowed, without counting it."""
        ...

    def clear(self, name: str, amount: int, seconds: int, key: str) -> None:
        """Forget the tries counted for this key."""
        ...
