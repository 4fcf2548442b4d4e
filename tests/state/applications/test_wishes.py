"""Wishes for a new link to an application, as the work queue and the list show them."""

import pytest

from portal_app.core import live
from portal_app.services import applications
from portal_app.state.applications.list import ApplicationsState
from portal_app.state.rentals.work import WorkQueueState
from tests.services.applications.world import NUMBER, make_desk
from tests.services.identity.people import as_caller
from tests.state.tabs import Tab


@pytest.mark.requirement("S2-10")
async def test_the_work_queue_leads_to_where_a_new_link_is_made(db, clock, limiter):
    desk = make_desk()
    token = desk.copy("Ann")
    clock.advance(days=8)
    tab = Tab(desk.agent).at("/staff")
    await tab.call(WorkQueueState.load)
    state = tab.state(WorkQueueState)
    assert (state.is_loaded, state.wishes) == (True, [])
    watching = live.watchers([f"applications:{desk.application.brand_id}"])
    assert any("work_queue_state.refresh" in each.event for each in watching)
    applications.ask_for_access(as_caller(""), token=token, limiter=limiter)
    await tab.call(WorkQueueState.refresh)
    (row,) = state.wishes
    assert (row.person, row.href) == (
        "Ann Holloway", f"/staff/applications/{NUMBER}?section=contacts&tab=centre",
    )  # fmt: skip
    assert row.meta.startswith(f"Mortgage application {NUMBER} · asked ")


@pytest.mark.requirement("S2-10")
@pytest.mark.parametrize(("view", "shown", "count"), [("asking", "asking", 0), ("x", "open", 1)])
async def test_the_list_opens_at_the_view_that_its_address_names(db, view, shown, count):
    desk = make_desk()
    tab = Tab(desk.agent).at(f"/staff/applications?view={view}")
    await tab.call(ApplicationsState.load)
    state = tab.state(ApplicationsState)
    assert (state.view, len(state.rows)) == (shown, count)
