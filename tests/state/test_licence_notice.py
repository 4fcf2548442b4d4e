"""Whoever can do something about a licence that ran out reads of it on every page."""

from datetime import UTC, datetime

import pytest

from portal_app.core.actor import Role
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.services import licensing
from portal_app.state.shell import ShellState
from tests import factories as f
from tests.licences import write_licence
from tests.state.tabs import Tab

RAN_OUT = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)


@pytest.fixture
def frame(db, licensed, clock, tmp_path):
    """The frame as somebody reads it, with a licence that ran out four days ago."""
    write_licence(tmp_path, ends=int(RAN_OUT.timestamp()))

    async def shown(actor):
        tab = Tab(actor)
        await tab.call(ShellState.load)
        return tab.state(ShellState).shell

    return shown


@pytest.mark.requirement("S3-04")
@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN])
async def test_managers_and_admins_read_what_happens_on_which_day_and_what_to_do(frame, role):
    assert licensing.state().status is licensing.LicenceStatus.GRACE
    shell = await frame(f.staff_actor(role))
    assert "ran out on 16 November 2026" in shell.licence_note
    assert "until 30 November 2026 at 09:30" in shell.licence_note
    assert "customers do not see the rental pages" in shell.licence_note
    assert "new licence file" in shell.licence_note


@pytest.mark.requirement("S3-04")
async def test_agents_and_customers_are_not_troubled_with_it(frame):
    agent, customer = f.staff_actor(Role.AGENT), f.consumer_actor(f.account())
    assert [(await frame(actor)).licence_note for actor in (agent, customer)] == ["", ""]
    with pytest.raises(NotFound):
        licensing.running_out(customer)
    with pytest.raises(NotAllowed):
        licensing.running_out(agent)


@pytest.mark.requirement("S3-04")
async def test_nothing_is_said_before_it_runs_out_and_after_the_days_of_grace(frame, clock):
    manager = f.staff_actor(Role.MANAGER)
    for when in (
        datetime(2026, 11, 16, 9, 29, tzinfo=UTC),
        datetime(2026, 11, 30, 9, 30, tzinfo=UTC),
    ):
        clock.at(when.year, when.month, when.day, when.hour, when.minute)
        assert (await frame(manager)).licence_note == ""
