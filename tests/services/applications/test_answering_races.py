"""Handing in while somebody else writes: what was handed in is what was looked at (S2-21)."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from portal_app.core.errors import Conflict
from portal_app.services import applications
from portal_app.services.applications import AnswerSaved
from portal_app.services.applications.commands import answering, submitting
from tests.services.applications.test_answering import fill_in, submit
from tests.services.applications.world import NUMBER, make_desk

PATIENCE = 20
_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


@pytest.fixture
def desk(pg, clock):
    return make_desk()


@contextmanager
def held_after(monkeypatch, module, name):
    """Hold whoever calls this function right after it, inside their transaction, until let go."""
    plain = getattr(module, name)
    reached, go = threading.Event(), threading.Event()

    def slow(*given, **named):
        outcome = plain(*given, **named)
        outcome = list(outcome) if name == "gaps" else outcome
        reached.set()
        assert go.wait(PATIENCE)
        return outcome

    monkeypatch.setattr(module, name, slow)
    try:
        yield reached, go
    finally:
        go.set()


def outcome_of(work):
    try:
        return work()
    except Conflict as refusal:
        return refusal.message


def overlap(pg, holding, first, second):
    """Begin `second` while `first` is held in its transaction, let go once it waits or is done."""
    reached, go = holding
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(outcome_of, first)
        assert reached.wait(PATIENCE)
        other = pool.submit(outcome_of, second)
        until = time.monotonic() + PATIENCE
        with pg.connect() as watching:
            while not other.done() and time.monotonic() < until:
                if watching.execute(_WAITING).scalar_one():
                    break
                watching.rollback()
                time.sleep(0.02)
        go.set()
        return one.result(PATIENCE), other.result(PATIENCE)


@pytest.mark.requirement("S2-21")
def test_what_is_being_emptied_is_not_handed_in_as_if_it_stood(pg, desk, limiter, monkeypatch):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    fill_in(desk, ann, "Ann", "Ben", "Cora")
    with held_after(monkeypatch, answering, "_keep") as holding:
        saved, handed_in = overlap(
            pg, holding, lambda: desk.save(ben, "family_name", "", 1), lambda: submit(ann)
        )
    assert (saved, handed_in) == (AnswerSaved(2, ""), submitting.NOT_YET)
    assert applications.tasks(ann, number=NUMBER).submitted_at is None


@pytest.mark.requirement("S2-08")
@pytest.mark.requirement("S2-21")
def test_no_answer_is_written_once_what_is_handed_in_was_looked_at(pg, desk, limiter, monkeypatch):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    fill_in(desk, ann, "Ann", "Ben", "Cora")
    with held_after(monkeypatch, submitting, "gaps") as holding:
        handed_in, saved = overlap(
            pg, holding, lambda: submit(ann), lambda: desk.save(ben, "family_name", "", 1)
        )
    assert (handed_in, saved) == (None, answering.HANDED_IN)
    assert desk.read(ann).answers["family_name"].value == "B"


@pytest.mark.requirement("S2-08")
def test_no_row_comes_or_goes_once_what_is_handed_in_was_looked_at(pg, desk, limiter, monkeypatch):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    fill_in(desk, ann, "Ann", "Ben", "Cora")
    place = {"number": NUMBER, "form": "employment", "party": desk.parties["Ann"].id}
    with held_after(monkeypatch, submitting, "gaps") as holding:
        handed_in, added = overlap(
            pg,
            holding,
            lambda: submit(ann),
            lambda: applications.add_row(ben, **place, group="jobs", key="row"),
        )
    assert (handed_in, added) == (None, answering.HANDED_IN)
