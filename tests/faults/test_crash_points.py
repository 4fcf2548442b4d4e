"""Every write path of the portal, killed at every statement it makes."""

import pytest

from portal_app import models as m
from tests import factories as f
from tests.faults.crashing import crash_everywhere
from tests.faults.scenarios import REPEATABLE, SCENARIOS
from tests.results import record


def everything():
    """What a command may change: states, counts of what it writes, and the trail of it all."""
    counted = (
        m.IdempotencyKey, m.Job, m.Notification, m.OutboundMessage,
        m.RentalRequest, m.RentalRequestStep, m.PortalUser, m.HelpArticle, m.OtpChallenge,
    )  # fmt: skip
    return {
        "counts": {table.__name__: len(f.fetch_all(table)) for table in counted},
        # A repeated click that finds the door closed is written down as well: that is no effect.
        "trail": sorted(
            row.action for row in f.fetch_all(m.AuditEvent) if not row.action.endswith(":refused")
        ),
        "requests": sorted(row.state for row in f.fetch_all(m.RentalRequest)),
        "returned": sorted(row.quantity_returned for row in f.fetch_all(m.ContractLine)),
        "accounts": sorted((row.portal_access, row.email) for row in f.fetch_all(m.Account)),
        "passwords": len({row.password_changed_at for row in f.fetch_all(m.PortalUser)}),
        "sessions": sorted(bool(row.revoked_at) for row in f.fetch_all(m.PortalSession)),
        "unread": sorted(row.read_at is None for row in f.fetch_all(m.Notification)),
        "support": sorted(row.support_phone for row in f.fetch_all(m.PortalSettings)),
        "jobs": sorted(row.status for row in f.fetch_all(m.Job)),
    }


@pytest.mark.asvs("2.3.3")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.__name__)
def test_a_killed_command_leaves_all_or_nothing(db, clock, licensed, tmp_path, scenario):
    command = scenario()
    db.dispose()
    folder = tmp_path / "crashes"
    folder.mkdir()
    found = crash_everywhere(
        tmp_path / "portal.db",
        folder,
        command,
        everything,
        is_repeatable=scenario in REPEATABLE,
    )
    record("crash_points", {"points": found.points, "violations": found.violations})
    assert found.points > 5
    assert found.wrong == []
