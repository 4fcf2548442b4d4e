"""Every write path of the portal, killed at every statement it makes."""

import pytest

from portal_app.core.actor import Role
from portal_app.models import AuditEvent, PortalSettings
from portal_app.services import branding
from tests import factories as f
from tests.faults.crashing import crash_everywhere
from tests.results import FOLDER, record

_totals = {"points": 0, "violations": 0}


def settings_are_changed():
    admin = f.staff_actor(Role.ADMIN)
    version = f.fetch(PortalSettings).version

    def command():
        branding.update_settings(
            admin, changes={"support_phone": "+1 813 555 0100"}, version=version, key="k"
        )

    return command, lambda: [len(f.fetch_all(AuditEvent)), f.fetch(PortalSettings).support_phone]


SCENARIOS = [settings_are_changed]


@pytest.mark.asvs("2.3.3")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.__name__)
def test_a_killed_command_leaves_all_or_nothing(db, clock, tmp_path, scenario):
    command, measure = scenario()
    db.dispose()
    folder = tmp_path / "crashes"
    folder.mkdir()
    found = crash_everywhere(tmp_path / "portal.db", folder, command, measure)
    _totals["points"] += found.points
    _totals["violations"] += found.violations
    FOLDER.mkdir(parents=True, exist_ok=True)
    record("crash_points", _totals)
    assert found.points > 5
    assert found.violations == 0
