"""What a feed means for who may come in: lost at once, gained at publication."""

import pytest

from portal_app.core.actor import Role
from portal_app.models import Account, PortalAccess, PortalUser, SyncRun, UserStatus
from portal_app.services import access, demo, identity, imports
from portal_app.services.imports.commands import feeds
from tests import factories as f
from tests.services.imports import feeding as feed

ACCOUNTS = (
    "external_id,number,name,account_type,main_phone,email,postal_code,web_portal_enabled\n"
    "A-1,101,Acme,account,(813) 555-1234,office@example.com,33602,true\n"
)
PEOPLE = "external_id,given_name,family_name\nP-1,Rosa,Lindqvist\n"
OWNER = "external_id,account,person,role,ends_on\nK-1,A-1,P-1,owner,{}\n"
READY = {
    "accounts": ACCOUNTS,
    "people": PEOPLE,
    "account_contacts": OWNER.format(""),
    "contracts": feed.CONTRACT,
}


@pytest.fixture(autouse=True)
def _licensed(licensed):
    """Without the rental module nobody is ready."""


def state() -> PortalAccess:
    return f.fetch(Account, external_id="A-1").portal_access


@pytest.mark.requirement("S3-10")
def test_a_customer_who_became_ready_waits_for_the_publication(any_db, tmp_path):
    feed.feed(tmp_path, **READY)
    manager = f.staff_actor(Role.MANAGER)
    assert state() is PortalAccess.READY_UNPUBLISHED
    waiting = imports.waiting(manager)
    assert (waiting.count, waiting.names) == (1, ("Acme",))
    access.publish(manager)
    assert state() is PortalAccess.REGISTRABLE
    assert imports.waiting(manager).count == 0
    newest = imports.runs(manager).rows[0]
    assert (newest.kind, newest.opened, newest.started_by) == ("publication", 1, manager.name)


MISSING = {
    "no postal code": ACCOUNTS.replace(",33602,", ",,"),
    "no email": ACCOUNTS.replace(",office@example.com,", ",,"),
    "no phone": ACCOUNTS.replace(",(813) 555-1234,", ",,"),
    "switched off": ACCOUNTS.replace("true", "false"),
    "cash only": ACCOUNTS.replace(",account,", ",cash_only,"),
}


@pytest.mark.requirement("S3-06")
@pytest.mark.requirement("S3-07")
@pytest.mark.requirement("S3-09")
@pytest.mark.parametrize("what", MISSING)
def test_a_customer_without_something_is_not_ready_until_a_feed_brings_it(db, tmp_path, what):
    feed.feed(tmp_path / "1", **READY | {"accounts": MISSING[what]})
    assert state() is PortalAccess.NOT_READY
    feed.feed(tmp_path / "2", accounts=ACCOUNTS)
    assert state() is PortalAccess.READY_UNPUBLISHED


@pytest.mark.requirement("S3-08")
def test_a_customer_without_history_is_not_ready_until_the_first_quote_comes(db, tmp_path):
    without = {name: text for name, text in READY.items() if name != "contracts"}
    feed.feed(tmp_path / "1", **without)
    assert state() is PortalAccess.NOT_READY
    feed.feed(tmp_path / "2", contracts=feed.CONTRACT.replace("active", "quote"))
    assert state() is PortalAccess.READY_UNPUBLISHED


def _registered(tmp_path) -> None:
    feed.feed(tmp_path / "ready", **READY)
    actor = feed.system()
    access.publish(actor)
    password_hash = identity.hash_new_password(
        actor, password="seven-quiet-herons-at-dusk", context=[]
    )
    demo.give_sign_in(
        actor,
        account="101",
        given_name="Rosa",
        family_name="Lindqvist",
        password_hash=password_hash,
    )
    assert state() is PortalAccess.REGISTERED


LOSSES = {
    "S3-07": {"accounts": ACCOUNTS.replace("true", "false")},
    "S3-09": {"accounts": ACCOUNTS.replace(",account,", ",cash_only,")},
    "owner": {"account_contacts": OWNER.format("2020-01-01")},
    "ended": {"accounts": "external_id,number,name,account_type,deleted\nA-1,,,,true\n"},
}


@pytest.mark.requirement("S3-07")
@pytest.mark.requirement("S3-09")
@pytest.mark.parametrize("loss", LOSSES)
def test_a_feed_that_takes_a_prerequisite_away_ends_access_at_once(any_db, tmp_path, loss):
    _registered(tmp_path)
    feed.feed(tmp_path / "loss", **LOSSES[loss])
    assert state() is PortalAccess.SUSPENDED
    assert f.fetch(PortalUser, kind="consumer").status is UserStatus.SUSPENDED
    # An empty cell would keep the day that is held.
    feed.feed(tmp_path / "back", **READY | {"account_contacts": OWNER.format("2099-12-31")})
    assert state() is PortalAccess.REGISTERED


def test_an_owner_replaced_within_one_feed_does_not_go_without_one(db, tmp_path, monkeypatch):
    """Nobody is locked out between two batches of the same feed."""
    monkeypatch.setattr(feeds, "_BATCH", 1)
    _registered(tmp_path)
    contacts = OWNER.format("2020-01-01") + "K-2,A-1,P-1,owner,\n"
    feed.feed(tmp_path / "later", account_contacts=contacts)
    assert state() is PortalAccess.REGISTERED
    assert f.fetch(PortalUser, kind="consumer").status is UserStatus.ACTIVE


def test_what_an_import_that_was_cut_off_left_undone_is_done_by_the_next(db, tmp_path, monkeypatch):
    _registered(tmp_path)
    folder = feed.write(tmp_path / "loss", **LOSSES["S3-07"])
    with monkeypatch.context() as patch:
        patch.setattr(feeds, "look_again", _cut_off)
        with pytest.raises(KeyboardInterrupt):
            feed.load(folder)
    assert state() is PortalAccess.REGISTERED
    assert feed.counts(feed.load(folder), "accounts") == {"unchanged": 1}
    assert state() is PortalAccess.SUSPENDED
    assert [run.state for run in f.fetch_all(SyncRun, kind="import")][-2:] == ["failed", "finished"]


def _cut_off(*_arguments, **_more) -> None:
    raise KeyboardInterrupt
