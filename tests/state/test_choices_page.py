"""The page on which a customer chooses how they are told."""

import pytest

from portal_app.services import cases, notifications
from portal_app.services.notifications import Group, Way
from portal_app.state.notifications.choosing import ChoicesState
from tests import factories as f
from tests.services.cases.conftest import make_home
from tests.services.identity import people as changing
from tests.state.tabs import Tab


@pytest.fixture
def home(db, clock):
    return make_home()


async def opened(home):
    tab = Tab(home.actors["member"]).at("/notifications/choices")
    await tab.call(ChoicesState.load)
    return tab, tab.state(ChoicesState)


def kept(home):
    return notifications.chosen_ways(home.actors["member"]).ways[Group.CASES]


async def test_the_form_starts_with_what_counts_and_keeps_what_is_ticked(home):
    tab, page = await opened(home)
    assert page.view.groups["case"]
    ticked = {name for name, is_ticked in page.view.ticked.items() if is_ticked}
    assert {name for name in ticked if name.startswith("case")} == {"case_portal", "case_email"}
    assert (page.view.email, page.view.mobile) == (home.people["member"].email, "")
    form = {"case_asked": "yes", "case_portal": "yes", "key": page.view.key}
    await tab.call(ChoicesState.save, form)
    assert kept(home) == {Way.PORTAL}
    assert page.view.ticked["case_portal"]
    assert not page.view.ticked["case_email"]
    assert "Saved" in page.command["text"]


async def test_nothing_ticked_is_refused_beside_its_group_and_nothing_changes(home):
    tab, page = await opened(home)
    await tab.call(ChoicesState.save, {"case_asked": "yes", "key": page.view.key})
    assert "at least one way" in page.field_problems["case"]
    assert kept(home) == {Way.PORTAL, Way.EMAIL}


async def test_where_cases_are_switched_off_nobody_is_asked_about_them(home):
    f.switch("cases", is_on=False)
    _, page = await opened(home)
    assert page.view.groups["case"] is False
    assert not cases.cases_corner(home.actors["member"]).is_on


async def test_the_mobile_is_written_as_people_write_it(home):
    changing.change(home.people["member"], mobile_e164="+12535550143")
    _, page = await opened(home)
    assert page.view.mobile == "(253) 555-0143"
