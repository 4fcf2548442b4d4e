import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.services import rentals
from portal_app.state.rentals.queue import RentalQueueState
from portal_app.state.rentals.requests import Fact
from portal_app.state.rentals.work import WorkQueueState
from tests import factories as f
from tests.services.rentals.conftest import make_hire
from tests.state.tabs import Tab, path_of

PATH = "/staff/rental-requests"


@pytest.fixture
def hire(db, clock):
    return make_hire()


@pytest.fixture
def tab(hire):
    return Tab(hire.agent)


async def opened(tab, number):
    await tab.at(f"{PATH}?open={number}").call(RentalQueueState.load)
    return tab.state(RentalQueueState)


def form(state, **entered):
    return {"number": state.sheet.number, "key": state.sheet.key} | entered


@pytest.mark.requirement("S3-25")
async def test_new_request_appears_in_an_open_queue(tab, hire):
    await tab.at(PATH).call(RentalQueueState.load)
    state = tab.state(RentalQueueState)
    assert state.rows == []
    number = hire.ask()
    topic = f"rentals:{hire.account.brand_id}"
    assert any("queue_state.refresh" in w.event for w in live.watchers([topic]))
    await tab.call(RentalQueueState.refresh)
    assert [row.number for row in state.rows] == [number]
    assert (state.counts.open, state.counts.needs_action) == ("1", "1")


async def test_hours_of_another_zone_than_the_portals_say_so(tab, hire):
    number = hire.ask()
    state = await opened(tab, number)
    (row,) = state.rows
    assert row.wanted == row.asked == "20 Nov, 10:00 (New York time)"
    assert state.sheet.facts[-1] == Fact("Hours are in", "New York time")
    for one in (hire.store, hire.account):
        f.give(one, timezone="UTC")
    state = await opened(tab, number)
    (row,) = state.rows
    assert row.wanted == row.asked == "20 Nov, 15:00"
    assert "Hours are in" not in [fact.name for fact in state.sheet.facts]


async def test_address_opens_and_closes_the_sheet(tab, hire):
    number = hire.ask()
    state = await opened(tab, number)
    assert state.sheet.number == number
    assert (state.sheet.may_acknowledge, state.sheet.may_decline) == (True, True)
    assert (state.sheet.may_schedule, state.sheet.may_check_in) == (False, False)
    assert state.sheet.asked_for == "2026-11-20T10:00"
    assert path_of(await tab.call(RentalQueueState.close, False)) == PATH
    await tab.at(PATH).call(RentalQueueState.load)
    assert state.sheet.number == ""


async def test_every_decision_can_be_made_in_the_sheet(tab, hire):
    number = hire.ask()
    state = await opened(tab, number)
    await tab.call(RentalQueueState.acknowledge, form(state, off_rent_at=state.sheet.asked_for))
    assert state.sheet.status == "Confirmed"
    assert tab.said == "Confirmed. The customer has been told."
    await tab.call(RentalQueueState.schedule, form(state, when="2026-11-24T08:00", note="8 to 12"))
    await tab.call(RentalQueueState.reschedule, form(state, when="2026-11-25T08:00"))
    await tab.call(RentalQueueState.receive, form(state))
    assert state.sheet.to_check_in == "2"
    await tab.call(RentalQueueState.check_in, form(state, quantity="2"))
    assert state.sheet.status == "Completed"
    assert hire.line_now().quantity_returned == 2
    assert state.problem == ""
    assert state.field_problems == {}


async def test_refused_decision_says_why_beside_its_field(tab, hire):
    state = await opened(tab, hire.ask())
    await tab.call(RentalQueueState.decline, form(state, reason=" "))
    assert state.field_problems == {"reason": "Write why: the customer reads it."}
    await tab.call(RentalQueueState.check_in, form(state, quantity="1"))
    assert state.problem.startswith("This request is sent by now.")
    await tab.call(RentalQueueState.decline, form(state, reason="No lorry"))
    assert state.sheet.status == "Declined"


async def test_colleagues_decision_shows_in_the_open_sheet(tab, hire):
    number = hire.ask()
    state = await opened(tab, number)
    hire.step(rentals.acknowledge, number)
    await tab.at("/").call(RentalQueueState.refresh)
    assert (state.sheet.number, state.sheet.status) == (number, "Confirmed")


async def test_filters_narrow_and_are_cleared(tab, hire):
    pickup, drop_off = hire.ask(quantity=1), hire.ask(quantity=1, method="drop_off")
    await tab.at(PATH).call(RentalQueueState.load)
    state = tab.state(RentalQueueState)
    await tab.call(RentalQueueState.pick_kind, "drop_off")
    assert [row.number for row in state.rows] == [drop_off]
    await tab.call(RentalQueueState.look_for, pickup)
    assert state.rows == []
    await tab.call(RentalQueueState.pick_view, "scheduled")
    await tab.call(RentalQueueState.clear)
    assert [row.number for row in state.rows] == [pickup, drop_off]
    for odd in (None, ["open"], {}, 3):
        for handler in ("pick_view", "pick_kind", "look_for"):
            await tab.call(getattr(RentalQueueState, handler), odd)
    assert (state.view, state.kind, state.search) == ("open", "", "")


async def test_forms_of_any_shape_do_no_harm(tab, hire):
    number = hire.ask()
    state = await opened(tab, number)
    for odd in (None, [], "x", {"number": [number], "key": {}}, {"number": number}):
        for handler in ("acknowledge", "schedule", "decline", "receive", "check_in", "cancel"):
            await tab.call(getattr(RentalQueueState, handler), odd)
    assert state.problem
    assert hire.request(number).state is m.RequestState.SUBMITTED


async def test_work_queue_shows_what_needs_action(tab, hire):
    first, second = hire.ask(quantity=1), hire.ask(quantity=1)
    hire.step(rentals.decline, second, reason="No lorry")
    await tab.call(WorkQueueState.load)
    state = tab.state(WorkQueueState)
    assert [row.number for row in state.rows] == [first]
    assert state.waiting == "1"


async def test_work_queue_shows_locked_registrations(tab, hire):
    locked = f.account(portal_access=m.PortalAccess.LOCKED, name="Vale Roofing")
    f.account(portal_access=m.PortalAccess.REGISTRABLE)
    await tab.call(WorkQueueState.load)
    (row,) = tab.state(WorkQueueState).locked
    assert (row.customer, row.href) == ("Vale Roofing", f"/staff/customers/{locked.number}")


async def test_request_of_another_brand_does_not_open(hire):
    number = hire.ask()
    rival = Tab(f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id))
    state = await opened(rival, number)
    assert state.notice.title == "Page not found"
    assert state.sheet.number == ""
    assert state.rows == []
