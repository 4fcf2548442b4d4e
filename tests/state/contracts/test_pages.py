from datetime import UTC, date, datetime

import pytest

from portal_app import models as m
from portal_app.core.errors import NotAllowed
from portal_app.models import ContactRole, ContractKind, ContractStatus
from portal_app.services.identity import Caller
from portal_app.state import listing
from portal_app.state.base import PortalState
from portal_app.state.changes.profile import ProfileState
from portal_app.state.contracts.details import ContractState, ContractView
from portal_app.state.contracts.lists import ContractListState
from portal_app.state.contracts.words import days, in_address
from portal_app.web import guard
from tests import factories as f
from tests.services.access import customers
from tests.state.tabs import Tab

HOSTILE = [None, 7, float("nan"), [], {}, ["current"], "\x00", "\ud800", "x" * 20_000]


@pytest.fixture
def account(db, clock, licensed):
    return f.account(store_id=f.store(name="Dockside").id)


@pytest.fixture
def tab(account):
    return Tab(f.consumer_actor(account), account.id)


def numbers(tab):
    return [entry.number for entry in tab.state(ContractListState).rows]


@pytest.mark.requirement("S3-21")
async def test_a_row_says_number_status_and_items_out(account, tab):
    made = f.contract(account, number="R-77", store_id=account.store_id, ends_on=date(2026, 12, 1))
    f.line(made, description="Boom lift", quantity=1_500, quantity_returned=1)
    f.line(made, description="Auger", quantity=1, quantity_returned=1)
    await tab.call(ContractListState.load)
    (entry,) = tab.state(ContractListState).rows
    assert (entry.number, entry.status, entry.items_out) == ("R-77", "Open", "1,499")
    assert (entry.what, entry.store) == ("Auger and 1 more", "Dockside")
    assert entry.dates == "1 Nov 2026 to 1 Dec 2026"
    assert (entry.href, entry.pdf) == ("/contracts/R-77", f"/files/contracts/{made.id}")
    assert entry.pdf_label == "View contract R-77 as PDF"


async def test_an_address_that_all_items_share_is_said_once(account, tab):
    made = f.contract(account, number="R-78", store_id=account.store_id)
    lines = [f.line(made, description=one, site="Pier 7") for one in ("Auger", "Boom lift")]
    tab.at("/contracts/R-78", number="R-78")
    await tab.call(ContractState.load)
    view = tab.state(ContractState).view
    assert (view.site, [line.site for line in view.lines]) == ("Pier 7", ["", ""])
    f.give(lines[1], site="Gate 4")
    await tab.call(ContractState.refresh)
    view = tab.state(ContractState).view
    assert (view.site, [line.site for line in view.lines]) == ("", ["Pier 7", "Gate 4"])
    f.give(lines[1], ended_at=datetime(2026, 11, 1, tzinfo=UTC))
    await tab.call(ContractState.refresh)
    view = tab.state(ContractState).view
    assert (view.site, [line.site for line in view.lines]) == ("", ["Pier 7"])


@pytest.mark.requirement("S3-03")
async def test_each_list_shows_its_own_and_starts_afresh(account, tab):
    f.contract(account, number="R-1")
    f.contract(account, number="R-2", status=ContractStatus.CLOSED)
    f.contract(account, number="Q-1", status=ContractStatus.QUOTE)
    f.contract(account, number="RS-1", status=ContractStatus.RESERVATION)
    state = tab.state(ContractListState)
    await tab.call(ContractListState.load)
    assert numbers(tab) == ["R-1"]
    await tab.call(ContractListState.show, "ended")
    assert (numbers(tab), state.found) == (["R-2"], "1 contract shown")
    await tab.call(ContractListState.show, "all")
    assert len(numbers(tab)) == 4
    await tab.call(ContractListState.look_for, "R-1")
    await tab.call(ContractListState.load_quotes)
    assert (numbers(tab), state.search, state.found) == (["Q-1"], "", "1 quote shown")
    assert state.rows[0].pdf_label == "View quote Q-1 as PDF"
    await tab.call(ContractListState.load_reservations)
    assert numbers(tab) == ["RS-1"]


@pytest.mark.requirement("S3-21")
async def test_rows_are_added_sorted_and_kept_when_something_changes(account, tab):
    for n in range(45):
        f.contract(account, number=f"R-{n:02}", listed_on=date(2026, 1 + n // 28, 1 + n % 28))
    state = tab.state(ContractListState)
    await tab.call(ContractListState.load)
    assert (len(numbers(tab)), numbers(tab)[0], state.has_more) == (20, "R-44", True)
    await tab.call(ContractListState.more)
    await tab.call(ContractListState.refresh)
    assert numbers(tab) == [f"R-{n:02}" for n in range(44, 4, -1)]
    await tab.call(ContractListState.more)
    assert (len(numbers(tab)), state.has_more) == (45, False)
    await tab.call(ContractListState.sort, "oldest")
    assert (len(numbers(tab)), numbers(tab)[0]) == (20, "R-00")


async def test_a_tab_holds_only_so_many_rows_and_says_how_to_find_the_rest(
    account, tab, monkeypatch
):
    monkeypatch.setattr(listing, "MOST_ROWS", 20)
    for _ in range(21):
        f.contract(account)
    await tab.call(ContractListState.load)
    state = tab.state(ContractListState)
    assert state.has_more is False
    assert state.further == "These are the first 20. Search to find the others."


@pytest.mark.requirement("S0-18")
async def test_contracts_about_one_vehicle_stand_together_under_its_name(account, tab):
    cars = [f._save(m.Asset(kind="vehicle", description=n, **f._master({}))) for n in ("A", "B")]
    for n, car in enumerate([cars[0], cars[1], cars[0], None]):
        made = f.contract(
            account,
            number=f"SD-{n}",
            kind=ContractKind.SERVICE_CONTRACT,
            asset_id=car.id if car else None,
            listed_on=date(2026, 11, 9 - n),
        )
        f.line(made, description="Tire cover")
    await tab.call(ContractListState.load)
    rows = tab.state(ContractListState).rows
    assert [(one.heading, one.number, one.what) for one in rows] == [
        ("A", "SD-0", "Tire cover"),
        ("", "SD-2", "Tire cover"),
        ("B", "SD-1", "Tire cover"),
        ("Other contracts", "SD-3", "Tire cover"),
    ]


@pytest.mark.parametrize("value", HOSTILE)
async def test_senseless_events_break_nothing(account, tab, value):
    f.contract(account, number="R-1")
    await tab.call(ContractListState.load)
    await tab.call(ContractListState.show, value)
    await tab.call(ContractListState.sort, value)
    assert (tab.state(ContractListState).shelf, numbers(tab)) == ("current", ["R-1"])
    await tab.call(ContractListState.look_for, value)
    await tab.call(ContractListState.more)
    assert tab.state(ContractListState).notice.title == ""


@pytest.mark.requirement("S3-03")
async def test_a_contract_opens_by_number_and_by_id(account, tab):
    made = f.contract(
        account, number="R-77", starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 1)
    )
    line = f.line(
        made,
        quantity=3,
        quantity_returned=1,
        rate_minor=24_500,
        rate_period="week",
        due_back_at=datetime(2026, 11, 14, 12, tzinfo=UTC),
    )
    f.invoice(account, 100, date(2026, 11, 1), number="INV-7", contract_id=made.id)
    for name in ("R-77", made.id):
        tab.at(f"/contracts/{name}", number=name)
        await tab.call(ContractState.load)
        view = tab.state(ContractState).view
        assert view.entry.number == "R-77"
    (item,) = view.lines
    assert (item.quantity, item.returned, item.out, item.rate) == ("3", "1", "2", "$245.00 a week")
    assert (item.due_on, item.flag) == ("14 Nov 2026", "Overdue")
    assert item.call_off == f"/items-out/{line.id}/off-rent"
    assert [moment.title for moment in view.moments] == [
        "Started",
        "First items were due back",
        "Open",
        "Ends",
    ]
    assert [invoice.number for invoice in view.invoices] == ["INV-7"]


async def test_who_may_not_call_off_rent_is_not_offered_it(account):
    made = f.contract(account, number="R-77")
    f.line(made)
    billing = Tab(f.consumer_actor(account, role=ContactRole.BILLING), account.id)
    billing.at("/contracts/R-77", number="R-77")
    await billing.call(ContractState.load)
    (item,) = billing.state(ContractState).view.lines
    assert (item.out, item.call_off) == ("3", "")


@pytest.mark.parametrize(
    ("status", "list_name", "titles"),
    [
        (ContractStatus.QUOTE, "Quotes", ["Quote", "Starts"]),
        (ContractStatus.RESERVATION, "Reservations", ["Reservation", "Starts"]),
        (ContractStatus.CANCELLED, "Contracts", ["Cancelled"]),
    ],
)
async def test_what_happens_next_follows_the_status(account, tab, status, list_name, titles):
    f.contract(account, number="X-1", status=status, starts_on=date(2026, 12, 1))
    tab.at("/contracts/X-1", number="X-1")
    await tab.call(ContractState.load)
    view = tab.state(ContractState).view
    assert (view.list_name, [moment.title for moment in view.moments]) == (list_name, titles)
    assert view.moments[0].text == view.entry.next_step


@pytest.mark.asvs("8.2.2")
async def test_a_contract_of_somebody_else_is_not_found(account, tab):
    theirs = f.contract(f.account(), number="R-9")
    for name in ("R-9", theirs.id, "nothing", "%00"):
        tab.at(f"/contracts/{name}", number=name)
        await tab.call(ContractState.load)
        state = tab.state(ContractState)
        assert (state.notice.title, state.view.entry.number) == ("Page not found", "")


@pytest.mark.requirement("S3-17")
async def test_the_profile_shows_what_is_held(account, tab):
    await tab.call(ProfileState.load)
    view = tab.state(ProfileState).view
    assert (view.account, view.email, view.postal_code) == (
        account.number,
        "office@example.com",
        "33602",
    )
    held = {row.kind: row.lines for row in view.details}
    assert (held["name"], view.store) == (["Rosa Lindqvist"], "Dockside")


@pytest.mark.parametrize(
    ("number", "expected"),
    [("R-20418", "R-20418"), ("R 1", "id"), ("R/1", "id"), ("..", "id"), ("Ünï", "id"), ("", "id")],
)
def test_only_plain_numbers_stand_in_an_address(number, expected):
    assert in_address(number, "id") == expected


def test_dates_say_as_much_as_is_known():
    start, end = date(2026, 11, 1), date(2026, 12, 1)
    assert days(start, end) == "1 Nov 2026 to 1 Dec 2026"
    assert (days(start, None), days(None, end)) == ("From 1 Nov 2026", "Until 1 Dec 2026")
    assert days(None, None) == ""


@pytest.fixture
def unlicensed(account, monkeypatch):
    monkeypatch.setenv("PORTAL_LICENCE_FILE", "")
    return account


@pytest.mark.requirement("S3-04")
async def test_without_the_rental_licence_service_contracts_are_shown_and_rentals_are_not(
    unlicensed, tab
):
    f.contract(unlicensed, number="R-1")
    f.contract(unlicensed, number="S-1", kind=ContractKind.SERVICE_CONTRACT)
    await tab.call(ContractListState.load)
    assert numbers(tab) == ["S-1"]
    await tab.call(ContractListState.look_for, "R-1")
    assert numbers(tab) == []
    await tab.at("/contracts/S-1", number="S-1").call(ContractState.load)
    assert tab.state(ContractState).view.entry.number == "S-1"
    await tab.at("/contracts/R-1", number="R-1").call(ContractState.load)
    assert tab.state(ContractState).view == ContractView()
    assert "not licensed" in tab.state(PortalState).notice.body


@pytest.mark.requirement("S3-04")
async def test_without_the_rental_licence_whoever_only_rents_is_told_so(unlicensed):
    caller = Caller(actor=f.consumer_actor(unlicensed), account_id=unlicensed.id)
    with pytest.raises(NotAllowed, match="not licensed"):
        guard._require(caller, "contracts")
    f.contract(unlicensed, kind=ContractKind.SERVICE_CONTRACT)
    customers.change(unlicensed, has_service_contracts=True)
    guard._require(caller, "contracts")
    with pytest.raises(NotAllowed, match="not licensed"):
        guard._require(caller, "rental")
