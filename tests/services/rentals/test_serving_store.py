"""A contract that names no store is served by its account's store, wherever that is asked."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from portal_app import models as m
from portal_app.models import database
from portal_app.services import contracts, rentals
from tests import factories as f

NEW_YORK = "America/New_York"


@pytest.fixture
def storeless(hire):
    """The account keeps its books in Seattle and its store is in New York."""
    f.give(hire.account, timezone="America/Los_Angeles")
    f.give(hire.contract, store_id=None)
    return hire


@pytest.mark.requirement("S3-25")
def test_the_accounts_store_gets_the_letter_about_a_contract_without_one(storeless):
    storeless.ask()
    letters = f.fetch_all(m.OutboundMessage, topic="rental.received")
    assert [letter.recipient for letter in letters] == [storeless.store.email]
    assert letters[0].facts["store"] == storeless.store.name


@pytest.mark.requirement("S3-25")
def test_the_form_shows_the_accounts_store_of_a_contract_without_one(storeless):
    form = rentals.request_form(storeless.owner, line=storeless.line.id)
    assert (form.store.name, form.store.phone) == (storeless.store.name, storeless.store.phone)
    assert form.item.zone == NEW_YORK


@pytest.mark.requirement("S3-25")
def test_an_hour_typed_for_a_contract_without_a_store_stays_that_hour(storeless):
    number = storeless.ask(requested_for="2026-11-24T08:00")
    row = rentals.request_detail(storeless.owner, number=number).row
    eight_in_new_york = datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert (row.requested_for, row.zone) == (eight_in_new_york, NEW_YORK)
    (letter,) = f.fetch_all(m.OutboundMessage, topic="rental.received")
    assert "24 November 2026 at 08:00 (EST)" in letter.facts["requested_for"]


@pytest.mark.requirement("S3-24")
def test_what_is_out_without_a_store_of_its_own_follows_the_accounts_store(storeless):
    # 20 November, 01:00 in New York and still the 19th in Seattle.
    f.give(storeless.line, due_back_at=datetime(2026, 11, 20, 6, tzinfo=UTC))
    (item,) = rentals.items_out(storeless.owner, account=storeless.account.id).rows
    short = rentals.out_in_short(storeless.owner, account=storeless.account.id, size=4)
    assert (item.zone, item.due) == (NEW_YORK, "today")
    assert (short.rows[0].zone, short.rows[0].due, short.late) == (NEW_YORK, "today", 0)


@pytest.mark.requirement("S3-03")
def test_a_contract_without_a_store_shows_its_accounts(storeless):
    number, name = storeless.contract.number, storeless.store.name
    shown = contracts.contract_detail(storeless.owner, number=number)
    assert (shown.row.store.name, shown.zone) == (name, NEW_YORK)
    for search in ("", number, name):
        page = contracts.contract_list(storeless.owner, account=storeless.account.id, search=search)
        assert [(row.number, row.store.name) for row in page.rows] == [(number, name)], search


def test_its_own_store_comes_before_its_accounts(storeless):
    own = f.store(name="Pier 9", timezone="Europe/Berlin")
    f.give(storeless.contract, store_id=own.id)
    form = rentals.request_form(storeless.owner, line=storeless.line.id)
    shown = contracts.contract_detail(storeless.owner, number=storeless.contract.number)
    assert (form.store.name, form.item.zone) == ("Pier 9", "Europe/Berlin")
    assert (shown.row.store.name, shown.zone) == ("Pier 9", "Europe/Berlin")


def test_where_neither_names_a_store_the_account_says_what_time_it_is(storeless):
    f.give(storeless.account, store_id=None)
    form = rentals.request_form(storeless.owner, line=storeless.line.id)
    assert (form.store.name, form.item.zone) == ("", "America/Los_Angeles")
    assert storeless.request(storeless.ask()).store_id is None
    page = contracts.contract_list(storeless.owner, account=storeless.account.id)
    assert [row.store.name for row in page.rows] == [""]


def test_both_ways_to_ask_name_the_same_store(storeless):
    """A row in hand and a query over rows give one answer."""
    f.contract(storeless.account, store_id=f.store(name="Pier 9").id)
    with Session(database.engine()) as session:
        pairs = session.exec(
            select(m.Contract, m.Account, contracts.serving()).join(
                m.Account, col(m.Account.id) == col(m.Contract.account_id)
            )
        ).all()
    assert len(pairs) == 2
    for contract, account, store in pairs:
        assert store
        assert contracts.serving_store(contract, account) == store
