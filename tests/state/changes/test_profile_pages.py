import re
from dataclasses import replace

import pytest

from portal_app import models as m
from portal_app import wiring
from portal_app.core import live
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import branding, changes
from portal_app.services.transaction import transaction
from portal_app.state.changes.editing import EditDetailState
from portal_app.state.changes.profile import ProfileState
from tests import factories as f
from tests.services.changes.conftest import ADDRESS, fresh_key, make_desk
from tests.services.identity import people
from tests.state.tabs import Tab, path_of


@pytest.fixture
def desk(db, clock, monkeypatch):
    limiter = LimitsLimiter()
    monkeypatch.setattr(wiring, "rate_limiter", lambda: limiter)
    return make_desk()


@pytest.fixture
def tab(desk):
    return Tab(desk.customer, desk.account.id)


async def editing(tab, kind):
    await tab.at(f"/profile/{kind}", detail=kind).call(EditDetailState.load)
    return tab.state(EditDetailState)


async def profile(tab):
    await tab.at("/profile").call(ProfileState.load)
    view = tab.state(ProfileState).view
    return {row.kind: row for row in view.details}


def form(state, **entered):
    return {**state.view.held, "key": state.view.key, **entered}


@pytest.mark.requirement("S0-11")
async def test_new_name_stands_as_pending_beside_the_old_one(desk, tab):
    state = await editing(tab, "name")
    assert state.view.waits
    event = await tab.call(EditDetailState.save, form(state, given_name="Rosie"))
    assert path_of(event) == "/profile"
    assert tab.said == "Sent. Our staff will look at it and write to you."
    row = (await profile(tab))["name"]
    assert (row.lines, row.is_pending) == (["Rosa Lindqvist"], True)
    assert row.pending == "You asked for Rosie on 20 Nov 2026."
    assert row.may_withdraw
    again = await editing(tab, "name")
    assert again.view.is_pending
    # What waits is what is edited further.
    assert again.view.held["given_name"] == "Rosie"
    assert again.view.held["family_name"] == "Lindqvist"


@pytest.mark.requirement("S0-11")
async def test_page_follows_a_decision_and_keeps_what_was_decided(desk, tab):
    number = desk.ask()
    await profile(tab)
    heard = live.watchers([f"person:{desk.customer.person_id}"])
    assert any("profile_state.refresh" in watcher.event for watcher in heard)
    desk.reject(number, reason="The passport says Rosa.")
    await tab.call(ProfileState.refresh)
    view = tab.state(ProfileState).view
    assert not any(row.is_pending for row in view.details)
    (past,) = view.history
    assert (past.status, past.note) == ("Not accepted", "Why: The passport says Rosa.")


async def test_request_is_withdrawn_from_the_page(desk, tab):
    number = desk.ask()
    row = (await profile(tab))["name"]
    await tab.call(ProfileState.withdraw, row.number, row.key)
    assert desk.request(number).state is m.ChangeState.WITHDRAWN
    assert tab.said == "Withdrawn. Everything stays as it is."
    await tab.call(ProfileState.withdraw, row.number, fresh_key())
    assert tab.state(ProfileState).problem


@pytest.mark.requirement("S0-12")
async def test_address_is_saved_at_once(desk, tab):
    state = await editing(tab, "address")
    assert not state.view.waits
    await tab.call(EditDetailState.save, form(state, **ADDRESS))
    assert tab.said == "Saved."
    assert (await profile(tab))["address"].lines == [
        "14 Harbour Road",
        "Unit 2",
        "Tampa, FL 33602",
        "United States",
    ]


async def test_what_is_wrong_stands_beside_its_field_and_the_form_stays(desk, tab):
    state = await editing(tab, "address")
    key = state.view.key
    await tab.call(EditDetailState.save, form(state, **ADDRESS | {"city": "", "country": ""}))
    assert set(state.field_problems) == {"city", "country"}
    assert state.view.key == key
    await tab.call(EditDetailState.save, form(state, **ADDRESS))
    assert state.field_problems == {}


@pytest.mark.requirement("S0-12")
async def test_email_asks_for_step_up_then_for_the_code(desk):
    state = await editing(Tab(desk.customer, desk.account.id), "email")
    assert (state.view.needs_step_up, state.view.step_up_href) == (
        True,
        "/security?next=/profile/email",
    )
    tab = Tab(desk.stepped_up(), desk.account.id)
    state = await editing(tab, "email")
    assert not state.view.needs_step_up
    await tab.call(EditDetailState.send_code, form(state, email="rosa@new.example"))
    assert state.view.sent_to == "rosa@new.example"
    letter = f.fetch(m.OutboundMessage, recipient="rosa@new.example")
    code = re.search(r"\d{6}", letter.text)[0]
    wrong = "000000" if code != "000000" else "111111"
    await tab.call(EditDetailState.confirm, form(state, code=wrong))
    assert set(state.field_problems) == {"code"}
    event = await tab.call(EditDetailState.confirm, form(state, code=code))
    assert path_of(event) == "/profile"
    assert desk.person.email == "rosa@new.example"


async def test_mobile_is_shown_as_people_write_it(desk):
    tab = Tab(desk.stepped_up(), desk.account.id)
    state = await editing(tab, "phone")
    await tab.call(EditDetailState.send_code, form(state, mobile="8135550199"))
    assert state.view.sent_to == "(813) 555-0199"


@pytest.mark.requirement("S0-05")
async def test_switch_takes_the_way_to_change_off_an_open_page(desk, tab):
    assert all(row.may_edit for row in (await profile(tab)).values())
    branding.switch_feature(desk.admin, feature="edit_profile", is_on=False, key="off")
    heard = live.watchers([f"settings:{desk.customer.brand}"])
    assert any("profile_state.refresh" in watcher.event for watcher in heard)
    await tab.call(ProfileState.refresh)
    assert not any(row.may_edit for row in tab.state(ProfileState).view.details)
    state = await editing(tab, "address")
    assert "cannot be done in the portal" in state.notice.body
    await tab.call(EditDetailState.save, {**ADDRESS, "key": fresh_key()})
    assert "cannot be done in the portal" in state.problem
    assert desk.person.city == ""


@pytest.mark.requirement("S0-05")
async def test_open_form_says_so_when_it_is_switched_off_and_comes_back_as_it_was(desk, tab):
    state = await editing(tab, "address")
    key = state.view.key
    heard = live.watchers([f"settings:{desk.customer.brand}"])
    assert any("edit_detail_state.refresh" in watcher.event for watcher in heard)
    branding.switch_feature(desk.admin, feature="edit_profile", is_on=False, key="off")
    await tab.call(EditDetailState.refresh)
    assert "cannot be done in the portal" in state.notice.body
    branding.switch_feature(desk.admin, feature="edit_profile", is_on=True, key="on")
    await tab.call(EditDetailState.refresh)
    assert state.notice.title == ""
    assert state.view.key == key


async def test_open_form_says_that_something_waits_already_once_another_tab_has_asked(desk, tab):
    state = await editing(tab, "name")
    number = desk.ask()
    await tab.call(EditDetailState.refresh)
    assert state.view.is_pending
    desk.reject(number)
    await tab.call(EditDetailState.refresh)
    assert not state.view.is_pending


@pytest.mark.requirement("S0-14")
async def test_page_says_what_a_later_feed_has_brought(desk, tab):
    desk.rule("name", "auto")
    desk.ask(given_name="Rosie")
    people.change(desk.person, given_name="Rosa-Maria")
    with transaction(replace(desk.admin.system("imports"), brand=desk.customer.brand)) as tx:
        person = tx.session.get(m.Person, desk.customer.person_id)
        changes.note_feed(tx, subject_type="person", rows=[person.model_dump()])
    row = (await profile(tab))["name"]
    assert row.overtaken == (
        "On 20 Nov 2026 our records were updated to Rosa-Maria. That took the place of Rosie."
    )


async def test_address_of_no_detail_is_not_found_and_forms_of_any_shape_do_no_harm(desk, tab):
    state = await editing(tab, "shoe-size")
    assert state.notice.title == "Page not found"
    await editing(tab, "name")
    for odd in (None, [], "x", {"given_name": ["x"], "key": {}}, {"key": "k"}):
        for handler in ("save", "send_code", "confirm"):
            await tab.call(getattr(EditDetailState, handler), odd)
            assert state.problem or state.field_problems
        await tab.call(ProfileState.withdraw, odd, odd)
    assert f.fetch_all(m.ChangeRequest) == []
