from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.services.billing import rules
from portal_app.services.billing.rules import Bucket, InvoiceStatus

DAY = date(2026, 1, 31)
sums = st.dictionaries(st.sampled_from(Bucket), st.integers(0, 10**12))
days = st.dates(rules.EARLIEST, date(9000, 1, 1))


@pytest.mark.parametrize(
    ("age", "bucket"),
    [
        (-400, Bucket.NOT_DUE),
        (0, Bucket.NOT_DUE),
        (1, Bucket.TO_30),
        (30, Bucket.TO_30),
        (31, Bucket.TO_60),
        (60, Bucket.TO_60),
        (61, Bucket.TO_90),
        (90, Bucket.TO_90),
        (91, Bucket.OVER_90),
        (5000, Bucket.OVER_90),
    ],
)
def test_an_amount_stands_in_the_bucket_of_its_age(age, bucket):
    assert rules.bucket_of(DAY - timedelta(days=age), DAY) is bucket


@given(due=days, as_of=days)
def test_the_starts_of_the_buckets_agree_with_the_age(due, as_of):
    starts = rules.bucket_starts(as_of)
    by_start = next((b for b, start in starts.items() if due >= start), Bucket.OVER_90)
    assert by_start is rules.bucket_of(due, as_of)


@given(debits=sums, paid=st.integers(0, 10**13))
def test_ageing_sums_to_what_is_owed_and_is_never_negative(debits, paid):
    left = rules.ageing(debits, paid)
    assert list(left) == list(Bucket)
    assert all(amount >= 0 for amount in left.values())
    assert sum(left.values()) == rules.owed(sum(debits.values()) - paid)


@given(debits=sums, paid=st.integers(0, 10**13))
def test_nothing_younger_is_cleared_while_something_older_is_left(debits, paid):
    left = rules.ageing(debits, paid)
    touched = [b for b in Bucket if left[b] < debits.get(b, 0)]
    for bucket in touched:
        older = list(Bucket)[list(Bucket).index(bucket) + 1 :]
        assert all(left[one] == 0 for one in older)


@given(debits=sums, paid=st.integers(0, 10**13), more=st.integers(0, 10**13))
def test_paying_more_never_leaves_more(debits, paid, more):
    before, after = rules.ageing(debits, paid), rules.ageing(debits, paid + more)
    assert all(after[bucket] <= before[bucket] for bucket in Bucket)


@given(day=days)
def test_a_month_begins_on_its_first_and_ends_before_the_next(day):
    start, end = rules.month_start(day), rules.month_end(day)
    assert start.day == 1
    assert start <= day <= end
    assert (end + timedelta(days=1)).day == 1
    assert (end.year, end.month) == (day.year, day.month)
    assert rules.month_end_before(day) == start - timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    ["", "today", "2026-02-30", "2026-1-31", "20260131aa", "1969-12-31", "0001-01-01", None, 7,
     "2026-01-31T00:00", " 2026-01-31", "\N{FULLWIDTH DIGIT TWO}026-01-31", ["2026-01-31"],
     "2026-W05-6"],
)  # fmt: skip
def test_what_is_no_day_is_none(text):
    assert rules.read_day(text) is None


def test_a_day_is_read():
    assert rules.read_day("2026-01-31") == DAY


@pytest.mark.parametrize(
    ("total", "left", "due", "status"),
    [
        (1000, 1000, DAY, InvoiceStatus.OPEN),
        (1000, 400, DAY, InvoiceStatus.PART_PAID),
        (1000, 400, DAY - timedelta(days=1), InvoiceStatus.OVERDUE),
        (1000, 1000, None, InvoiceStatus.OPEN),
        (1000, 0, DAY - timedelta(days=1), InvoiceStatus.PAID),
        (1000, -5, None, InvoiceStatus.PAID),
        (0, 0, None, InvoiceStatus.PAID),
        (1000, None, DAY - timedelta(days=9), InvoiceStatus.UNKNOWN),
        (-1000, None, None, InvoiceStatus.CREDIT_NOTE),
        (-1000, -1000, None, InvoiceStatus.CREDIT_NOTE),
    ],
)
def test_an_invoice_stands_where_its_amounts_and_its_date_say(total, left, due, status):
    assert rules.invoice_status(total, left, due, DAY) is status


def test_every_status_of_an_invoice_has_words():
    for status in InvoiceStatus:
        words = rules.INVOICE_WORDS[status]
        assert words.label
        assert words.next_step.endswith(".")
        assert words.tone in {"good", "warn", "bad", "info", "neutral"}
