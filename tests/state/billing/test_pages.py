from datetime import UTC, date, datetime

import pytest

from portal_app.models import ContractStatus
from portal_app.services.transaction import transaction
from portal_app.state.billing.invoices import InvoiceListState, InvoiceState
from portal_app.state.billing.statements import (
    StatementDayState,
    StatementListState,
    StatementState,
)
from portal_app.state.billing.summary import AccountSummaryState
from tests import factories as f
from tests.state.tabs import Tab, path_of

HOSTILE = [None, 7, float("nan"), [], {}, ["x"], "\x00", "\ud800", "x" * 20_000]


@pytest.fixture
def account(db, clock, licensed):
    return f.account(number="20418", name="Lindqvist Roofing")


@pytest.fixture
def tab(account):
    return Tab(f.consumer_actor(account), account.id)


@pytest.mark.requirement("S3-16")
@pytest.mark.requirement("S3-19")
async def test_the_summary_shows_what_is_owed_and_what_needs_doing(account, tab):
    f.invoice(account, 5_000, date(2026, 10, 1), number="INV-1", due_on=date(2026, 11, 1))
    f.entry(account, 5_000, date(2026, 10, 1), reference="INV-1")
    f.entry(account, 2_000, date(2026, 11, 20))
    f.entry(account, -1_000, date(2026, 11, 3), method_label="Visa ending 4242")
    contract = f.contract(account, number="R-1")
    f.line(contract, quantity=2, due_back_at=datetime(2026, 11, 1, tzinfo=UTC))
    f.contract(account, number="Q-1", status=ContractStatus.QUOTE)
    await tab.call(AccountSummaryState.load)
    view = tab.state(AccountSummaryState).view
    assert (view.standing.balance, view.standing.owed) == ("$60.00", "$60.00")
    assert view.owed_note == "$40.00 of it is overdue"
    assert view.alert_title == "$40.00 is overdue"
    assert (view.last_payment, view.last_payment_note) == (
        "$10.00",
        "3 November 2026\nVisa ending 4242",
    )
    assert [task.title for task in view.tasks] == [
        "2 items should be back by now",
        "Quote Q-1 waits for you",
    ]
    assert [entry.number for entry in view.contracts] == ["R-1"]
    assert [(item.item, item.status) for item in view.out] == [("Scissor lift, 26 ft", "Overdue")]
    assert [entry.href for entry in view.statements] == ["/statements/2026-10-31"]
    assert view.statements[0].pdf == f"/files/statements/{account.id}/2026-10-31"


@pytest.mark.requirement("S3-19")
async def test_a_new_customer_reads_none_yet(tab):
    await tab.call(AccountSummaryState.load)
    view = tab.state(AccountSummaryState).view
    assert (view.last_payment, view.standing.owed, view.owed_note) == (
        "None yet",
        "$0.00",
        "There is nothing to pay",
    )
    assert (view.tasks, view.contracts, view.out, view.statements) == ([], [], [], [])
    assert view.alert_title == ""


async def test_the_summary_follows_a_change_without_being_reloaded(account, tab):
    await tab.call(AccountSummaryState.load)
    f.entry(account, 5_000, date(2026, 11, 1))
    await tab.call(AccountSummaryState.refresh)
    assert tab.state(AccountSummaryState).view.standing.owed == "$50.00"


@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize(
    ("state", "address"),
    [
        (AccountSummaryState, "/"),
        (StatementListState, "/statements"),
        (StatementState, "/statements/2026-01-31"),
        (InvoiceListState, "/invoices"),
    ],
)
async def test_a_stranger_gets_a_notice_and_nothing_of_the_account(account, state, address):
    f.entry(account, 123_400, date(2026, 1, 2))
    stranger = Tab(f.consumer_actor(f.account()), account.id).at(address)
    await stranger.call(state.load)
    shown = stranger.state(state)
    assert shown.notice.title == "Page not found"
    assert shown.is_loaded is False
    assert "1,234" not in str(shown.dict())


@pytest.mark.requirement("S3-20")
async def test_choosing_a_day_leads_to_its_statement(tab):
    answer = await tab.call(StatementDayState.choose, {"as_of": "2026-01-31"})
    assert path_of(answer) == "/statements/2026-01-31"


@pytest.mark.requirement("S3-20")
@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ("2026-11-21", "That day has not come yet. Choose today or an earlier day."),
        ("", "Choose a day, such as 2026-01-31."),
        ("//evil.example", "Choose a day, such as 2026-01-31."),
        (["2026-01-31"], "Choose a day, such as 2026-01-31."),
    ],
)
async def test_a_day_that_cannot_be_is_refused_beside_the_field(tab, entered, sentence):
    assert await tab.call(StatementDayState.choose, {"as_of": entered}) is None
    assert tab.state(StatementDayState).field_problems == {"as_of": sentence}
    await tab.call(StatementListState.load)
    assert tab.state(StatementDayState).field_problems == {}


@pytest.mark.requirement("S3-20")
async def test_an_address_with_a_day_to_come_is_explained_with_a_day_to_choose(tab):
    tab.at("/statements/2027-01-31", date="2027-01-31")
    await tab.call(StatementState.load)
    state = tab.state(StatementState)
    assert state.problem == "That day has not come yet. Choose today or an earlier day."
    assert (state.is_loaded, state.view.as_of, state.today) == (True, "", "2026-11-20")
    assert state.notice.title == ""


@pytest.mark.requirement("S3-20")
async def test_a_month_without_entries_is_explained(account, tab):
    f.entry(account, 100, date(2025, 1, 1))
    tab.at("/statements/2026-01-31", date="2026-01-31")
    await tab.call(StatementState.load)
    assert "Nothing was charged or paid from 1 January" in tab.state(StatementState).view.note


async def test_statements_are_added_page_by_page(account, tab):
    for month in range(1, 11):
        f.entry(account, 100, date(2026, month, 5))
        f.entry(account, 100, date(2025, month, 5))
    await tab.call(StatementListState.load)
    state = tab.state(StatementListState)
    assert (len(state.rows), state.has_more, state.today) == (12, True, "2026-11-20")
    await tab.call(StatementListState.more)
    assert (len(state.rows), state.has_more) == (20, False)
    assert len({entry.as_of for entry in state.rows}) == 20
    await tab.call(StatementListState.refresh)
    await tab.call(StatementListState.more)
    assert len({entry.as_of for entry in state.rows}) == len(state.rows) == 20


@pytest.mark.requirement("S3-03")
async def test_invoices_are_filtered_searched_and_read_on(account, tab):
    for n in range(25):
        f.invoice(account, 100, date(2026, 10, 1), number=f"INV-{n:02}", open_minor=n % 2 * 100)
    await tab.call(InvoiceListState.load)
    state = tab.state(InvoiceListState)
    assert (len(state.rows), state.has_more, state.found) == (20, True, "20 invoices shown")
    await tab.call(InvoiceListState.more)
    assert (len(state.rows), state.has_more) == (25, False)
    await tab.call(InvoiceListState.refresh)
    assert len(state.rows) == 25
    await tab.call(InvoiceListState.show, "open")
    assert {entry.status for entry in state.rows} == {"To pay"}
    await tab.call(InvoiceListState.look_for, "INV-07")
    assert [entry.number for entry in state.rows] == ["INV-07"]


@pytest.mark.asvs("8.2.2")
async def test_an_invoice_of_somebody_else_is_not_found(account, tab):
    theirs = f.invoice(f.account(), 100, date(2026, 1, 2), number="INV-9")
    for name in ("INV-9", theirs.id, "nothing", "../INV-9"):
        tab.at(f"/invoices/{name}", number=name)
        await tab.call(InvoiceState.load)
        assert tab.state(InvoiceState).notice.title == "Page not found"
        assert tab.state(InvoiceState).view.entry.number == ""


@pytest.mark.parametrize("value", HOSTILE)
async def test_senseless_events_break_nothing(account, tab, value):
    f.invoice(account, 100, date(2026, 1, 2), number="INV-9")
    await tab.call(InvoiceListState.load)
    await tab.call(InvoiceListState.show, value)
    assert tab.state(InvoiceListState).status == "all"
    await tab.call(InvoiceListState.look_for, value)
    await tab.call(StatementDayState.choose, value)
    await tab.call(StatementDayState.choose, {"as_of": value})
    tab.at("/statements/x", date=value if isinstance(value, str) else "x")
    await tab.call(StatementState.load)
    for state in (InvoiceListState, StatementState):
        assert tab.state(state).notice.title == ""


def test_a_page_says_nothing_before_it_is_loaded(account, tab):
    f.entry(account, 123_400, date(2026, 1, 2))
    for state in (AccountSummaryState, StatementState, InvoiceState, InvoiceListState):
        shown = tab.state(state).dict()
        assert tab.state(state).is_loaded is False
        assert not any(digit in str(shown.values()) for digit in ("1,234", account.number))


async def test_a_change_reaches_the_tabs_that_watch_the_account(account, tab):
    from portal_app.core import live
    from portal_app.core.actor import Actor

    await tab.call(AccountSummaryState.load)
    with transaction(Actor.system("tests")) as tx:
        tx.touch(f"account:{account.id}")
    assert live.watchers([f"account:{account.id}"])


async def test_the_summary_lists_no_ages_of_nothing_and_no_contract_twice(account, tab):
    await tab.call(AccountSummaryState.load)
    assert tab.state(AccountSummaryState).view.standing.ageing == []
    contract = f.contract(account, number="SD-1")
    f.entry(account, 2_000, date(2026, 11, 2), reference="SD-1 #20", contract_id=contract.id)
    f.entry(account, 500, date(2026, 11, 1), reference="INV-7", contract_id=contract.id)
    await tab.call(AccountSummaryState.load)
    view = tab.state(AccountSummaryState).view
    assert len(view.standing.ageing) > 1
    assert [(one.reference, one.detail) for one in view.movements] == [
        ("SD-1 #20", ""),
        ("INV-7", "SD-1"),
    ]
