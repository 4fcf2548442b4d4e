"""Every form in which a file may come."""

import os

import pytest

from portal_app.models import Account, LedgerEntry, Person, Store
from tests import factories as f
from tests.services.imports import feeding as feed

STORES = "external_id{0}name{0}address\nS-1{0}Dockside{0}{1}\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found_out(db, tmp_path, delimiter, line_end):
    text = STORES.format(delimiter, "1 Quay St.").replace("\n", line_end)
    assert feed.feed(tmp_path, stores=text).is_clean
    assert f.fetch(Store).address == "1 Quay St."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_encodings_are_found_out(db, tmp_path, encoding):
    people = "external_id,given_name,family_name\nP-1,Siobhán,Müller–Nørgård\n"
    assert feed.feed(tmp_path, people=people.encode(encoding)).is_clean
    assert f.fetch(Person).name == "Siobhán Müller–Nørgård"


def test_a_letter_cut_in_two_by_the_reader_is_still_utf8(db, tmp_path, monkeypatch):
    monkeypatch.setattr("portal_app.services.imports.commands.rows._CHUNK", 7)
    people = "external_id,given_name,family_name\nP-1,ÅÅÅÅÅÅÅÅÅÅ,Ñ\n"
    assert feed.feed(tmp_path, people=people).is_clean
    assert f.fetch(Person).given_name == "Å" * 10


def test_quoted_values_hold_delimiters_marks_and_line_ends(db, tmp_path):
    text = 'external_id,name,address\nS-1,"Dock ""A"", north","1 Quay St.\nTacoma"\nS-2,B,x\n'
    report = feed.feed(tmp_path, stores=text)
    assert report.is_clean
    found = f.fetch(Store, external_id="S-1")
    assert (found.name, found.address) == ('Dock "A", north', "1 Quay St.\nTacoma")


def test_lines_are_counted_as_an_editor_shows_them(db, tmp_path):
    text = 'external_id,name,address\nS-1,A,"1\n2\n3"\n\nS-2,,x\n'
    assert feed.refusals(feed.feed(tmp_path, stores=text)) == [("stores.csv", 6, "name")]


def test_blank_lines_and_rows_of_empty_cells_are_passed_over(db, tmp_path):
    text = "external_id,name,address\n\nS-1,A,\n,,\n\n"
    report = feed.feed(tmp_path, stores=text)
    assert (report.is_clean, report.run.rows_read) == (True, 1)


def test_columns_may_come_in_any_order_and_case(db, tmp_path):
    assert feed.feed(tmp_path, stores="Name, EXTERNAL_ID \n Dockside , S-1 \n").is_clean
    assert f.fetch(Store, external_id="S-1").name == "Dockside"


def test_an_unknown_column_is_left_out_with_a_warning(db, tmp_path):
    report = feed.feed(tmp_path, stores="external_id,name,adress\nS-1,Dockside,1 Quay St.\n")
    assert report.is_clean
    assert [(one.field, one.is_warning) for one in report.refusals] == [("adress", True)]


def test_json_lines_mean_the_same_as_csv(db, tmp_path):
    lines = (
        '{"external_id": "A-1", "number": 101, "name": "Acme", "account_type": "account",'
        ' "web_portal_enabled": true, "email": null, "currency": "USD"}\n\n'
    )
    entry = (
        '{"external_id":"L-1","account":"A-1","kind":"charge","amount":0.10,'
        '"effective_on":"2026-11-02"}\n'
    )
    report = feed.feed(tmp_path, accounts_jsonl=lines, ledger_jsonl=entry)
    assert report.is_clean
    found = f.fetch(Account)
    assert (found.number, found.web_portal_enabled, found.email) == ("101", True, "")
    assert f.fetch(LedgerEntry).amount_minor == 10


def test_an_amount_in_json_is_never_a_float(db, tmp_path):
    entry = (
        '{"external_id":"L-1","account":"A-1","kind":"charge","amount":%s,'
        '"effective_on":"2026-11-02"}\n'
    )
    feed.feed(tmp_path / "1", accounts=feed.ACCOUNT, ledger_jsonl=entry % "0.29")
    assert f.fetch(LedgerEntry).amount_minor == 29
    report = feed.feed(tmp_path / "2", ledger_jsonl=entry % "1e2")
    assert feed.refusals(report) == [("ledger.jsonl", 1, "amount")]


@pytest.mark.parametrize(
    ("line", "field", "sentence"),
    [
        ("not json", "", "not JSON"),
        ('["a"]', "", "one object"),
        ('"a"', "", "one object"),
        ('{"external_id": "S-1", "name": ["a"]}', "name", "not a list"),
        ('{"external_id": "S-1", "name": {"a": 1}}', "name", "not a list"),
        ('{"external_id": "S-1", "name": "\\ud800"}', "name", "do not print"),
        ('{"external_id": "S-1", "name": "a\\u0000b"}', "name", "do not print"),
        ('{"external_id": "\\ud800", "name": "a"}', "external_id", "do not print"),
        ('{"external_id": "S-1", "name": NaN, "timezone": Infinity}', "timezone", "IANA"),
        ("[" * 100_000, "", "not JSON"),
        ('{"external_id": "S-1", "name": "' + "x" * 1_000_000 + '"}', "", "not JSON"),
        ('{"name": "a"}', "external_id", "Give every row"),
    ],
)
def test_a_line_that_is_no_object_is_refused_alone(db, tmp_path, line, field, sentence):
    good = '{"external_id": "S-2", "name": "Kept"}'
    report = feed.feed(tmp_path, stores_jsonl=f"{line}\n{good}\n")
    assert feed.refusals(report) == [("stores.jsonl", 1, field)]
    assert sentence in report.refusals[0].sentence
    assert f.fetch(Store).name == "Kept"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PNG\0\0\0", "not a text file"),
        ("external_id,name\nS-1,Ä\n".encode("utf-16"), "not a text file"),
        (b"external_id,name\nS-1,\x81\xff\n", "encoding"),
        (b"S-1,Dockside,1 Quay St.\n", "must name the columns"),
        (b"\n\n", "must name the columns"),
        (b"external_id|name\nS-1|Dockside\n", "must name the columns"),
        (b"external_id,address\nS-1,1 Quay St.\n", "Add the column name"),
        (b"external_id,name,name\nS-1,a,b\n", "column name stands there twice"),
        (b'external_id,"name\nS-1,Dockside\n', "quotation marks of the first line"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(db, tmp_path, content, sentence):
    report = feed.feed(tmp_path, stores=content, accounts=feed.ACCOUNT)
    assert feed.refusals(report) == [("stores.csv", 0, "")]
    assert sentence in report.refusals[0].sentence
    assert (report.files_refused, report.is_clean) == (1, False)
    assert f.fetch_all(Store) == []
    assert f.fetch(Account).number == "101"


def test_json_lines_in_another_encoding_are_refused_whole(db, tmp_path):
    line = '{"external_id": "S-1", "name": "Ä"}\n'.encode("windows-1252")
    assert feed.refusals(feed.feed(tmp_path, stores_jsonl=line)) == [("stores.jsonl", 0, "")]


def test_marks_that_never_close_are_refused_where_they_open(db, tmp_path):
    rows = "".join(f"S-{n},Dock {n},\n" for n in range(3, 30))
    text = f'external_id,name,address\nS-1,A,\nS-2,"B,\n{rows}'
    report = feed.feed(tmp_path, stores=text)
    assert feed.refusals(report) == [("stores.csv", 3, "")]
    assert "line 30" in report.refusals[0].sentence
    assert f.fetch(Store).external_id == "S-1"


def test_marks_that_close_far_too_late_lose_no_row_silently(db, tmp_path):
    rows = "".join(f"S-{n},Dock {n},{'x' * 200}\n" for n in range(3, 1500))
    text = f'external_id,name,address\nS-1,A,\nS-2,"B,\n{rows}'
    report = feed.feed(tmp_path, stores=text)
    first = report.refusals[0]
    last = int(first.sentence.split("line ")[1].split(";")[0])
    kept = {store.external_id for store in f.fetch_all(Store)}
    # S-n stands on line n + 1: every line that the sentence does not speak of went in.
    assert kept == {"S-1", *(f"S-{n}" for n in range(last, 1500))}
    assert feed.refusals(report) == [("stores.csv", 3, "")]


@pytest.mark.parametrize("name", ["a\\u0000b", "\\ud800", "\\u001b[2J"])
def test_an_unknown_name_that_cannot_be_shown_is_still_warned_about(any_db, tmp_path, name):
    report = feed.feed(tmp_path, stores_jsonl=f'{{"external_id": "S-1", "name": "A", "{name}": 1}}')
    assert (report.is_clean, report.warnings) == (True, 1)
    assert report.refusals[0].field.isprintable()


def test_a_file_name_that_cannot_be_shown_is_still_refused_by_name(any_db, tmp_path):
    odd = os.fsdecode(b"acco\xffunts\n.csv")
    (tmp_path / odd).write_text("external_id\n")
    report = feed.load(tmp_path)
    assert report.files_refused == 1
    assert report.refusals[0].file == "acco unts .csv"
