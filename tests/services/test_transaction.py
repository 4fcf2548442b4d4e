import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, text

from portal_app.core import live
from portal_app.core.actor import Actor
from portal_app.models import Action, AuditEvent, Brand, Job
from portal_app.services.transaction import link, transaction
from tests import factories as f

SYSTEM = Actor.system("tests")


def test_nothing_remains_of_a_block_that_raises(any_db):
    with pytest.raises(RuntimeError), transaction(SYSTEM) as tx:
        tx.session.add(Brand(key="gone", name="Gone"))
        tx.record(Action.SETTINGS_CHANGED, "brand")
        tx.enqueue("never")
        raise RuntimeError
    assert f.fetch_all(Brand, key="gone") == f.fetch_all(Job) == f.fetch_all(AuditEvent) == []


def test_row_audit_and_job_commit_together(any_db):
    with transaction(SYSTEM) as tx:
        tx.session.add(Brand(key="kept", name="Kept"))
        tx.record(Action.SETTINGS_CHANGED, "brand")
        tx.enqueue("later", key="once", brand="kept")
        tx.enqueue("later", key="once", brand="kept")
    assert len(f.fetch_all(Brand, key="kept")) == len(f.fetch_all(Job)) == 1
    assert f.fetch(AuditEvent).action == "settings:self:changed"


def test_many_jobs_are_left_at_once_each_by_its_key(any_db):
    with transaction(SYSTEM) as tx:
        tx.enqueue_each("later", {})
        tx.enqueue_each("later", {"a": {"n": 1}, "b": {"n": 2}})
        tx.enqueue_each("later", {"b": {"n": 9}, "c": {"n": 3}})
    jobs = f.fetch_all(Job, name="later")
    assert sorted((job.unique_key, job.args["n"], job.status) for job in jobs) == [
        ("a", 1, "queued"), ("b", 2, "queued"), ("c", 3, "queued"),
    ]  # fmt: skip


def test_audit_entries_form_a_chain(any_db):
    for _ in range(3):
        with transaction(SYSTEM) as tx:
            tx.record(Action.SETTINGS_CHANGED, "brand", "b")
            tx.record(Action.HELP_CHANGED, "help", "h", title="Ünïcode")
    previous = ""
    for event in f.fetch_all(AuditEvent):
        assert (event.prev_hash, event.hash) == (previous, link(event, previous))
        previous = event.hash


@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"]
)
def test_database_refuses_to_change_the_audit_trail(any_db, statement):
    with transaction(SYSTEM) as tx:
        tx.record(Action.SETTINGS_CHANGED, "brand")
    with Session(any_db) as session, pytest.raises(DatabaseError, match="append-only"):
        session.connection().execute(text(statement))
        session.commit()


def test_the_same_click_is_answered_from_memory(any_db):
    answers = []
    for _ in range(2):
        with transaction(SYSTEM) as tx:
            earlier = tx.earlier_answer("key-1", "demo.command")
            answers.append(earlier if earlier is not None else tx.answer("key-1", "made"))
    assert answers == ["made", "made"]


def test_the_key_of_one_click_is_new_to_another_command(any_db):
    for command, told in (("demo.first", "not a number"), ("demo.second", "2")):
        with transaction(SYSTEM) as tx:
            assert tx.earlier_answer("key-1", command) is None
            tx.answer("key-1", told)
    with transaction(SYSTEM) as tx:
        assert tx.earlier_answer("key-1", "demo.first") == "not a number"
        assert tx.earlier_answer("key-1", "demo.second") == "2"


def test_the_key_of_one_click_is_new_to_the_same_command_about_something_else(any_db):
    about = [(), ("one",), ("two",), ("one", True), ("one", False), (["o", "ne"],), ("\ud800",)]
    for place, each in enumerate(about):
        with transaction(SYSTEM) as tx:
            assert tx.earlier_answer("key-1", "demo.command", *each) is None, each
            tx.answer("key-1", str(place))
    for place, each in enumerate(about):
        with transaction(SYSTEM) as tx:
            assert tx.earlier_answer("key-1", "demo.command", *each) == str(place)


def test_tabs_hear_of_a_change_only_after_it_is_committed(db):
    heard = []
    stop = live.on_announcement(heard.append)
    with transaction(SYSTEM) as tx:
        tx.touch("account:1")
        assert heard == []
    with pytest.raises(RuntimeError), transaction(SYSTEM) as tx:
        tx.touch("account:2")
        raise RuntimeError
    stop()
    assert heard == [frozenset({"account:1"})]
