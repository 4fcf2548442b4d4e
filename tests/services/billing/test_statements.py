"""Statements, balances and the summary, on both databases."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import delete

from portal_app.core.actor import ANONYMOUS
from portal_app.core.errors import Invalid, NotFound
from portal_app.core.money import Money
from portal_app.models import ContactRole, EntryKind, Invoice, LedgerEntry, database
from portal_app.services import billing
from portal_app.services.billing import rules
from portal_app.services.billing.queries import statements
from portal_app.services.billing.rules import Bucket
from tests import factories as f
from tests.counting import count_queries

TODAY = date(2026, 11, 20)


@pytest.fixture
def account(any_db, clock):
    return f.account()


@pytest.fixture
def actor(account):
    return f.consumer_actor(account)


def minor(*values):
    return tuple(value.amount_minor for value in values)


def aged(standing):
    return {part.bucket: part.amount.amount_minor for part in standing.ageing}


def january(account):
    """Opening 100.00; charges 50.00 and 30.00, a payment of 60.00, then February."""
    f.entry(account, 10_000, date(2025, 12, 31), kind=EntryKind.OPENING)
    f.entry(account, 5_000, date(2026, 1, 1), reference="INV-1")
    f.entry(account, -6_000, date(2026, 1, 15), method_label="Visa ending 4242")
    f.entry(account, 3_000, date(2026, 1, 31))
    f.entry(account, 9_900, date(2026, 2, 1))


@pytest.mark.requirement("S3-20")
def test_a_statement_at_the_end_of_january_sums(account, actor):
    january(account)
    shown = billing.statement(actor, account=account.id, as_of="2026-01-31")
    assert (shown.starts_on, shown.as_of) == (date(2026, 1, 1), date(2026, 1, 31))
    assert minor(shown.opening, shown.closing, shown.standing.owed) == (10_000, 12_000, 12_000)
    assert [(m.on.day, *minor(m.amount, m.balance)) for m in shown.movements] == [
        (1, 5_000, 15_000),
        (15, -6_000, 9_000),
        (31, 3_000, 12_000),
    ]
    assert [m.label for m in shown.movements] == ["Charge", "Payment", "Charge"]
    assert (shown.explanation, shown.earlier.amount_minor) == ("", 0)


@pytest.mark.requirement("S3-20")
def test_a_statement_within_a_month_stops_at_its_day(account, actor):
    january(account)
    shown = billing.statement(actor, account=account.id, as_of=date(2026, 1, 15))
    assert minor(shown.opening, shown.closing) == (10_000, 9_000)
    assert len(shown.movements) == 2


@pytest.mark.requirement("S3-20")
@pytest.mark.parametrize(
    ("as_of", "sentence"),
    [
        ("2026-11-21", "That day has not come yet. Choose today or an earlier day."),
        ("9999-12-31", "That day has not come yet. Choose today or an earlier day."),
        ("2026-02-30", "Choose a day, such as 2026-01-31."),
        ("1969-12-31", "Choose a day, such as 2026-01-31."),
        (date(1, 1, 1), "Choose a day, such as 2026-01-31."),
        ("", "Choose a day, such as 2026-01-31."),
        (None, "Choose a day, such as 2026-01-31."),
        (float("nan"), "Choose a day, such as 2026-01-31."),
        ([], "Choose a day, such as 2026-01-31."),
        (datetime(2026, 1, 31, tzinfo=UTC), "Choose a day, such as 2026-01-31."),
    ],
)
def test_a_day_to_come_or_no_day_is_refused_in_a_sentence(account, actor, as_of, sentence):
    with pytest.raises(Invalid) as refusal:
        billing.statement(actor, account=account.id, as_of=as_of)
    assert refusal.value.fields == {"as_of": sentence}


def test_today_is_the_accounts_own_day(any_db, clock):
    clock.at(2026, 11, 20, 15, 0)
    account = f.account(timezone="Pacific/Auckland")
    actor = f.consumer_actor(account)
    assert billing.statement(actor, account=account.id, as_of="2026-11-21").as_of.day == 21
    assert billing.account_summary(actor, account=account.id).standing.as_of.day == 21


@pytest.mark.requirement("S3-20")
def test_an_empty_statement_says_why(account, actor):
    def explained(day):
        return billing.statement(actor, account=account.id, as_of=day).explanation

    assert explained("2026-01-31") == (
        "Nothing had been charged or paid on this account by 31 January 2026."
    )
    f.entry(account, 10_000, date(2026, 1, 31))
    assert explained("2026-03-15") == (
        "Nothing was charged or paid from 1 March 2026 to 15 March 2026. "
        "Choose another date to see what happened before."
    )
    assert explained("2026-03-01") == "Nothing was charged or paid on 1 March 2026."
    assert explained("2026-01-31") == ""


@pytest.mark.requirement("S3-02")
def test_a_credit_balance_owes_nothing_and_ages_nothing(account, actor):
    f.entry(account, 1_000, date(2026, 1, 2))
    f.entry(account, -3_500, date(2026, 1, 3))
    standing = billing.statement(actor, account=account.id, as_of="2026-01-31").standing
    assert minor(standing.balance, standing.owed, standing.overdue) == (-2_500, 0, 0)
    assert standing.is_in_credit
    assert set(aged(standing).values()) == {0}


@pytest.mark.requirement("S3-20")
def test_age_counts_from_the_invoices_due_date_else_from_the_entry(account, actor):
    as_of = date(2026, 6, 30)
    f.invoice(account, 100, date(2026, 1, 1), number="INV-LONG", due_on=date(2026, 7, 30))
    f.invoice(account, 200, date(2026, 1, 1), number="INV-LATE", due_on=date(2026, 5, 31))
    f.invoice(account, 400, date(2026, 1, 1), number="INV-OPEN")
    f.entry(account, 100, date(2026, 1, 1), reference="INV-LONG")  # old entry, not due yet
    f.entry(account, 200, date(2026, 6, 1), reference="INV-LATE")  # 30 days over
    f.entry(account, 400, date(2026, 4, 30), reference="INV-OPEN")  # no due date: 61 days
    f.entry(account, 800, date(2026, 3, 31), reference="nothing such")  # 91 days
    f.entry(account, 1_600, as_of)  # of the day itself
    standing = billing.statement(actor, account=account.id, as_of=as_of).standing
    assert aged(standing) == {
        Bucket.NOT_DUE: 1_700,
        Bucket.TO_30: 200,
        Bucket.TO_60: 0,
        Bucket.TO_90: 400,
        Bucket.OVER_90: 800,
    }
    assert minor(standing.balance, standing.overdue) == (3_100, 1_400)


@pytest.mark.requirement("S3-20")
def test_an_invoice_that_falls_due_before_it_is_charged_ages_from_its_due_date(account, actor):
    f.invoice(account, 500, date(2026, 6, 1), number="INV-1", due_on=date(2025, 1, 1))
    f.entry(account, 500, date(2026, 6, 1), reference="INV-1")
    standing = billing.statement(actor, account=account.id, as_of="2026-06-30").standing
    assert aged(standing)[Bucket.OVER_90] == 500


def test_invoices_of_other_accounts_or_taken_back_date_nothing(account, actor):
    f.invoice(f.account(), 500, date(2026, 6, 1), number="INV-1", due_on=date(2027, 1, 1))
    f.invoice(
        account,
        500,
        date(2026, 6, 1),
        number="INV-2",
        due_on=date(2027, 1, 1),
        ended_at=datetime(2026, 6, 2, tzinfo=UTC),
    )
    f.entry(account, 500, date(2026, 6, 1), reference="INV-1")
    f.entry(account, 500, date(2026, 6, 1), reference="INV-2")
    standing = billing.statement(actor, account=account.id, as_of="2026-06-30").standing
    assert aged(standing)[Bucket.TO_30] == 1_000


def test_entries_taken_back_by_the_feed_do_not_count(account, actor):
    f.entry(account, 700, date(2026, 1, 5), ended_at=datetime(2026, 2, 1, tzinfo=UTC))
    f.entry(account, 100, date(2026, 1, 6))
    shown = billing.statement(actor, account=account.id, as_of="2026-01-31")
    assert minor(shown.opening, shown.closing) == (0, 100)
    assert len(shown.movements) == 1
    assert billing.account_summary(actor, account=account.id).standing.owed.amount_minor == 100


def test_a_month_with_too_many_entries_lists_the_newest_and_sums_the_rest(
    account, actor, monkeypatch
):
    monkeypatch.setattr(statements, "MOST_MOVEMENTS", 3)
    for n in range(1, 6):
        f.entry(account, n * 100, date(2026, 1, n))
    shown = billing.statement(actor, account=account.id, as_of="2026-01-31")
    assert [m.amount.amount_minor for m in shown.movements] == [300, 400, 500]
    assert minor(shown.opening, shown.earlier, shown.closing) == (0, 300, 1_500)
    assert shown.movements[0].balance.amount_minor == 600


# Every day of a year of entries, with their invoices, against arithmetic on plain lists.

LEDGER = st.lists(
    st.tuples(
        st.integers(-50_000, 50_000),
        st.dates(date(2025, 10, 1), date(2026, 11, 20)),
        st.one_of(st.none(), st.integers(-60, 200)),
    ),
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ledger=LEDGER, as_of=st.dates(date(2025, 10, 1), TODAY))
def test_the_databases_sums_are_those_of_the_plain_rules(any_db, clock, ledger, as_of):
    with database.writing_session() as session, session.begin():
        session.exec(delete(LedgerEntry))
        session.exec(delete(Invoice))
    accounts = f.fetch_all(f.m.Account)
    account = accounts[0] if accounts else f.account()
    actor = f.staff_actor()
    debits, paid = dict.fromkeys(Bucket, 0), 0
    for n, (amount, on, terms) in enumerate(ledger):
        due = on
        if terms is not None and amount > 0:
            due = on + timedelta(days=terms)
            f.invoice(account, amount, on, number=f"INV-{n}", due_on=due)
        f.entry(account, amount, on, reference=f"INV-{n}")
        if on <= as_of and amount > 0:
            debits[rules.bucket_of(due, as_of)] += amount
        elif on <= as_of:
            paid -= amount
    shown = billing.statement(actor, account=account.id, as_of=as_of)
    assert aged(shown.standing) == rules.ageing(debits, paid)
    balance = sum(amount for amount, on, _ in ledger if on <= as_of)
    before = sum(amount for amount, on, _ in ledger if on < as_of.replace(day=1))
    assert minor(shown.opening, shown.closing) == (before, balance)
    assert sum(aged(shown.standing).values()) == max(balance, 0)
    steps = [shown.opening, *(m.balance for m in shown.movements)]
    assert steps[-1] == shown.closing
    moved = [m.amount for m in shown.movements]
    assert [after - earlier for earlier, after in pairwise(steps)] == moved


@pytest.mark.requirement("S3-03")
def test_the_statements_are_the_month_ends_with_entries_newest_first(account, actor):
    january(account)  # December, January, February
    f.entry(account, 100, date(2026, 10, 31))
    f.entry(account, 5, TODAY)  # this month has not ended
    page = billing.statement_list(actor, account=account.id)
    assert [(row.as_of, row.balance.amount_minor) for row in page.rows] == [
        (date(2026, 10, 31), 22_000),
        (date(2026, 2, 28), 21_900),
        (date(2026, 1, 31), 12_000),
        (date(2025, 12, 31), 10_000),
    ]
    for row in page.rows:
        shown = billing.statement(actor, account=account.id, as_of=row.as_of)
        assert shown.closing == row.balance


def test_on_the_last_day_of_a_month_its_statement_is_there(account, actor, clock):
    f.entry(account, 100, date(2026, 11, 5))
    assert billing.statement_list(actor, account=account.id).rows == ()
    assert billing.account_summary(actor, account=account.id).statements == ()
    clock.at(2026, 11, 30, 12, 0)
    (row,) = billing.statement_list(actor, account=account.id).rows
    assert (row.as_of, row.balance.amount_minor) == (date(2026, 11, 30), 100)
    assert billing.account_summary(actor, account=account.id).statements == (row,)


def test_statements_are_read_page_by_page(account, actor):
    for month in range(30):
        year, index = divmod(month, 12)
        f.entry(account, 100, date(2024 + year, index + 1, 10))
    pages = [billing.statement_list(actor, account=account.id)]
    while pages[-1].after:
        pages.append(billing.statement_list(actor, account=account.id, after=pages[-1].after))
    assert [len(page.rows) for page in pages] == [12, 12, 6]
    rows = [row for page in pages for row in page.rows]
    assert [row.balance.amount_minor for row in rows] == list(range(3_000, 0, -100))


@pytest.mark.parametrize("after", ["", "x", None, 5, "0001-01-01", "9999-12-31", ["a"]])
def test_a_made_up_cursor_gives_the_first_page(account, actor, after):
    january(account)
    first = billing.statement_list(actor, account=account.id)
    assert billing.statement_list(actor, account=account.id, after=after) == first


@pytest.mark.requirement("S3-02")
@pytest.mark.requirement("S3-19")
def test_the_summary_shows_balance_what_is_owed_and_the_last_payment(account, actor):
    january(account)
    f.entry(account, -500, date(2026, 3, 1), kind=EntryKind.CREDIT)
    f.entry(account, 777, date(2026, 11, 21))  # not yet
    shown = billing.account_summary(actor, account=account.id)
    ledger = [10_000, 5_000, -6_000, 3_000, 9_900, -500]
    assert minor(shown.standing.balance, shown.standing.owed) == (sum(ledger), sum(ledger))
    assert shown.last_payment is not None
    assert shown.last_payment.amount == Money(6_000, "USD")
    assert (shown.last_payment.on, shown.last_payment.method) == (
        date(2026, 1, 15),
        "Visa ending 4242",
    )
    assert [m.amount.amount_minor for m in shown.movements] == [-500, 9_900, 3_000, -6_000, 5_000]
    assert [row.as_of for row in shown.statements] == [
        date(2026, 3, 31),
        date(2026, 2, 28),
        date(2026, 1, 31),
    ]


@pytest.mark.requirement("S3-19")
def test_without_a_payment_there_is_no_last_one(account, actor):
    f.entry(account, 100, date(2026, 1, 5))
    f.entry(account, -20, date(2026, 1, 6), kind=EntryKind.CREDIT)
    assert billing.account_summary(actor, account=account.id).last_payment is None


@pytest.mark.requirement("S3-02")
def test_summary_and_statement_of_the_same_day_agree(account, actor):
    january(account)
    summary = billing.account_summary(actor, account=account.id)
    shown = billing.statement(actor, account=account.id, as_of=TODAY)
    assert summary.standing == shown.standing


@pytest.mark.asvs("8.2.2")
def test_only_those_who_see_the_account_see_its_figures(account):
    january(account)
    other = f.brand(key="orchard", name="Orchard")
    allowed = [f.consumer_actor(account, role=ContactRole.BILLING), f.staff_actor()]
    strangers = [
        f.consumer_actor(account, ends_on=date(2026, 11, 19)),
        f.consumer_actor(f.account()),
        f.staff_actor(brand_id=other.id),
        ANONYMOUS,
    ]
    questions = [
        lambda actor: billing.account_summary(actor, account=account.id),
        lambda actor: billing.statement(actor, account=account.id, as_of=TODAY),
        lambda actor: billing.statement_list(actor, account=account.id),
        lambda actor: billing.invoice_list(actor, account=account.id),
    ]
    for ask in questions:
        for actor in allowed:
            assert ask(actor)
        for actor in strangers:
            with pytest.raises(NotFound):
                ask(actor)


def test_figures_take_the_same_queries_however_long_the_ledger_is(any_db, account, actor):
    def asked():
        with count_queries(any_db) as queries:
            billing.account_summary(actor, account=account.id)
            summary = len(queries)
            billing.statement(actor, account=account.id, as_of="2026-01-31")
            statement = len(queries) - summary
            billing.statement_list(actor, account=account.id)
            return summary, statement, len(queries) - summary - statement

    f.entry(account, 100, date(2026, 1, 5))
    few = asked()
    for n in range(40):
        f.entry(account, 100, date(2025, 1 + n % 12, 5), reference=f"INV-{n}")
        f.invoice(account, 100, date(2025, 1, 1), number=f"INV-{n}", due_on=date(2026, 1, 3))
    assert asked() == few == (6, 4, 3)
