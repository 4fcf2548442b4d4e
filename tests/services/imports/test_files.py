"""Which files are read at all: folders, zips, single files, and their limits."""

import struct
import zipfile

import pytest

from portal_app.core import settings as settings_module
from portal_app.models import Account, LedgerEntry
from tests import factories as f
from tests.services.imports import feeding as feed


@pytest.fixture
def small(monkeypatch):
    """Limits of one megabyte a file and two in all."""
    chosen = settings_module.Settings(feed_megabytes=1, feed_unpacked_megabytes=2)
    for module in ("commands.feeds", "commands.uploads"):
        monkeypatch.setattr(f"portal_app.services.imports.{module}.settings", lambda: chosen)


def zipped(path, *members: tuple[str, str | bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def rows(count: int, width: int = 80) -> str:
    lines = (f"A-{n},{n},{'x' * width},account\n" for n in range(count))
    return "external_id,number,name,account_type\n" + "".join(lines)


def test_a_zip_is_read_like_a_folder(db, tmp_path):
    path = zipped(
        tmp_path / "feed.zip",
        ("ledger.csv", feed.LEDGER),
        ("Accounts.CSV", feed.ACCOUNT),
        ("README.md", "about"),
        ("__MACOSX/._accounts.csv", b"\0\0"),
        (".DS_Store", b"\0"),
    )
    report = feed.load(path)
    assert (report.is_clean, report.run.source) == (True, "feed.zip")
    assert f.fetch(LedgerEntry).amount_minor == 123450


def test_a_single_file_is_read(db, tmp_path):
    path = feed.write(tmp_path, accounts=feed.ACCOUNT) / "accounts.csv"
    assert feed.load(path).is_clean
    assert f.fetch(Account).number == "101"


def test_files_of_the_folder_that_are_no_feed_are_passed_over(db, tmp_path):
    (tmp_path / "README.md").write_text("about")
    (tmp_path / "old").mkdir()
    assert feed.feed(tmp_path, accounts=feed.ACCOUNT).is_clean


def test_a_misspelt_file_is_refused_by_name(db, tmp_path):
    report = feed.feed(tmp_path, accounts=feed.ACCOUNT, legder=feed.LEDGER)
    assert feed.refusals(report) == [("legder.csv", 0, "")]
    assert "ledger.csv" in report.refusals[0].sentence
    assert f.fetch(Account).number == "101"


def test_two_files_of_one_type_are_both_refused(db, tmp_path):
    line = '{"external_id": "A-2", "number": "2", "name": "B", "account_type": "account"}\n'
    report = feed.feed(tmp_path, accounts=feed.ACCOUNT, accounts_jsonl=line)
    assert feed.refusals(report) == [("accounts.csv", 0, ""), ("accounts.jsonl", 0, "")]
    assert f.fetch_all(Account) == []


def test_a_folder_without_a_feed_says_so(db, tmp_path):
    report = feed.load(tmp_path)
    assert (report.is_clean, report.files_refused) == (False, 1)
    assert "accounts.csv" in report.refusals[0].sentence


@pytest.mark.parametrize(
    "name",
    [
        "feed/accounts.csv",
        "../accounts.csv",
        "/accounts.csv",
        "..\\accounts.csv",
        "C:\\accounts.csv",
    ],
)
def test_a_file_in_a_folder_of_the_zip_is_refused_and_written_nowhere(db, tmp_path, name):
    report = feed.load(zipped(tmp_path / "feed.zip", (name, feed.ACCOUNT)))
    assert report.files_refused == 1
    assert "at the top" in report.refusals[0].sentence
    assert f.fetch_all(Account) == []
    assert list(tmp_path.rglob("accounts.csv")) == []


def test_a_locked_file_of_a_zip_is_refused(db, tmp_path):
    path = zipped(
        tmp_path / "feed.zip", ("accounts.csv", feed.ACCOUNT), ("ledger.csv", feed.LEDGER)
    )
    data = bytearray(path.read_bytes())
    first = data.index(b"PK\x01\x02")
    data[first + 8] |= 1  # the flag that says the content is encrypted
    path.write_bytes(data)
    report = feed.load(path)
    assert ("accounts.csv", 0, "") in feed.refusals(report)
    assert "password" in report.refusals[0].sentence


@pytest.mark.parametrize("damage", ["cut", "content", "noise"])
def test_a_damaged_zip_is_refused(db, tmp_path, damage):
    path = zipped(tmp_path / "feed.zip", ("accounts.csv", rows(2_000)))
    data = bytearray(path.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "content":
        data[60:90] = b"\xff" * 30
    else:
        data = bytearray(b"PK\x03\x04" + b"noise" * 100)
    path.write_bytes(data)
    report = feed.load(path)
    assert (report.files_refused, report.run.rows_read) == (1, 0)
    assert "again" in report.refusals[0].sentence


def test_a_file_named_zip_that_is_none_is_refused(db, tmp_path):
    path = tmp_path / "feed.zip"
    path.write_text("not a zip")
    report = feed.load(path)
    assert feed.refusals(report) == [("feed.zip", 0, "")]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(db, tmp_path, small, monkeypatch):
    def never(*_args):
        raise AssertionError("the file was read")

    folder = feed.write(tmp_path, accounts=rows(12_000))
    monkeypatch.setattr("portal_app.services.imports.commands.rows._encoding", never)
    report = feed.load(folder)
    assert feed.refusals(report) == [("accounts.csv", 0, "")]
    assert "larger than 1 MB" in report.refusals[0].sentence


def test_files_that_are_too_large_together_are_refused(db, tmp_path, small):
    parts = {name: rows(9_000) for name in ("accounts", "ledger", "stores")}
    report = feed.feed(tmp_path, **parts)
    assert "larger than 2 MB" in next(one.sentence for one in report.refusals if not one.line)


def test_a_zip_that_unpacks_to_too_much_is_refused(db, tmp_path, small):
    bomb = zipped(tmp_path / "feed.zip", ("accounts.csv", b"x" * 50_000_000))
    assert bomb.stat().st_size < 100_000
    report = feed.load(bomb)
    assert feed.refusals(report) == [("accounts.csv", 0, "")]
    assert "Unpacked" in report.refusals[0].sentence


def test_a_zip_whose_files_are_too_much_together_is_refused(db, tmp_path, small):
    padding = "\n" * 900_000
    members = [
        (f"{name}.csv", content + padding)
        for name, content in (("accounts", feed.ACCOUNT), ("ledger", feed.LEDGER), ("stores", "x"))
    ]
    report = feed.load(zipped(tmp_path / "feed.zip", *members))
    assert feed.refusals(report) == [("stores.csv", 0, "")]


def test_a_zip_that_lies_about_its_size_is_refused(db, tmp_path, small):
    content = b"x" * 5_000_000
    path = zipped(tmp_path / "feed.zip", ("accounts.csv", content))
    data = path.read_bytes().replace(struct.pack("<I", len(content)), struct.pack("<I", 1000))
    path.write_bytes(data)
    report = feed.load(path)
    assert report.files_refused == 1
    assert report.run.rows_read == 0


def test_a_zip_of_very_many_files_is_refused(db, tmp_path):
    members = [(f"x{n}.csv", "") for n in range(1_200)]
    report = feed.load(zipped(tmp_path / "feed.zip", *members))
    assert "too many files" in report.refusals[0].sentence


def test_nothing_that_was_unpacked_remains(db, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    feed.load(zipped(tmp_path / "feed.zip", ("accounts.csv", feed.ACCOUNT)))
    assert list((tmp_path / "temp").iterdir()) == []
