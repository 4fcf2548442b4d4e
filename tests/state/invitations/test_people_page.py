"""Finding somebody by what a caller can name, and inviting them from what was found."""

from datetime import UTC, datetime, timedelta

import pytest

from portal_app import models as m
from portal_app.state.customers.list import CustomersState
from portal_app.state.invitations.activation import ActivateState
from portal_app.state.invitations.list import InvitationsState
from portal_app.state.invitations.people import PeopleState
from tests import factories as f
from tests.services.access import customers
from tests.services.invitations import world as invited
from tests.state.tabs import Tab

VIN = "7HLDMA320LX003303"


@pytest.fixture
def cover(db, clock):
    return invited.covered()


@pytest.fixture
def desk(cover):
    number = cover.account.number
    return Tab(cover.agent).at(f"/staff/customers/{number}", number=number)


def sheet(desk):
    return desk.state(PeopleState).sheet


def form(desk, **typed):
    return {"person": sheet(desk).person, "key": sheet(desk).key, **typed}


@pytest.mark.requirement("S0-10")
@pytest.mark.parametrize("typed", [VIN, VIN.lower(), f"{VIN[:9]} {VIN[9:]}"])
async def test_a_vin_leads_to_the_holder_with_the_sheet_open(cover, typed):
    made = m.Asset(brand_id=f.brand().id, external_id="v", kind="vehicle", vin=VIN)
    vehicle = f._save(made)
    customers.change(cover.contract, asset_id=vehicle.id)
    desk = Tab(cover.agent)
    await desk.call(CustomersState.load)
    await desk.call(CustomersState.look_for, typed)
    (line,) = desk.state(CustomersState).rows
    assert line.href == f"/staff/customers/{cover.account.number}?person={cover.holder.id}"
    assert cover.contract.number in line.by
    desk.at(line.href, number=cover.account.number, person=cover.holder.id)
    await desk.call(PeopleState.load)
    assert sheet(desk).person == cover.holder.id
    assert sheet(desk).is_ready


async def test_the_last_sign_in_is_told_in_the_customers_zone_as_all_else_about_them(desk, cover):
    f.give(cover.account, timezone="America/Denver")
    f.user(cover.holder, password_hash="x", last_login_at=datetime(2026, 11, 20, 15, tzinfo=UTC))
    await desk.call(PeopleState.load)
    (row,) = desk.state(PeopleState).rows
    assert row.note == "Last signed in 20 November 2026 at 08:00"


@pytest.mark.requirement("S0-08")
async def test_a_click_on_request_verification_invites(desk, cover):
    await desk.call(PeopleState.load)
    (row,) = desk.state(PeopleState).rows
    assert (row.label, row.href) == ("Not invited", f"/staff/people/{cover.holder.id}")
    await desk.call(PeopleState.open, row.id)
    await desk.call(PeopleState.request_verification, form(desk))
    assert desk.said == "Sent. Their link works for seven days."
    assert (sheet(desk).label, sheet(desk).is_live) == ("Invited", True)
    assert len(invited.letters()) == 1


@pytest.mark.requirement("S0-09")
async def test_verify_and_invite_wants_to_know_how_and_replaces_the_earlier_link(desk, cover):
    cover.invite("earlier")
    token = invited.newest_token()
    await desk.call(PeopleState.open, cover.holder.id)
    await desk.call(PeopleState.verify_and_invite, form(desk, note=" "))
    assert "note" in desk.state(PeopleState).field_problems
    assert len(invited.letters()) == 1
    await desk.call(PeopleState.verify_and_invite, form(desk, note="Knew the VIN."))
    assert [past.title for past in sheet(desk).history] == ["Invited", "Replaced"]
    assert "Knew the VIN." in sheet(desk).history[0].text
    visitor = Tab(invited.visitor()).at(f"/activate/{token}", token=token)
    await visitor.call(ActivateState.load)
    page = visitor.state(ActivateState).page
    assert (page.title, page.is_good) == ("This link was replaced", False)


async def test_a_link_to_hand_over_is_shown_once(desk, cover):
    await desk.call(PeopleState.open, cover.holder.id)
    await desk.call(PeopleState.copy_link, form(desk))
    assert "/activate/" in desk.state(PeopleState).link
    await desk.call(PeopleState.close, False)
    assert desk.state(PeopleState).link == ""
    await desk.call(PeopleState.open, cover.holder.id)
    assert desk.state(PeopleState).link == ""


async def test_the_checklist_says_what_keeps_somebody_from_being_invited(desk, cover):
    customers.change(cover.holder, email="")
    await desk.call(PeopleState.open, cover.holder.id)
    assert not sheet(desk).is_ready
    missing = [need.label for need in sheet(desk).needs if not need.is_met]
    assert missing == ["There is an email address"]


async def test_the_list_says_which_links_work_and_which_have_run_out(cover, clock):
    cover.invite()
    desk = Tab(cover.agent)
    await desk.call(InvitationsState.load)
    await desk.call(InvitationsState.look_at, "live")
    assert [row.label for row in desk.state(InvitationsState).rows] == ["Invited"]
    clock.advance(seconds=timedelta(days=7).total_seconds())
    await desk.call(InvitationsState.look_at, "live")
    assert desk.state(InvitationsState).rows == []
    await desk.call(InvitationsState.look_at, "expired")
    assert [row.person for row in desk.state(InvitationsState).rows] == [cover.holder.name]
