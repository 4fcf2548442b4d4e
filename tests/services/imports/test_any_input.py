"""Whatever a feed holds, it is refused or it goes in; nothing else ever happens."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_app.core.money import Money
from portal_app.services.imports import RunState
from portal_app.services.imports.rules import cells
from portal_app.services.imports.rules.cells import Surroundings, Unreadable
from portal_app.services.imports.rules.types import TYPES
from tests.services.imports import feeding as feed
from tests.services.imports.test_upserts import EVERYTHING

ANY_TEXT = st.text(max_size=40) | st.sampled_from(
    [
        "A-1", "C-1", "I-1", "P-1", "S-1", "1", "-1", "0", "1.5", "1e9", "NaN", "Infinity", "true",
        "2026-11-20", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-20T10:00:00Z", "USD",
        "2026-11-20T24:00:00Z", "9999-12-31T23:59:59-14:00", "JPY", "US", "GB", "account",
        "rental", "active", "charge", "owner", "(813) 555-1234", "a@b.co", "=1+1", "\ud800",
        "9" * 400, "\u0663", "\uff11\uff12", "x" * 300, "\N{RIGHT-TO-LEFT OVERRIDE}x",
    ]
)  # fmt: skip
ANY_VALUE = (
    ANY_TEXT
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)
FEW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def records(draw) -> tuple[str, list[dict]]:
    name = draw(st.sampled_from(sorted(TYPES)))
    names = st.sampled_from(sorted(TYPES[name].names)) | st.text(max_size=5)
    rows = draw(st.lists(st.dictionaries(names, ANY_VALUE, max_size=12), min_size=1, max_size=6))
    # Some rows have what is required, so that they get further.
    return name, [row if draw(st.booleans()) else _like_a_good_one(name, row) for row in rows]


def _like_a_good_one(name: str, row: dict) -> dict:
    header, good = EVERYTHING[name].splitlines()[:2]
    return dict(zip(header.split(","), good.split(","), strict=True)) | row


@FEW
@given(records())
def test_any_json_is_refused_or_goes_in_and_then_changes_nothing(any_db, tmp_path, given_records):
    name, rows = given_records
    lines = "\n".join(json.dumps(row) for row in rows)
    report = feed.feed(tmp_path / "any", **{f"{name}_jsonl": lines})
    _expect_an_orderly_end(report)
    again = feed.load(tmp_path / "any")
    assert again.run.written == 0 or again.run.refused < report.run.refused
    (tmp_path / "any" / f"{name}.jsonl").unlink()


@FEW
@given(st.sampled_from(sorted(TYPES)), st.binary(max_size=400))
def test_any_bytes_are_refused_or_go_in(db, tmp_path, name, content):
    header = EVERYTHING[name].splitlines()[0].encode()
    for data in (content, header + b"\n" + content):
        _expect_an_orderly_end(feed.feed(tmp_path / "any", **{name: data}))
    (tmp_path / "any" / f"{name}.csv").unlink()


@FEW
@given(st.binary(max_size=300))
def test_any_bytes_may_be_called_a_zip(db, tmp_path, content):
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        path = tmp_path / "feed.zip"
        path.write_bytes(start + content)
        report = feed.load(path)
        _expect_an_orderly_end(report)
        assert report.files_refused


def _expect_an_orderly_end(report) -> None:
    assert report.run.state is RunState.FINISHED
    for refusal in report.refusals:
        assert refusal.sentence.strip().endswith((".", "…Z."))
        assert len(refusal.value) <= 60
    total = sum(
        one.new + one.changed + one.unchanged + one.stale + one.ended + one.refused
        for one in report.counts
    )
    assert total == report.run.rows_read


READERS = [
    cells.text(10), cells.day, cells.past_day, cells.moment, cells.flag, cells.whole, cells.money,
    cells.price, cells.amount_of_things, cells.email, cells.country, cells.currency, cells.zone,
    cells.locale, *[one.reader for kind in TYPES.values() for one in kind.fields],
]  # fmt: skip


@pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
@settings(max_examples=400, deadline=None)
@given(cell=ANY_TEXT)
def test_every_reader_answers_or_says_what_to_write(currency, cell):
    around = Surroundings(currency, "US", date(2026, 11, 20))
    for reader in READERS:
        with suppress(Unreadable):
            reader(cell, around)


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**14), 10**14), st.sampled_from(["USD", "JPY", "KWD"]))
def test_an_amount_is_read_back_as_it_was_written(minor, currency):
    written = Money(minor, currency).decimal
    if len(written.lstrip("-").partition(".")[0]) <= 12:
        assert cells.money(written, Surroundings(currency, "US", date(2026, 11, 20))) == minor
