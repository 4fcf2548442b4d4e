from datetime import UTC, datetime

import pytest

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.services import rentals
from portal_app.services.rentals.rules.moves import FINAL, MOVES, Move, Side
from tests import factories as f
from tests.services.rentals.conftest import make_hire

State = m.RequestState
COMMANDS = {
    Move.ACKNOWLEDGE: (rentals.acknowledge, {}),
    Move.CANCEL: (rentals.cancel_request, {}),
    Move.DECLINE: (rentals.decline, {"reason": "The crane is on site until Friday."}),
    Move.SCHEDULE: (rentals.schedule, {"when": "2026-11-24T08:00"}),
    Move.RESCHEDULE: (rentals.reschedule, {"when": "2026-11-25T08:00"}),
    Move.RECEIVE_RETURN: (rentals.receive_return, {}),
    Move.PICK_UP: (rentals.receive_return, {}),
    Move.CHECK_IN: (rentals.check_in, {"quantity": 2}),
}
# Written out a second time, from the specification, so that a slip in the rules is seen.
EXPECTED = {
    "submitted": {"acknowledge": "S", "cancel": "C", "decline": "S"},
    "acknowledged": {"schedule": "S", "cancel": "C", "decline": "S", "receive_return": "S"},
    "scheduled": {"reschedule": "S", "pick_up": "S", "cancel": "S"},
    "returned": {"check_in": "S"},
    "completed": {},
    "declined": {},
    "cancelled": {},
}


def in_state(hire, state: State) -> str:
    number = hire.ask()
    request = hire.request(number)
    request.state = state
    f._save(request)
    return number


def test_table_of_moves_is_the_specified_one():
    found = {state.value: {} for state in State}
    for (state, move), (_, side) in MOVES.items():
        found[state.value][move.value] = "S" if side is Side.STAFF else "C"
    assert found == EXPECTED
    assert {state.value for state in FINAL} == {"completed", "declined", "cancelled"}


@pytest.mark.requirement("S3-25")
@pytest.mark.parametrize("side", ["staff", "customer"])
@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_each_move_works_exactly_where_the_table_says(sqlite_hire, state, move, side):
    hire = sqlite_hire
    number = in_state(hire, state)
    command, entered = COMMANDS[move]
    actor = hire.agent if side == "staff" else hire.owner
    allowed = EXPECTED[state.value]
    # One button receives items, whether they were fetched or brought.
    names = {"receive_return", "pick_up"} if command is rentals.receive_return else {move.value}
    is_legal = any(allowed.get(name) == ("S" if side == "staff" else "C") for name in names)
    if is_legal:
        hire.step(command, number, actor, **entered)
        assert hire.request(number).state in {
            after for (s, _), (after, _) in MOVES.items() if s is state
        }
        return
    before = hire.request(number).model_dump()
    trail = len(f.fetch_all(m.AuditEvent))
    with pytest.raises((Conflict, NotAllowed)):
        hire.step(command, number, actor, **entered)
    assert hire.request(number).model_dump() == before
    assert len(f.fetch_all(m.AuditEvent)) == trail


@pytest.mark.requirement("S3-25")
def test_request_from_asking_to_check_in_leaves_its_whole_history(hire, clock):
    number = hire.ask()
    for command, entered in (
        (rentals.acknowledge, {}),
        (rentals.schedule, {"when": "2026-11-24T08:00", "note": "Between 8 and 12."}),
        (rentals.reschedule, {"when": "2026-11-25T09:30"}),
        (rentals.receive_return, {}),
        (rentals.check_in, {"quantity": 2}),
    ):
        clock.advance(minutes=5)
        hire.step(command, number, **entered)
    detail = rentals.request_detail(hire.owner, number=number)
    assert [step.title for step in detail.steps] == [
        "Request sent",
        "Confirmed by the store",
        "Time agreed",
        "Time agreed",
        "Items received",
        "Checked in",
    ]
    assert detail.steps[2].note == "24 November 2026 at 08:00 (EST). Between 8 and 12."
    assert detail.row.scheduled_for == datetime(2026, 11, 25, 14, 30, tzinfo=UTC)
    assert detail.quantity_out == 1
    assert detail.row.look.label == "Completed"
    actions = [event.action.rsplit(":", 1)[1] for event in f.fetch_all(m.AuditEvent)]
    assert actions == [
        "submitted", "acknowledged", "scheduled", "rescheduled", "returned", "completed",
    ]  # fmt: skip
    topics = [notice.topic for notice in f.fetch_all(m.Notification)]
    assert topics == [f"rental.{action}" for action in actions]


@pytest.mark.requirement("S3-24")
def test_check_in_of_fewer_takes_only_those_off_and_frees_the_rest(hire):
    number = in_state(hire, State.RETURNED)
    hire.step(rentals.check_in, number, quantity=1)
    (item,) = rentals.items_out(hire.owner, account=hire.account.id).rows
    assert (item.quantity_out, item.available) == (2, 2)


@pytest.mark.parametrize("quantity", [3, -1, "1.5", None, float("inf")])
def test_check_in_takes_no_more_than_was_asked_for(hire, quantity):
    number = in_state(hire, State.RETURNED)
    with pytest.raises(Invalid):
        hire.step(rentals.check_in, number, quantity=quantity)
    assert hire.line_now().quantity_returned == 0


def test_newer_feed_wins_over_a_check_in_and_is_never_exceeded(hire):
    number = in_state(hire, State.RETURNED)
    line = hire.line_now()
    line.quantity_returned = 3  # the operator's system has counted them meanwhile
    f._save(line)
    with pytest.raises(Invalid, match="Enter 0"):
        hire.step(rentals.check_in, number, quantity=1)
    hire.step(rentals.check_in, number, quantity=0)
    assert hire.line_now().quantity_returned == 3


def test_store_may_confirm_another_moment_than_the_one_asked_for(hire):
    number = hire.ask(requested_for="2026-11-24T08:00")
    hire.step(rentals.acknowledge, number, off_rent_at="2026-11-19T17:00")
    assert hire.request(number).confirmed_off_rent_at == datetime(2026, 11, 19, 22, 0, tzinfo=UTC)


def test_rent_may_stop_in_the_minute_in_which_the_items_went_out(any_db, licensed, clock):
    clock.advance(seconds=40)
    hire = make_hire(out_at=clock.time)
    number = hire.ask()
    hire.step(rentals.acknowledge, number, off_rent_at="2026-11-20T10:00")
    assert hire.request(number).state is State.ACKNOWLEDGED


@pytest.mark.asvs("2.2.3")
@pytest.mark.parametrize("typed", ["2025-01-01T00:00", "2028-01-01T00:00", "soon", None, 4])
def test_confirmed_moment_must_be_possible(hire, typed):
    number = hire.ask()
    with pytest.raises(Invalid) as refusal:
        hire.step(rentals.acknowledge, number, off_rent_at=typed)
    assert set(refusal.value.fields) == {"off_rent_at"}
    assert hire.request(number).state is State.SUBMITTED


def test_schedule_refuses_the_past(hire):
    number = in_state(hire, State.ACKNOWLEDGED)
    with pytest.raises(Invalid, match="has passed"):
        hire.step(rentals.schedule, number, when="2026-11-19T08:00")


@pytest.mark.parametrize("reason", ["", "   ", None, "x" * 301])
def test_decline_needs_a_reason_that_the_customer_can_read(hire, reason):
    number = hire.ask()
    with pytest.raises(Invalid) as refusal:
        hire.step(rentals.decline, number, reason=reason)
    assert set(refusal.value.fields) == {"reason"}
    hire.step(rentals.decline, number, reason="The ferry is full.")
    assert rentals.request_detail(hire.owner, number=number).reason == "The ferry is full."


def test_customer_cancels_until_it_is_scheduled_and_is_then_sent_to_the_store(hire):
    number = hire.ask(quantity=1)
    hire.step(rentals.acknowledge, number)
    hire.step(rentals.cancel_request, number, hire.owner)
    assert hire.request(number).state is State.CANCELLED
    arranged = in_state(hire, State.SCHEDULED)
    with pytest.raises(NotAllowed, match="only your store"):
        hire.step(rentals.cancel_request, arranged, hire.owner)
    hire.step(rentals.cancel_request, arranged)
    assert hire.request(arranged).state is State.CANCELLED


def test_same_decision_twice_is_made_once(hire):
    number = hire.ask()
    for _ in range(2):
        rentals.acknowledge(hire.agent, number=number, key="same-click")
    assert len(f.fetch_all(m.RentalRequestStep, state=State.ACKNOWLEDGED)) == 1


def test_other_people_do_not_find_the_request(hire, clock):
    number = hire.ask()
    other = f.brand(key="orchard", name="Orchard")
    strangers = [f.consumer_actor(f.account()), f.staff_actor(Role.ADMIN, brand_id=other.id)]
    for actor in strangers:
        with pytest.raises(NotFound):
            rentals.request_detail(actor, number=number)
        for command, entered in COMMANDS.values():
            with pytest.raises(NotFound):
                hire.step(command, number, actor, **entered)
    assert hire.request(number).state is State.SUBMITTED


@pytest.mark.guards("rentals.may_add_photos")
def test_billing_contact_reads_a_request_and_can_do_nothing_to_it(hire):
    number = hire.ask()
    billing = f.consumer_actor(hire.account, role=m.ContactRole.BILLING)
    seen = rentals.request_detail(billing, number=number)
    assert (seen.moves, seen.may_add_photos) == (frozenset(), False)
    with pytest.raises(NotAllowed):
        hire.step(rentals.cancel_request, number, billing)


def test_moves_that_are_offered_are_those_that_work(hire):
    number = hire.ask()
    assert rentals.request_detail(hire.owner, number=number).moves == {Move.CANCEL}
    assert rentals.queue_item(hire.agent, number=number).moves == {Move.ACKNOWLEDGE, Move.DECLINE}
    with pytest.raises(NotFound):
        rentals.queue_item(hire.owner, number=number)
