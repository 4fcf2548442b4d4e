"""Who did what about an application, as a tab of staff reads it."""

import pytest

from portal_app.core import live
from portal_app.core.actor import Role
from portal_app.services import applications, proposals
from portal_app.state.applications.desk import ApplicationDeskState
from portal_app.state.applications.history import ApplicationHistoryState
from portal_app.state.audit import AuditState
from tests import factories as f
from tests.services.applications.world import NUMBER, make_desk
from tests.state.tabs import Tab

DESK = f"/staff/applications/{NUMBER}"


@pytest.mark.requirement("S2-08")
async def test_a_guest_is_named_on_the_application_and_in_the_audit_log(db, clock, limiter):
    desk = make_desk()
    desk.let_in("Ann", limiter)
    tab = Tab(desk.agent).at(DESK, number=NUMBER)
    await tab.call(ApplicationHistoryState.load)
    state = tab.state(ApplicationHistoryState)
    came_in = state.rows[0]
    assert (came_in.what, came_in.who) == (
        "Came into an application by a link and a code", "Ann Holloway, by their link",
    )  # fmt: skip
    assert state.rows[1].who == "Nobody signed in"
    log = Tab(f.staff_actor(Role.ADMIN)).at("/staff/settings/audit")
    await log.call(AuditState.load)
    assert "Ann Holloway, by their link" in {one.who for one in log.state(AuditState).rows}


async def test_the_history_is_read_only_where_it_is_opened(db, clock):
    desk = make_desk()
    for address, event in ((DESK, None), (f"{DESK}?section=history", ApplicationHistoryState.load)):
        tab = Tab(desk.agent).at(address, number=NUMBER)
        assert await tab.call(ApplicationDeskState.load) == event
    assert await tab.call(ApplicationDeskState.pick_section, "answers") is None
    shown = await tab.call(ApplicationDeskState.pick_section, "history")
    assert shown == ApplicationHistoryState.load


@pytest.mark.requirement("S2-08")
async def test_the_history_stays_still_while_others_fill_in_and_follows_what_it_lists(
    db, clock, limiter
):
    desk = make_desk()
    ann = desk.let_in("Ann", limiter)
    tab = Tab(desk.agent).at(DESK, number=NUMBER)
    await tab.call(ApplicationHistoryState.load)
    heard: list[frozenset[str]] = []
    stop = live.on_announcement(heard.append)

    def was_told() -> bool:
        """Say whether the history is told of what was announced since this was asked last."""
        watching = live.watchers(frozenset().union(*heard))
        heard.clear()
        return any("history_state.refresh" in each.event for each in watching)

    try:
        desk.save(ann, "family_name", "Holloway")
        assert heard, "others who read the answers are told"
        assert not was_told()
        given = {"number": NUMBER, "key": "key"}
        listed = (
            lambda: applications.share_form(desk.agent, form="income", is_on=False, **given),
            lambda: proposals.send_message(ann, number=NUMBER, words="Hello", key="written"),
            lambda: desk.copy("Ben"),
            lambda: desk.let_in("Ben", limiter),
        )
        for deed in listed:
            deed()
            assert was_told()
            before = len(tab.state(ApplicationHistoryState).rows)
            await tab.call(ApplicationHistoryState.refresh)
            assert len(tab.state(ApplicationHistoryState).rows) > before
    finally:
        stop()
