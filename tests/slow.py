"""Which tests `make check` leaves to `make test`, and which of them stay together."""

from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

TESTS = Path(__file__).parent
# Servers in processes of their own.
SERVERS = {"pg", "redis_url", "portal", "world_portal", "proxy", "door", "prepared", "browser"}
# What kills processes, tries every byte or every cell, hashes in earnest, makes everything anew, or
# stands at the edge: pages, addresses, commands, jobs. `make check` has a minute; these have more.
NAMES = (
    "api/",
    "cli/",
    "demo/",
    "docs/test_components.py",
    "docs/test_generated.py",
    "docs/test_grants.py",
    "docs/test_nginx.py",
    "faults/",
    "hostile/",
    "integrations/",
    "jobs/",
    "outages/",
    "permissions/",
    "services/access/",
    "services/applications/",
    "services/cases/",
    "services/events/",
    "services/identity/test_code_machine.py",
    "services/identity/test_password_rules.py::test_the_first_hashes",
    "services/imports/test_crash.py",
    "services/imports/test_demo_feed.py",
    "services/imports/test_files.py",
    "services/imports/test_refusals.py",
    "services/invitations/",
    "services/jobs/test_jobs_hostile_input.py",
    "services/payments/test_policy_moves.py",
    "services/payments/test_run_against_policy.py",
    "services/rentals/test_deciding.py::test_each_move",
    "services/rentals/test_off_rent_races.py",
    "services/rentals/test_rentals_hostile_input.py",
    "services/uploads/",
    "state/",
    "test_scoreboard.py::test_a_run_writes",
    "test_scoreboard.py::test_an_id_that_does_not_exist",
    "web/",
)
# The pages that axe sees, and the thousands of schedules that the payment run is held against.
SHARED_OUT = ("test_accessibility", "test_run_against_policy")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read what `make check` leaves out: that alone would take half of its minute."""
    if config.option.markexpr != "not slow" or not collection_path.is_relative_to(TESTS):
        return None
    name = collection_path.relative_to(TESTS).as_posix()
    return f"{name}/".startswith(NAMES) or name.startswith(NAMES) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow."""
    for item in items:
        if _is_slow(item):
            item.add_marker("slow")


class Scheduling(LoadFileScheduling):
    """Keep each file in one process, but share out what would keep one of them for minutes."""

    def _split_scope(self, nodeid: str) -> str:
        is_shared = any(name in nodeid for name in SHARED_OUT)
        return nodeid if is_shared else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    """Share the tests out: the groups of pytest-xdist 3.8 have no effect under pytest 9.2."""
    return Scheduling(config, log)


def _is_slow(item: pytest.Item) -> bool:
    parameters = getattr(item, "callspec", None)
    return bool(
        SERVERS.intersection(getattr(item, "fixturenames", ()))
        or getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        or (parameters and "postgresql" in parameters.params.values())
        or item.nodeid.removeprefix("tests/").startswith(NAMES)
    )
