"""Many at the same moment: the same items are called off once (abuse case 23, R15)."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal_app import models as m
from portal_app.core.errors import PortalError
from portal_app.services import rentals
from tests import factories as f

MANY = 50


def at_once(work) -> list[str]:
    """Run the work in many threads that start together; return the numbers or the refusals."""
    ready = threading.Barrier(MANY)

    def one(index: int) -> str:
        ready.wait()
        try:
            return work(index)
        except PortalError as refusal:
            return type(refusal).__name__

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


@pytest.mark.requirement("S3-25")
def test_fifty_submissions_for_the_same_items_have_one_effect(hire):
    answers = at_once(lambda index: hire.ask(quantity=3, key=f"click-{index}"))
    (request,) = f.fetch_all(m.RentalRequest)
    assert sorted(answers) == sorted([request.number, *["Conflict"] * (MANY - 1)])
    assert len(f.fetch_all(m.AuditEvent)) == len(f.fetch_all(m.Notification)) == 1


def test_fifty_replays_of_one_click_have_one_effect_and_one_answer(hire):
    answers = at_once(lambda _: hire.ask(quantity=1, key="one-click"))
    (request,) = f.fetch_all(m.RentalRequest)
    assert set(answers) == {request.number}


def test_fifty_single_items_never_exceed_what_is_out(hire):
    answers = at_once(lambda index: hire.ask(quantity=1, key=f"click-{index}"))
    assert sum(answer.startswith("OR-") for answer in answers) == 3
    assert sum(request.quantity for request in f.fetch_all(m.RentalRequest)) == 3


def test_fifty_check_ins_raise_the_returned_quantity_once(hire):
    number = hire.ask(quantity=1)
    hire.step(rentals.acknowledge, number)
    hire.step(rentals.receive_return, number)
    at_once(
        lambda index: rentals.check_in(hire.agent, number=number, quantity=1, key=f"click-{index}")
    )
    assert hire.line_now().quantity_returned == 1


def test_confirming_and_declining_at_once_never_contradict_each_other(hire):
    number = hire.ask(quantity=1)

    def either(index: int) -> str:
        if index % 2:
            return rentals.acknowledge(hire.agent, number=number, key=f"click-{index}")
        return rentals.decline(hire.agent, number=number, reason="No", key=f"click-{index}")

    at_once(either)
    steps = [step.state for step in f.fetch_all(m.RentalRequestStep)]
    # Declining after acknowledging is legal; the other way round is not.
    assert steps in (
        [m.RequestState.SUBMITTED, m.RequestState.DECLINED],
        [m.RequestState.SUBMITTED, m.RequestState.ACKNOWLEDGED, m.RequestState.DECLINED],
    )
