from datetime import UTC, date, datetime

import pytest

from portal_app.core.actor import ANONYMOUS
from portal_app.core.errors import NotFound
from portal_app.core.money import Money
from portal_app.models import ContactRole, InvoiceLine
from portal_app.services import billing
from portal_app.services.billing.queries import invoices
from tests import factories as f
from tests.counting import count_queries
from tests.services.contracts.test_who_sees import HOSTILE

DAY = date(2026, 11, 1)


@pytest.fixture
def account(any_db, clock):
    return f.account()


@pytest.fixture
def actor(account):
    return f.consumer_actor(account)


def numbers(page):
    return [row.number for row in page.rows]


def item(invoice, description, amount, **values):
    return f._save(
        InvoiceLine(
            invoice_id=invoice.id,
            description=description,
            amount_minor=amount,
            **f._master({"brand_id": invoice.brand_id} | values),
        )
    )


@pytest.mark.requirement("S3-03")
def test_invoices_are_listed_newest_first_each_once(account, actor):
    made = [f.invoice(account, 100 + n, date(2026, 10, 1 + n % 3)) for n in range(45)]
    expected = sorted(made, key=lambda i: (i.issued_on, i.id), reverse=True)
    pages = [billing.invoice_list(actor, account=account.id)]
    while pages[-1].after:
        pages.append(billing.invoice_list(actor, account=account.id, after=pages[-1].after))
    assert [row.id for page in pages for row in page.rows] == [i.id for i in expected]
    assert [len(page.rows) for page in pages] == [20, 20, 5]


@pytest.mark.requirement("S3-03")
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("open", ["PART", "OPEN"]),
        ("paid", ["PAID"]),
        ("all", ["UNKNOWN", "PAID", "PART", "OPEN"]),
        ("nothing such", ["UNKNOWN", "PAID", "PART", "OPEN"]),
        (None, ["UNKNOWN", "PAID", "PART", "OPEN"]),
        (["open"], ["UNKNOWN", "PAID", "PART", "OPEN"]),
    ],
)
def test_a_filter_shows_what_is_open_or_paid(account, actor, status, expected):
    f.invoice(account, 1000, date(2026, 10, 1), number="OPEN", open_minor=1000)
    f.invoice(account, 1000, date(2026, 10, 2), number="PART", open_minor=1)
    f.invoice(account, 1000, date(2026, 10, 3), number="PAID", open_minor=0)
    f.invoice(account, 1000, date(2026, 10, 4), number="UNKNOWN")
    f.invoice(
        account, 1000, DAY, number="GONE", open_minor=5, ended_at=datetime(2026, 11, 2, tzinfo=UTC)
    )
    page = billing.invoice_list(actor, account=account.id, status=status)
    assert numbers(page) == expected


def test_search_finds_the_numbers_of_invoice_and_contract(account, actor):
    contract = f.contract(account, number="R-20418")
    f.invoice(account, 100, DAY, number="INV-7")
    f.invoice(account, 100, DAY, number="INV-8", contract_id=contract.id)
    ask = {"account": account.id}
    assert numbers(billing.invoice_list(actor, **ask, search="inv-7")) == ["INV-7"]
    assert numbers(billing.invoice_list(actor, **ask, search="20418")) == ["INV-8"]
    assert numbers(billing.invoice_list(actor, **ask, contract=contract.id)) == ["INV-8"]
    assert numbers(billing.invoice_list(actor, **ask, search="%")) == []


def test_a_filter_goes_on_where_it_stopped(account, actor, monkeypatch):
    monkeypatch.setattr(invoices, "SEARCH_WINDOW", 5)
    f.invoice(account, 1000, date(2025, 1, 1), number="OLD", open_minor=1000)
    for n in range(7):
        f.invoice(account, 100, date(2026, 10, 1 + n), open_minor=0)
    first = billing.invoice_list(actor, account=account.id, status="open")
    assert (numbers(first), first.searched_back_to) == ([], date(2026, 10, 3))
    second = billing.invoice_list(actor, account=account.id, status="open", after=first.after)
    assert (numbers(second), second.after) == (["OLD"], "")


@pytest.mark.requirement("S3-03")
def test_an_invoice_shows_what_it_is_for(account, actor):
    contract = f.contract(account, number="R-20418")
    made = f.invoice(
        account,
        30_000,
        DAY,
        number="INV-7",
        due_on=date(2026, 11, 19),
        open_minor=20_000,
        contract_id=contract.id,
    )
    item(made, "Scissor lift, 4 weeks", 25_000, quantity="1", unit_price_minor=25_000)
    item(made, "Delivery", 5_000)
    item(made, "Gone", 5_000, ended_at=datetime(2026, 11, 2, tzinfo=UTC))
    shown = billing.invoice_detail(actor, number="INV-7")
    assert [(i.description, i.amount.amount_minor) for i in shown.items] == [
        ("Scissor lift, 4 weeks", 25_000),
        ("Delivery", 5_000),
    ]
    assert (shown.items[0].unit_price, shown.items[1].unit_price) == (Money(25_000, "USD"), None)
    assert (shown.row.status_label, shown.row.contract_number) == ("Overdue", "R-20418")
    assert shown.row.open == Money(20_000, "USD")
    assert billing.invoice_by_id(actor, invoice=made.id) == shown


@pytest.mark.asvs("8.2.2")
def test_only_those_who_see_the_account_open_its_invoices(account):
    made = f.invoice(account, 100, DAY)
    other = f.brand(key="orchard", name="Orchard")
    for allowed in (f.consumer_actor(account, role=ContactRole.BILLING), f.staff_actor()):
        assert billing.invoice_detail(allowed, number=made.number).row.id == made.id
    strangers = [
        f.consumer_actor(account, ends_on=date(2026, 11, 19)),
        f.consumer_actor(f.account()),
        f.staff_actor(brand_id=other.id),
        ANONYMOUS,
    ]
    for actor in strangers:
        with pytest.raises(NotFound):
            billing.invoice_detail(actor, number=made.number)
        with pytest.raises(NotFound):
            billing.invoice_by_id(actor, invoice=made.id)


@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_no_invoice_is_not_found(account, actor, value):
    with pytest.raises(NotFound):
        billing.invoice_detail(actor, number=value)
    with pytest.raises(NotFound):
        billing.invoice_by_id(actor, invoice=value)
    if not isinstance(value, str) or value:
        page = billing.invoice_list(actor, account=account.id, contract=value, search=value)
        assert page.rows == ()


def test_lists_and_details_take_a_fixed_number_of_queries(any_db, account, actor):
    def asked():
        with count_queries(any_db) as queries:
            billing.invoice_list(actor, account=account.id)
            billing.invoice_list(actor, account=account.id, search="inv", status="open")
            billing.invoice_detail(actor, number="INV-7")
        return len(queries)

    made = f.invoice(account, 100, DAY, number="INV-7", open_minor=100)
    item(made, "Lift", 100)
    few = asked()
    for _ in range(22):
        f.invoice(account, 100, DAY, open_minor=100)
        item(made, "Lift", 100)
    assert asked() == few == 2 + 3 + 2


def test_the_list_walks_its_index(db, clock):
    account = f.account()
    actor = f.consumer_actor(account)
    f.invoice(account, 100, DAY)
    with count_queries(db) as queries:
        billing.invoice_list(actor, account=account.id)
    plan = queries.plans(db)
    assert "ix_invoice_list" in plan
    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan
