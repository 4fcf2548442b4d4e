import pytest

from portal_app import models as m
from portal_app.core.errors import NotFound
from portal_app.services import rentals
from tests import factories as f


@pytest.fixture
def requests(hire, clock) -> list[str]:
    """One request in each of four states, a minute apart, the oldest first."""
    hire.line.quantity = 50
    f._save(hire.line)
    numbers = []
    for command in (None, rentals.acknowledge, "schedule", rentals.decline):
        clock.advance(minutes=1)
        numbers.append(hire.ask(quantity=1))
        if command == "schedule":
            hire.step(rentals.acknowledge, numbers[-1])
            hire.step(rentals.schedule, numbers[-1], when="2026-11-24T08:00")
        elif command is rentals.decline:
            hire.step(command, numbers[-1], reason="No lorry")
        elif command:
            hire.step(command, numbers[-1])
    return numbers


def found(hire, **wanted) -> list[str]:
    return [row.number for row in rentals.queue(hire.agent, **wanted).rows]


@pytest.mark.requirement("S3-25")
def test_saved_views_hold_what_their_names_say(hire, requests):
    assert found(hire) == found(hire, view="open") == requests[:3]
    assert found(hire, view="needs_action") == requests[:2]
    assert found(hire, view="scheduled") == [requests[2]]
    assert found(hire, view="all") == requests[::-1]
    counts = dict(rentals.queue(hire.agent).counts)
    assert counts == {"open": 3, "needs_action": 2, "scheduled": 1, "all": 4}


def test_counts_stop_where_they_are_no_longer_worth_knowing(hire, requests, monkeypatch):
    monkeypatch.setattr("portal_app.services.rentals.queries.queue.MOST_COUNTED", 2)
    assert dict(rentals.queue(hire.agent).counts)["all"] == 2


@pytest.mark.parametrize("view", ["open", "all"])
def test_pages_hold_every_request_once_even_at_the_same_moment(hire, requests, view, monkeypatch):
    monkeypatch.setattr(rentals.queue.__globals__["page_of"], "__kwdefaults__", {
        "oldest_first": False, "size": 2,
    })  # fmt: skip
    for _ in range(3):
        hire.ask(quantity=1)
    seen, after = [], ""
    while True:
        page = rentals.queue(hire.agent, view=view, after=after)
        seen += [row.number for row in page.rows]
        if not (after := page.after):
            break
    assert len(seen) == len(set(seen)) == (6 if view == "open" else 7)


def test_search_and_kind_narrow_the_queue(hire, requests):
    brought = hire.ask(quantity=1, method="drop_off", contact_name="Ada Quist")
    assert found(hire, kind="drop_off") == [brought]
    assert found(hire, search="quist") == [brought]
    assert found(hire, search=requests[0].lower()) == [requests[0]]
    assert found(hire, search=hire.account.number) == [*requests[:3], brought]
    assert found(hire, search="nobody") == []


def test_queue_is_the_brands_own_and_closed_to_customers(hire, requests):
    other = f.brand(key="orchard", name="Orchard")
    assert rentals.queue(f.staff_actor(brand_id=other.id), view="all").rows == ()
    with pytest.raises(NotFound):
        rentals.queue(hire.owner)


def test_anything_may_be_asked_of_the_queue(hire, requests):
    for odd in (None, 5, ["open"], {"a": 1}, "x" * 10_000, "a\x00b", "\ud800", float("nan")):
        assert found(hire, view=odd) == requests[:3]
        assert found(hire, kind=odd, after=odd) == requests[:3]
        rentals.queue(hire.agent, search=odd)


def test_account_lists_its_own_requests_newest_first(hire, requests):
    rows = rentals.requests_of(hire.owner, account=hire.account.id).rows
    assert [row.number for row in rows] == requests[::-1]
    assert rows[0].look.label == "Declined"
    with pytest.raises(NotFound):
        rentals.requests_of(f.consumer_actor(f.account()), account=hire.account.id)


def test_badges_count_what_waits_and_what_is_out(hire, requests):
    assert rentals.waiting(hire.agent) == 2
    assert rentals.lines_out(hire.owner, account=hire.account.id) == 1
    f.line(hire.contract, quantity=1, quantity_returned=1)
    assert rentals.lines_out(hire.owner, account=hire.account.id) == 1
    with pytest.raises(NotFound):
        rentals.waiting(hire.owner)
    with pytest.raises(NotFound):
        rentals.lines_out(f.consumer_actor(f.account()), account=hire.account.id)


def test_store_without_an_address_still_finds_the_request_in_its_queue(hire):
    hire.store.email = ""
    f._save(hire.store)
    number = hire.ask()
    assert found(hire) == [number]
    assert len(f.fetch_all(m.OutboundMessage)) == 1
