"""`portal import`, `portal publish` and `portal brand`, as an operator types them."""

import pytest
from typer.testing import CliRunner

from portal_app.__main__ import app
from portal_app.models import Account, Brand, SyncRun
from portal_app.services.imports import RunState
from tests import factories as f
from tests.services.imports import feeding as feed

BAD = "external_id,number,name,account_type\nA-1,101,Acme,prepaid\n"


@pytest.fixture
def portal(db):
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_a_good_feed_is_reported_and_ends_with_0(portal, tmp_path):
    f.brand()
    done = portal("import", feed.write(tmp_path, accounts=feed.ACCOUNT, ledger=feed.LEDGER))
    assert done.exit_code == 0
    figures = {line.split()[0]: line.split()[1:] for line in done.output.splitlines() if line}
    assert figures["accounts"] == figures["ledger"] == ["1", "0", "0", "0", "0", "0"]
    assert "2 rows read, 2 written, 0 refused" in done.output


def test_a_refusal_is_printed_and_ends_with_1(portal, tmp_path):
    f.brand()
    done = portal("import", feed.write(tmp_path, accounts=BAD))
    assert done.exit_code == 1
    assert "Refused  accounts.csv:2 account_type (prepaid)  Use one of these words" in done.output


def test_a_dry_run_says_that_nothing_was_written(portal, tmp_path):
    f.brand()
    done = portal("import", feed.write(tmp_path, accounts=feed.ACCOUNT), "--dry-run")
    assert done.exit_code == 0
    assert "Nothing was written: this was a dry run. 1 rows read, 1 to write" in done.output
    assert f.fetch_all(Account) == []


def test_an_import_that_cannot_run_says_why_and_ends_with_2(portal, tmp_path):
    folder = feed.write(tmp_path, accounts=feed.ACCOUNT)
    none_yet = portal("import", folder)
    assert (none_yet.exit_code, "portal brand KEY NAME" in none_yet.output) == (2, True)
    portal("brand", "harbourline", "Harbourline")
    unknown = portal("import", folder, "--brand", "nobody")
    assert (unknown.exit_code, "Known: harbourline" in unknown.output) == (2, True)
    assert portal("import", tmp_path / "nowhere").exit_code == 2
    assert f.fetch_all(SyncRun) == []


def test_a_feed_goes_to_the_brand_that_is_named(portal, tmp_path):
    f.brand()
    made = portal("brand", "orchard", "Orchard & Vale", "--host", "orchard.localhost")
    assert made.exit_code == 0
    folder = feed.write(tmp_path, accounts=feed.ACCOUNT)
    assert portal("import", folder, "--brand", "orchard").exit_code == 0
    assert f.fetch(Account).brand_id == f.fetch(Brand, key="orchard").id


def test_the_first_brand_is_the_default_one(portal):
    portal("brand", "one", "One")
    portal("brand", "two", "Two")
    portal("brand", "one", "One again")
    assert {(one.key, one.name, one.is_default) for one in f.fetch_all(Brand)} == {
        ("one", "One", True),
        ("two", "Two", False),
    }


@pytest.mark.requirement("S3-10")
def test_publish_tells_what_it_did(portal):
    f.brand()
    f.account()
    done = portal("publish")
    assert done.exit_code == 0
    assert "1 accounts looked at: 0 can register now" in done.output
    run = f.fetch(SyncRun)
    assert (run.kind, run.trigger, run.state) == ("publication", "command", RunState.FINISHED)
