"""No scanner: for a laptop, where only the portal's own looks at a file are taken."""

from typing import BinaryIO


class NoScanner:
    """Fulfils `ports.storage.Scanner`."""

    def ping(self) -> str:
        """Say that there is none."""
        return "embedded: only the scanners' own test file is known"

    def scan(self, content: BinaryIO) -> str:  # noqa: ARG002 - nobody looks
        """Find nothing."""
        return ""
