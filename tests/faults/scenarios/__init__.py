"""One scenario for each write path: what is clicked. A command without one fails the suite."""

from tests.faults.scenarios import access, identity, imports, rentals, running, second_factor
from tests.faults.scenarios.registry import SCENARIOS, WITHOUT

__all__ = [
    "SCENARIOS", "WITHOUT", "access", "identity", "imports", "rentals", "running", "second_factor",
]  # fmt: skip
