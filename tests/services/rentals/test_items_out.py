from datetime import UTC, datetime

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, NotFound
from portal_app.services import rentals
from tests import factories as f


def shown(hire, actor=None, **wanted):
    return rentals.items_out(actor or hire.owner, account=hire.account.id, **wanted)


@pytest.mark.requirement("S3-24")
def test_partial_return_reduces_the_quantity_and_a_full_one_removes_the_line(hire):
    hire.line.quantity_returned = 1
    f._save(hire.line)
    (item,) = shown(hire).rows
    assert (item.contract_number, item.quantity_out) == (hire.contract.number, 2)
    hire.line.quantity_returned = 3
    f._save(hire.line)
    assert shown(hire).rows == ()


@pytest.mark.requirement("S3-24")
def test_items_of_all_current_contracts_stand_together_and_no_others(hire):
    second = f.contract(hire.account)
    f.line(second, description="Tower light")
    for status in (m.ContractStatus.QUOTE, m.ContractStatus.RESERVATION, m.ContractStatus.RETURNED):
        f.line(f.contract(hire.account, status=status), description=status.value)
    f.line(f.contract(f.account(number="A-other")), description="Somebody else's")
    f.line(second, description="Withdrawn", ended_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert {item.description for item in shown(hire).rows} == {
        "Scissor lift, 26 ft",
        "Tower light",
    }


@pytest.mark.requirement("S3-24")
@pytest.mark.parametrize("kind", [m.ContractKind.SERVICE_CONTRACT, m.ContractKind.FINANCE])
def test_what_a_service_contract_covers_is_neither_out_nor_called_off(hire, kind):
    covered = f.line(f.contract(hire.account, kind=kind), description="2023 estate car")
    assert [item.description for item in shown(hire).rows] == ["Scissor lift, 26 ft"]
    assert rentals.lines_out(hire.owner, account=hire.account.id) == 1
    with pytest.raises(Conflict, match="not on rent"):
        rentals.request_form(hire.owner, line=covered.id)
    with pytest.raises(Conflict, match="not on rent"):
        hire.ask(line=covered.id)


@pytest.mark.requirement("S3-24")
@pytest.mark.parametrize(
    ("due", "expected"),
    [
        # It is 20 November, 10:00 in New York: 03:00 UTC on the 20th was still the 19th there.
        (datetime(2026, 11, 20, 3, 0, tzinfo=UTC), "overdue"),
        (datetime(2026, 11, 20, 5, 0, tzinfo=UTC), "today"),
        (datetime(2026, 11, 21, 4, 59, tzinfo=UTC), "today"),
        (datetime(2026, 11, 21, 5, 0, tzinfo=UTC), ""),
        (None, ""),
    ],
)
def test_overdue_follows_the_stores_calendar(hire, due, expected):
    hire.line.due_back_at = due
    f._save(hire.line)
    assert shown(hire).rows[0].due == expected


def test_what_is_due_first_stands_first_and_pages_hold_every_line_once(hire, monkeypatch):
    monkeypatch.setattr("portal_app.services.rentals.queries.items.PAGE", 2)
    days = (24, 22, None, 22, 23)
    for number, day in enumerate(days):
        due = datetime(2026, 11, day, 12, tzinfo=UTC) if day else None
        f.line(hire.contract, description=f"Item {number}", due_back_at=due)
    seen, after = [], ""
    while True:
        page = shown(hire, after=after)
        seen += [item.description for item in page.rows]
        if not (after := page.after):
            break
    assert seen[:4] == ["Item 1", "Item 3", "Item 4", "Item 0"]
    assert sorted(seen[4:]) == ["Item 2", "Scissor lift, 26 ft"]


def test_search_looks_at_item_contract_and_site_and_takes_signs_literally(hire):
    f.line(hire.contract, description="100% battery lamp", site="Depot")
    assert [i.description for i in shown(hire, search="0% BATT").rows] == ["100% battery lamp"]
    assert [i.description for i in shown(hire, search="pier").rows] == ["Scissor lift, 26 ft"]
    assert len(shown(hire, search=hire.contract.number).rows) == 2
    assert shown(hire, search="_").rows == ()


def test_open_requests_reduce_what_can_be_called_off_and_are_named(hire):
    number = hire.ask(quantity=2)
    (item,) = shown(hire).rows
    assert (item.quantity_out, item.available) == (3, 1)
    assert [(link.number, link.quantity) for link in item.requests] == [(number, 2)]
    hire.step(rentals.decline, number, reason="The site is closed.")
    assert shown(hire).rows[0].available == 3


def test_a_page_of_items_takes_a_fixed_number_of_queries(hire, any_db):
    from sqlalchemy import event

    counted = []
    event.listen(any_db, "before_cursor_execute", lambda *a: counted.append(a[2]))
    shown(hire)
    few = len(counted)
    for _ in range(20):
        f.line(f.contract(hire.account, store_id=hire.store.id))
    counted.clear()
    shown(hire)
    assert len(counted) == few <= 7


def test_billing_contact_sees_the_items_but_is_offered_no_request(hire):
    billing = f.consumer_actor(hire.account, role=m.ContactRole.BILLING)
    assert shown(hire, billing).may_request is False
    assert len(shown(hire, billing).rows) == 1
    assert shown(hire).may_request is True


@pytest.mark.parametrize("account", ["", "no-such-account", None, 7, ["x"], "a\x00b", "x" * 5000])
def test_an_account_that_is_not_ones_own_does_not_exist(hire, account):
    stranger = f.consumer_actor(f.account())
    for actor in (hire.owner, stranger):
        with pytest.raises(NotFound):
            rentals.items_out(actor, account=account)
    with pytest.raises(NotFound):
        rentals.items_out(stranger, account=hire.account.id)
