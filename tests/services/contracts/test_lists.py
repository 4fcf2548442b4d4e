from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_app.core.errors import NotFound
from portal_app.models import ContractKind, ContractStatus
from portal_app.services import contracts
from portal_app.services.contracts.queries import lists
from tests import factories as f
from tests.counting import count_queries

DAY = date(2026, 11, 1)


@pytest.fixture
def account(any_db, clock):
    return f.account()


@pytest.fixture
def actor(account):
    return f.consumer_actor(account)


def numbers(page):
    return [row.number for row in page.rows]


def every_page(actor, **asked):
    pages = [contracts.contract_list(actor, **asked)]
    while pages[-1].after:
        pages.append(contracts.contract_list(actor, after=pages[-1].after, **asked))
        assert len(pages) < 100
    return pages


@pytest.mark.requirement("S3-21")
def test_pages_hold_every_contract_once_newest_first_when_days_are_equal(account, actor):
    made = [f.contract(account, listed_on=date(2026, 11, 1 + n % 3)) for n in range(45)]
    expected = sorted(made, key=lambda c: (c.listed_on, c.id), reverse=True)
    pages = every_page(actor, account=account.id)
    assert [len(page.rows) for page in pages] == [20, 20, 5]
    assert [row.id for page in pages for row in page.rows] == [c.id for c in expected]
    upwards = every_page(actor, account=account.id, oldest_first=True)
    assert [row.id for page in upwards for row in page.rows] == [c.id for c in reversed(expected)]


def test_a_list_that_ends_with_a_full_page_has_no_next(account, actor):
    for _ in range(20):
        f.contract(account)
    assert contracts.contract_list(actor, account=account.id).after == ""


@pytest.mark.requirement("S3-03")
@pytest.mark.parametrize(
    ("shelf", "expected"),
    [
        ("current", {"active", "past_due", "pending_cancellation"}),
        ("ended", {"cancelled", "returned", "closed", "expired"}),
        ("quotes", {"quote"}),
        ("reservations", {"reservation"}),
        ("all", set(ContractStatus)),
        ("no such shelf", {"active", "past_due", "pending_cancellation"}),
    ],
)
def test_each_shelf_holds_its_statuses(account, actor, shelf, expected):
    for status in ContractStatus:
        f.contract(account, status=status)
    page = contracts.contract_list(actor, account=account.id, shelf=shelf)
    assert {row.status for row in page.rows} == expected


def test_contracts_of_another_account_or_taken_back_are_not_listed(account, actor):
    f.contract(f.account())
    f.contract(account, ended_at=datetime(2026, 11, 2, tzinfo=UTC))
    mine = f.contract(account)
    assert numbers(contracts.contract_list(actor, account=account.id)) == [mine.number]


@pytest.mark.asvs("8.2.2")
def test_a_stranger_does_not_learn_that_the_account_exists(account, actor):
    stranger = f.consumer_actor(f.account())
    with pytest.raises(NotFound):
        contracts.contract_list(stranger, account=account.id)


@pytest.mark.requirement("S3-21")
def test_items_out_count_pieces_not_yet_returned_of_contracts_in_force(account, actor):
    open_one = f.contract(account, number="R-OPEN", listed_on=date(2026, 11, 2))
    f.line(open_one, quantity=3, quantity_returned=1, description="Boom lift")
    f.line(open_one, quantity=2, description="Auger")
    f.line(open_one, quantity=9, ended_at=datetime(2026, 11, 2, tzinfo=UTC))
    quote = f.contract(account, number="Q-1", status=ContractStatus.QUOTE)
    f.line(quote, quantity=5)
    bare = f.contract(account, number="R-BARE", listed_on=date(2026, 10, 1))
    rows = {
        row.number: row
        for row in contracts.contract_list(actor, account=account.id, shelf="all").rows
    }
    assert {number: row.items_out for number, row in rows.items()} == {
        "R-OPEN": 4,
        "Q-1": 0,
        bare.number: 0,
    }
    assert (rows["R-OPEN"].lines, rows["R-OPEN"].first_item) == (2, "Auger")


@pytest.mark.requirement("S3-22")
def test_a_row_carries_all_that_its_hover_card_repeats(account, actor):
    store = f.store(name="Dockside", phone="+1 813 555 0100")
    f.contract(
        account, store_id=store.id, po_number="PO-7", starts_on=DAY, ends_on=date(2026, 12, 1)
    )
    (row,) = contracts.contract_list(actor, account=account.id).rows
    assert (row.store.name, row.store.phone, row.po_number) == (
        "Dockside",
        "+1 813 555 0100",
        "PO-7",
    )
    assert (row.kind_label, row.status_label, row.starts_on) == ("Rental contract", "Open", DAY)
    assert row.next_step.startswith("Everything is back.")


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("20418", ["R-20418"]),
        ("r-20418", ["R-20418"]),
        ("po-88", ["R-20419"]),
        ("SCISSOR", ["R-20418"]),
        ("harbor", ["R-20419"]),
        ("lift dock", ["R-20418"]),
        ("lift harbor", []),
        ("  scissor   26 ", ["R-20418"]),
        ("100%", []),
        ("_", []),
        ("gone", []),
        ("", ["R-20419", "R-20418"]),
        ("\x00", ["R-20419", "R-20418"]),
        ("\ud800", ["R-20419", "R-20418"]),
        (None, ["R-20419", "R-20418"]),
        (["scissor"], ["R-20419", "R-20418"]),
        ("x" * 20_000, []),
    ],
)
def test_search_finds_words_in_number_order_store_and_lines(account, actor, search, expected):
    docks, harbor = f.store(name="Dockside"), f.store(name="Harbor North")
    first = f.contract(account, number="R-20418", store_id=docks.id, listed_on=DAY)
    f.line(first, description="Scissor lift, 26 ft")
    f.line(first, description="Gone", ended_at=datetime(2026, 11, 2, tzinfo=UTC))
    f.contract(
        account,
        number="R-20419",
        store_id=harbor.id,
        po_number="PO-8812",
        listed_on=date(2026, 11, 2),
    )
    found = contracts.contract_list(actor, account=account.id, search=search)
    assert numbers(found) == expected


def test_a_whole_number_finds_just_that_contract_of_the_shelf(account, actor):
    f.contract(account, number="R-1")
    f.contract(account, number="R-12")
    ended = f.contract(account, number="R-9", status=ContractStatus.CLOSED)
    f.contract(f.account(), number="R-77")
    ask = {"account": account.id}
    assert numbers(contracts.contract_list(actor, **ask, search="r-1")) == ["R-1"]
    assert numbers(contracts.contract_list(actor, **ask, search=ended.number)) == []
    assert numbers(contracts.contract_list(actor, **ask, search="R-9", shelf="ended")) == ["R-9"]
    assert numbers(contracts.contract_list(actor, **ask, search="R-77", shelf="all")) == []


def test_a_search_goes_on_where_it_stopped_and_finds_what_lies_further_back(
    account, actor, monkeypatch
):
    monkeypatch.setattr(lists, "SEARCH_WINDOW", 5)
    old = f.contract(account, number="R-OLD", po_number="needle", listed_on=date(2025, 1, 1))
    for n in range(12):
        f.contract(account, listed_on=date(2026, 10, 1 + n))
    pages = every_page(actor, account=account.id, search="needle")
    assert [numbers(page) for page in pages] == [[], [], ["R-OLD"]]
    assert [page.searched_back_to for page in pages] == [
        date(2026, 10, 8),
        date(2026, 10, 3),
        None,
    ]
    assert numbers(contracts.contract_list(actor, account=account.id, search=old.number)) == [
        "R-OLD"
    ]


def test_matches_fill_a_page_before_the_search_looks_further(account, actor, monkeypatch):
    monkeypatch.setattr(lists, "SEARCH_WINDOW", 30)
    for n in range(25):
        f.contract(account, po_number="PO-5", listed_on=date(2026, 10, 1 + n))
    pages = every_page(actor, account=account.id, search="po-5")
    assert [len(page.rows) for page in pages] == [20, 5]
    assert pages[0].searched_back_to is None


def test_a_kind_can_be_asked_for(account, actor):
    f.contract(account, number="S-1", kind=ContractKind.SERVICE_CONTRACT)
    f.contract(account, number="R-1")
    ask = {"account": account.id, "shelf": "all"}
    assert numbers(contracts.contract_list(actor, **ask, kind="service_contract")) == ["S-1"]
    assert len(contracts.contract_list(actor, **ask, kind="anything").rows) == 2


def test_the_number_of_queries_does_not_grow_with_the_list(any_db, account, actor):
    def asked(**more):
        with count_queries(any_db) as queries:
            contracts.contract_list(actor, account=account.id, **more)
        return len(queries)

    f.line(f.contract(account, po_number="PO-5"))
    few = (asked(), asked(search="po"))
    for _ in range(24):
        f.line(f.contract(account, po_number="PO-5", store_id=f.store().id))
    assert (asked(), asked(search="po")) == few == (3, 5)


def test_lists_walk_their_index_and_sort_nothing(db, clock):
    account = f.account()
    actor = f.consumer_actor(account)
    f.line(f.contract(account))
    last = f"2026-11-01.{f.contract(account).id}"
    for asked in ({}, {"shelf": "all"}, {"after": last}, {"shelf": "all", "after": last}):
        with count_queries(db) as queries:
            contracts.contract_list(actor, account=account.id, **asked)
        plan = queries.plans(db)
        assert "ix_contract_list" in plan or "ix_contract_phase_list" in plan
        assert "SCAN" not in plan
        assert "TEMP B-TREE" not in plan


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    after=st.one_of(
        st.text(max_size=80),
        st.from_regex(r"\d{4}-\d{2}-\d{2}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        st.none(),
        st.integers(),
        st.lists(st.text()),
    )
)
def test_a_made_up_cursor_shows_nothing_that_its_sender_may_not_see(db, clock, after):
    accounts = f.fetch_all(f.m.Account)
    account = accounts[0] if accounts else f.account()
    actor = f.consumer_actor(account)
    if not accounts:
        f.contract(account)
        f.contract(f.account())
    page = contracts.contract_list(actor, account=account.id, after=after)
    assert {row.id for row in page.rows} <= {
        c.id for c in f.fetch_all(f.m.Contract, account_id=account.id)
    }


def test_whose_account_it_is_is_found_without_looking_at_every_contract(db):
    account = f.account()
    actor = f.consumer_actor(account)
    with count_queries(db) as queries:
        contracts.contract_list(actor, account=account.id)
    assert "SCAN contract" not in queries.plans(db)
