"""Which tests `make check` leaves to `make test`, and which of them stay together."""

import pytest

# Servers in processes of their own.
SERVERS = {"pg", "redis_url", "portal", "world_portal", "proxy", "door", "prepared", "browser"}
# What kills processes, tries every byte or every cell, hashes in earnest, or makes everything anew.
NAMES = (
    "cli/test_backup.py",
    "cli/test_demo.py",
    "cli/test_operating.py",
    "demo/test_feed.py",
    "faults/",
    "hostile/",
    "integrations/test_smtp_mailer.py",
    "integrations/test_typst_pdf_hostile.py",
    "integrations/test_typst_pdf_load.py",
    "jobs/test_chaos.py",
    "services/identity/test_code_machine.py",
    "services/identity/test_password_rules.py::test_the_first_hashes",
    "services/imports/test_crash.py",
    "services/imports/test_demo_feed.py",
    "services/imports/test_files.py",
    "services/imports/test_refusals.py",
    "services/jobs/test_jobs_hostile_input.py",
    "services/rentals/test_deciding.py::test_each_move",
    "services/rentals/test_rentals_hostile_input.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow; keep each file in one process, but share out the pages that axe sees."""
    for item in items:
        if _is_slow(item):
            item.add_marker("slow")
        if "test_accessibility" not in item.path.stem:
            item.add_marker(pytest.mark.xdist_group(str(item.path)))


def _is_slow(item: pytest.Item) -> bool:
    parameters = getattr(item, "callspec", None)
    return bool(
        SERVERS.intersection(getattr(item, "fixturenames", ()))
        or getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        or (parameters and "postgresql" in parameters.params.values())
        or item.nodeid.removeprefix("tests/").startswith(NAMES)
    )
