"""One scenario for each write path: what is clicked. A command without one fails the suite."""

from tests.faults.scenarios import (
    access,
    applications,
    cases,
    changes,
    consents,
    events,
    households,
    identity,
    imports,
    invitations,
    looks,
    payments,
    proposals,
    rentals,
    running,
    second_factor,
    uploads,
)
from tests.faults.scenarios.registry import SCENARIOS, WITHOUT

__all__ = [
    "SCENARIOS", "WITHOUT", "access", "applications", "cases", "changes", "consents", "events",
    "households", "identity", "imports", "invitations", "looks", "payments", "proposals",
    "rentals", "running", "second_factor", "uploads",
]  # fmt: skip
