from datetime import UTC, datetime

import pytest

from portal_app.core.errors import NotFound
from portal_app.services import rentals
from tests import factories as f

# It is 20 November, 10:00 in New York and 16:00 in Berlin.
YESTERDAY = datetime(2026, 11, 19, 12, tzinfo=UTC)
TODAY_EARLIER = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATE_EVENING_IN_BERLIN = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)


def short(hire, size=4):
    return rentals.out_in_short(hire.owner, account=hire.account.id, size=size)


@pytest.mark.requirement("S3-24")
def test_what_is_due_first_stands_first_and_all_late_items_are_counted(hire):
    for number in range(60):
        f.line(hire.contract, description=f"Lamp {number}", quantity=2, due_back_at=YESTERDAY)
    f.line(hire.contract, description="Due today", quantity=5, due_back_at=TODAY_EARLIER)
    found = short(hire)
    assert [line.due for line in found.rows] == ["overdue"] * 4
    assert found.rows[0].quantity_out == 2
    assert found.late == 120


def test_it_says_the_same_of_a_line_as_the_whole_list(hire):
    f.line(hire.contract, description="Pump", quantity=4, quantity_returned=1, site="Depot")
    f.line(f.contract(hire.account), description="No store", due_back_at=TODAY_EARLIER)
    whole = rentals.items_out(hire.owner, account=hire.account.id).rows
    names = ("line_id", "contract_number", "description", "quantity_out", "out_at", "due", "zone")
    assert [[getattr(line, name) for name in names] for line in short(hire).rows] == [
        [getattr(item, name) for name in names] for item in whole
    ]


def test_late_follows_the_calendar_of_each_store(hire):
    berlin = f.contract(hire.account, store_id=f.store(timezone="Europe/Berlin").id)
    f.line(berlin, quantity=1, due_back_at=LATE_EVENING_IN_BERLIN)  # half past midnight: today
    f.line(hire.contract, quantity=7, due_back_at=LATE_EVENING_IN_BERLIN)  # half past six: late
    assert short(hire).late == 7


def test_nothing_is_out_and_nothing_late_once_all_came_back(hire):
    hire.line.quantity_returned = 3
    f._save(hire.line)
    assert short(hire) == rentals.OutInShort((), 0)


@pytest.mark.parametrize("account", ["", "no-such-account", None, 7, ["x"], "a\x00b", "x" * 5000])
def test_an_account_that_is_not_ones_own_does_not_exist(hire, account):
    with pytest.raises(NotFound):
        rentals.out_in_short(hire.owner, account=account, size=4)
