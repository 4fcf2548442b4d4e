import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import Role
from portal_app.services import branding, rentals
from portal_app.state.rentals.items_out import ItemsOutState
from portal_app.state.rentals.off_rent import OffRentState
from portal_app.state.rentals.requests import OffRentRequestState, RequestsState
from tests import factories as f
from tests.services.rentals.conftest import make_hire
from tests.state.tabs import Tab, path_of


@pytest.fixture
def hire(db, clock):
    return make_hire()


@pytest.fixture
def tab(hire):
    return Tab(hire.owner, hire.account.id)


def at_step(tab, hire, step=1):
    return tab.at(f"/items-out/{hire.line.id}/off-rent?step={step}", line_id=hire.line.id)


STEP_1 = {"step": "1", "quantity": "2", "when": "later", "date_time": "2026-11-24T08:00"}
STEP_2 = {
    "step": "2",
    "method": "pickup",
    "place": "Gate 4",
    "contact_name": "Rosa Lindqvist",
    "contact_phone": "(813) 555-0111",
    "notes": "Ask for\nthe key.",
}


async def wizard(tab, hire):
    """Answer both steps and come to the third."""
    await at_step(tab, hire).call(OffRentState.load)
    await tab.call(OffRentState.answer, STEP_1)
    await at_step(tab, hire, 2).call(OffRentState.load)
    event = await tab.call(OffRentState.answer, STEP_2)
    assert path_of(event).endswith("?step=3")
    await at_step(tab, hire, 3).call(OffRentState.load)
    return tab.state(OffRentState)


def sent_form(state):
    draft = state.draft
    fields = ("quantity", "method", "place", "contact_name", "contact_phone", "notes")
    form = {name: getattr(draft, name) for name in fields}
    return form | {
        "requested_for": state.answers.requested_for,
        "line": state.page.line_id,
        "key": state.page.key,
    }


@pytest.mark.requirement("S3-25")
async def test_three_steps_lead_to_a_confirmation_with_a_reference(tab, hire):
    state = await wizard(tab, hire)
    assert state.step == 3
    assert state.answers.when == "24 November 2026 at 08:00"
    assert state.answers.contact == "Rosa Lindqvist, (813) 555-0111"
    event = await tab.call(OffRentState.send, sent_form(state))
    (request,) = f.fetch_all(m.RentalRequest)
    assert path_of(event) == f"/requests/{request.number}?sent=yes"
    assert (request.quantity, request.notes) == (2, "Ask for\nthe key.")
    tab.at(f"/requests/{request.number}?sent=yes", number=request.number)
    await tab.call(OffRentRequestState.load)
    page = tab.state(OffRentRequestState)
    assert (page.is_sent, page.request.number, page.request.may_cancel) == (
        True,
        request.number,
        True,
    )


async def test_repeated_click_leads_to_the_same_request(tab, hire):
    state = await wizard(tab, hire)
    form = sent_form(state)
    first = await tab.call(OffRentState.send, form)
    again = await Tab(hire.owner, hire.account.id).call(OffRentState.send, form)
    assert path_of(first) == path_of(again)
    assert len(f.fetch_all(m.RentalRequest)) == 1


async def test_what_was_typed_is_kept_when_it_is_refused(tab, hire):
    await at_step(tab, hire).call(OffRentState.load)
    wrong = STEP_1 | {"quantity": "9", "date_time": "2020-01-01T00:00"}
    assert await tab.call(OffRentState.answer, wrong) is None
    state = tab.state(OffRentState)
    assert set(state.field_problems) == {"quantity", "requested_for"}
    assert (state.draft.quantity, state.draft.date_time) == ("9", "2020-01-01T00:00")
    assert state.command["op"] == "focus"
    assert state.command["id"] == "errors"


async def test_going_back_shows_what_was_answered(tab, hire):
    state = await wizard(tab, hire)
    await at_step(tab, hire, 2).call(OffRentState.load)
    assert (state.step, state.draft.place, state.draft.notes) == (2, "Gate 4", "Ask for\nthe key.")
    await at_step(tab, hire, 1).call(OffRentState.load)
    assert (state.step, state.draft.quantity) == (1, "2")


async def test_changed_answer_returns_to_the_check(tab, hire):
    state = await wizard(tab, hire)
    await at_step(tab, hire, 1).call(OffRentState.load)
    event = await tab.call(OffRentState.answer, STEP_1 | {"quantity": "1"})
    assert path_of(event).endswith("?step=3")
    await at_step(tab, hire, 3).call(OffRentState.load)
    assert state.answers.quantity == "1"


async def test_step_that_cannot_be_reached_yet_opens_the_first_missing_one(tab, hire):
    await at_step(tab, hire, 3).call(OffRentState.load)
    assert tab.state(OffRentState).step == 1
    await tab.call(OffRentState.answer, STEP_1)
    await at_step(tab, hire, 3).call(OffRentState.load)
    assert tab.state(OffRentState).step == 2


async def test_fault_found_at_the_end_leads_to_its_step(tab, hire):
    state = await wizard(tab, hire)
    hire.ask(quantity=2)  # a colleague was faster: one is left
    event = await tab.call(OffRentState.send, sent_form(state))
    assert path_of(event).endswith("?step=1")
    await at_step(tab, hire, 1).call(OffRentState.load)
    assert set(state.field_problems) == {"quantity"}
    assert state.draft.quantity == "2"


async def test_another_line_starts_afresh(tab, hire):
    state = await wizard(tab, hire)
    other = f.line(hire.contract, description="Tower light", quantity=1, site="Yard")
    tab.at(f"/items-out/{other.id}/off-rent", line_id=other.id)
    await tab.call(OffRentState.load)
    assert (state.step, state.draft.quantity, state.draft.place) == (1, "1", "Yard")
    assert state.draft.notes == ""


async def test_line_that_is_all_called_off_says_by_which_request(tab, hire):
    number = hire.ask(quantity=3)
    await at_step(tab, hire, 3).call(OffRentState.load)
    state = tab.state(OffRentState)
    assert state.page.is_all_asked
    assert state.page.open_request == number


async def test_strangers_line_is_not_found_and_shows_nothing(hire):
    stranger = Tab(f.consumer_actor(f.account()), "")
    await at_step(stranger, hire).call(OffRentState.load)
    state = stranger.state(OffRentState)
    assert state.notice.title == "Page not found"
    assert state.page.item == ""


@pytest.mark.requirement("S3-24")
async def test_items_out_are_ready_to_read_and_follow_changes(tab, hire):
    await tab.call(ItemsOutState.load)
    state = tab.state(ItemsOutState)
    (row,) = state.rows
    assert (row.item, row.quantity, row.contract) == (
        hire.line.description,
        "3",
        hire.contract.number,
    )
    assert row.off_rent_href == f"/items-out/{hire.line.id}/off-rent"
    topics = {w.event for w in live.watchers([f"account:{hire.account.id}"])}
    assert any(event.endswith("items_out_state.refresh") for event in topics)
    number = hire.ask(quantity=3)
    await tab.call(ItemsOutState.refresh)
    assert [chip.href for chip in state.rows[0].requests] == [f"/requests/{number}"]
    assert state.rows[0].off_rent_href == ""


async def test_who_may_not_call_off_is_told_to_ask_the_store(tab, hire):
    await tab.call(ItemsOutState.load)
    assert tab.state(ItemsOutState).may_request
    actor = f.consumer_actor(hire.account, role=m.ContactRole.BILLING)
    billing = Tab(actor, hire.account.id)
    await billing.call(ItemsOutState.load)
    state = billing.state(ItemsOutState)
    assert (state.may_request, state.rows[0].off_rent_href) == (False, "")


async def test_search_and_more_show_more_or_fewer_rows(tab, hire, monkeypatch):
    monkeypatch.setattr("portal_app.services.rentals.queries.items.PAGE", 2)
    for n in range(4):
        f.line(hire.contract, description=f"Lamp {n}")
    await tab.call(ItemsOutState.load)
    state = tab.state(ItemsOutState)
    assert (len(state.rows), state.has_more) == (2, True)
    await tab.call(ItemsOutState.more)
    await tab.call(ItemsOutState.more)
    assert (len(state.rows), state.has_more) == (5, False)
    await tab.call(ItemsOutState.look_for, "lamp")
    assert (len(state.rows), state.has_more) == (2, True)
    await tab.call(ItemsOutState.look_for, ["not", "words"])
    assert state.search == ""


@pytest.mark.requirement("S3-25")
async def test_open_request_follows_the_store_and_says_so(tab, hire):
    number = hire.ask()
    tab.at(f"/requests/{number}", number=number)
    await tab.call(OffRentRequestState.load)
    state = tab.state(OffRentRequestState)
    assert (state.request.status, state.is_sent) == ("Sent", False)
    hire.step(rentals.acknowledge, number)
    tab.at("/")  # what the server sends carries no address
    await tab.call(OffRentRequestState.refresh)
    assert state.request.status == "Confirmed"
    assert tab.said.startswith("Confirmed. ")
    assert [step.title for step in state.request.steps] == [
        "Request sent",
        "Confirmed by the store",
    ]
    assert "Dana" not in str(state.request), "customers read the store's name, not its staff's"


async def test_customer_cancels_from_the_page(tab, hire):
    number = hire.ask()
    tab.at(f"/requests/{number}", number=number)
    await tab.call(OffRentRequestState.load)
    state = tab.state(OffRentRequestState)
    await tab.call(OffRentRequestState.cancel, state.request.key)
    assert (state.request.status, state.request.may_cancel) == ("Cancelled", False)
    await tab.call(OffRentRequestState.cancel, "another-key")
    assert state.problem.startswith("This request is cancelled by now.")


async def test_list_of_requests_links_to_each(tab, hire):
    number = hire.ask()
    await tab.call(RequestsState.load)
    (row,) = tab.state(RequestsState).rows
    assert (row.href, row.status) == (f"/requests/{number}", "Sent")


async def test_pages_start_empty_because_they_are_public(hire):
    for kind in (ItemsOutState, OffRentState, RequestsState, OffRentRequestState):
        fresh = Tab(hire.owner).state(kind)
        assert not fresh.is_loaded
        assert hire.line.description not in str(fresh.dict())


@pytest.mark.requirement("S0-05")
async def test_open_form_says_so_when_calling_off_is_switched_off_and_keeps_what_was_typed(
    tab, hire
):
    state = await wizard(tab, hire)
    heard = live.watchers([f"settings:{hire.owner.brand}"])
    assert any("off_rent_state.refresh" in watcher.event for watcher in heard)
    admin = f.staff_actor(Role.ADMIN, brand_id=hire.owner.brand)
    branding.switch_feature(admin, feature="call_off_rent", is_on=False, key="off")
    await tab.call(OffRentState.refresh)
    assert "cannot be done in the portal" in state.notice.body
    branding.switch_feature(admin, feature="call_off_rent", is_on=True, key="on")
    await tab.call(OffRentState.refresh)
    assert state.notice.title == ""
    assert state.draft.quantity == "2"


async def test_a_card_number_in_a_note_is_not_kept_and_its_writer_is_told(tab, hire):
    state = await wizard(tab, hire)
    form = sent_form(state) | {"notes": "Charge 4242 4242 4242 4242 please"}
    await tab.call(OffRentState.send, form)
    (request,) = f.fetch_all(m.RentalRequest)
    assert request.notes == "Charge •••• 4242 please"
    assert "We removed what looked like a card number" in tab.said
