"""What the engine promises, on both databases."""

import threading
import time
from datetime import timedelta

import pytest
from sqlmodel import update

from portal_app.core import clock as clock_module
from portal_app.core import live
from portal_app.core.actor import Actor
from portal_app.jobs.engine import Discard, Worker, job
from portal_app.models import Brand, ChangeSignal, Job, database
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.jobs.conftest import leave

SYSTEM = Actor.system("tests")


def test_a_job_runs_once_with_its_arguments(any_db, clock, worker):
    got = []
    job("greet")(lambda who: got.append(who))
    leave("greet", who="Rosa")
    assert worker.run_due() == 1
    assert worker.run_due() == 0
    assert got == ["Rosa"]
    assert f.fetch(Job).status == "done"


def test_a_job_of_a_transaction_that_failed_never_runs(any_db, worker):
    job("never")(lambda: pytest.fail("it ran"))
    with pytest.raises(RuntimeError), transaction(SYSTEM) as tx:
        tx.enqueue("never")
        raise RuntimeError
    assert worker.run_due() == 0


def test_a_job_waits_for_its_time(any_db, clock, worker):
    ran = []
    job("later")(lambda: ran.append(clock()))
    with transaction(SYSTEM) as tx:
        tx.enqueue("later", run_at=clock() + timedelta(hours=2))
    assert worker.run_due() == 0
    clock.advance(hours=2)
    assert worker.run_due() == 1


def test_retries_wait_longer_each_time_until_the_job_is_dead(any_db, clock, worker):
    tries = []

    @job("mail", max_attempts=3, backoff=60)
    def mail(to):
        tries.append(clock())
        raise RuntimeError("the carrier answered 450")

    leave("mail", to="a")
    worker.run_due()
    clock.advance(seconds=47)
    assert worker.run_due() == 0  # never sooner than the pause less a fifth
    clock.advance(seconds=26)
    assert worker.run_due() == 1  # never later than the pause and a fifth
    clock.advance(seconds=95)
    assert worker.run_due() == 0
    clock.advance(seconds=50)
    assert worker.run_due() == 1
    dead = f.fetch(Job)
    assert (len(tries), dead.status, dead.attempts) == (3, "dead", 3)
    assert "the carrier answered 450" in dead.error
    clock.advance(days=9)
    assert worker.run_due() == 0


def test_a_pause_never_exceeds_its_cap(any_db, clock, worker):
    @job("mail", max_attempts=50, backoff=10, cap=100)
    def mail():
        raise RuntimeError

    leave("mail")
    for _ in range(20):
        worker.run_due()
        clock.advance(seconds=121)
    assert f.fetch(Job).attempts == 20


def test_a_discarded_job_is_dead_at_once_and_says_why(any_db, clock, worker):
    told = []

    @job("bad", on_dead=lambda reason, **args: told.append((args, reason)))
    def bad(number):
        raise Discard("550 no such mailbox")

    leave("bad", number="7")
    worker.run_due()
    assert f.fetch(Job).status == "dead"
    assert told == [({"number": "7"}, "550 no such mailbox")]


def test_what_follows_from_the_end_is_written_with_it_or_not_at_all(any_db, clock, worker):
    def follows(reason):
        with transaction(SYSTEM) as tx:
            tx.session.add(Brand(key="half", name="Half"))
        raise RuntimeError("and then this")

    @job("bad", on_dead=follows)
    def bad():
        raise Discard("no")

    leave("bad")
    worker.run_due()
    assert f.fetch(Job).status == "dead"
    assert f.fetch_all(Brand, key="half") == []


def test_effect_and_completion_are_one(any_db, clock, worker):
    fails = [True, False]

    @job("effect", in_tx=True, backoff=1)
    def effect(brand_key):
        with transaction(SYSTEM) as tx:
            tx.session.add(Brand(key=brand_key, name="Effect"))
        if fails.pop(0):
            raise RuntimeError("after the effect")

    leave("effect", brand_key="e")
    worker.run_due()
    assert f.fetch_all(Brand, key="e") == []
    assert f.fetch(Job).status == "queued"
    clock.advance(seconds=2)
    worker.run_due()
    assert len(f.fetch_all(Brand, key="e")) == 1
    assert f.fetch(Job).status == "done"


def test_a_job_that_was_taken_over_meanwhile_leaves_no_effect(any_db, clock, worker):
    @job("effect", in_tx=True)
    def effect():
        with transaction(SYSTEM) as tx:
            tx.session.add(Brand(key="mine", name="Mine"))
            tx.session.exec(update(Job).values(lease="somebody else's"))

    leave("effect")
    worker.run_due(limit=1)
    assert f.fetch_all(Brand, key="mine") == []


def test_the_job_of_a_worker_that_died_is_run_by_another(any_db, clock, specs):
    ran = []
    job("work")(lambda: ran.append(1))
    leave("work")
    died = Worker(specs, lease_seconds=30)
    died._run = lambda claimed, spec: None  # it took the job and was never heard of again
    died.run_due(limit=1)
    other = Worker(specs)
    assert other.run_due() == 0
    clock.advance(seconds=31)
    assert other.run_due() == 1
    assert ran == [1]
    assert f.fetch(Job).attempts == 2


def test_a_job_that_kills_its_process_each_time_ends_among_the_dead(any_db, clock, specs):
    job("bomb", max_attempts=3)(lambda: pytest.fail("it ran a fourth time"))
    leave("bomb")
    for _ in range(3):
        killed = Worker(specs, lease_seconds=30)
        killed._run = lambda claimed, spec: None
        killed.run_due(limit=1)
        clock.advance(seconds=31)
    Worker(specs).run_due()
    dead = f.fetch(Job)
    assert dead.status == "dead"
    assert "died in every attempt" in dead.error


def test_a_dead_job_that_is_queued_again_runs(any_db, clock, worker):
    works = []

    @job("mail", max_attempts=1)
    def mail():
        if not works:
            raise RuntimeError

    leave("mail")
    worker.run_due()
    works.append(True)
    with database.writing_session() as session, session.begin():
        session.exec(update(Job).values(status="queued", attempts=0, run_at=clock()))
    worker.run_due()
    assert f.fetch(Job).status == "done"


def test_the_same_key_is_one_job(any_db, clock, worker):
    ran = []
    job("once")(lambda: ran.append(1))
    leave("once", key="k")
    leave("once", key="k")
    worker.run_due()
    leave("once", key="k")
    worker.run_due()
    assert ran == [1]


def test_the_note_of_a_failure_holds_no_address_number_or_code(any_db, clock, worker):
    @job("leak", max_attempts=1)
    def leak():
        raise RuntimeError(
            "rosa@example.com +1 (813) 555-0123 code 493021 "
            "link /reset/3fZk0Yw1QXxX8bqGg3oZr5n1m2c3v4b5n6m7l8k9j0h"
        )

    leave("leak")
    worker.run_due()
    note = f.fetch(Job).error
    assert "RuntimeError" in note
    for secret in ("rosa@", "555-0123", "493021", "3fZk0Yw1QXxX"):
        assert secret not in note.split("RuntimeError: ")[-1]


def test_a_note_is_cut_to_its_end(any_db, clock, worker):
    @job("long", max_attempts=1)
    def long():
        raise RuntimeError("x" * 100_000 + " the end")

    leave("long")
    worker.run_due()
    assert len(f.fetch(Job).error) <= 4000
    assert f.fetch(Job).error.rstrip().endswith("the end")


def test_a_job_that_nobody_knows_stays_and_says_so(any_db, clock, worker):
    leave("renamed")
    clock.advance(minutes=6)
    assert worker.run_due() == 0
    waiting = f.fetch(Job)
    assert waiting.status == "queued"
    assert waiting.error == "No worker knows a job of this name."


def test_a_slow_job_keeps_its_lease_and_is_not_started_twice(any_db, specs):
    started = []

    @job("slow")
    def slow():
        started.append(clock_module.now())
        time.sleep(2.5)

    leave("slow")
    workers = [Worker(specs, threads=2, poll_seconds=0.1, lease_seconds=0.9) for _ in range(2)]
    for one in workers:
        one.start()
    wait_until(lambda: f.fetch(Job).status == "done")
    for one in workers:
        one.shutdown(5)
    assert len(started) == 1


def test_open_pages_hear_when_the_queue_has_run_dry(any_db, specs):
    heard, ran = [], []
    job("work")(lambda: ran.append(1))
    with transaction(SYSTEM) as tx:
        for _ in range(20):
            tx.enqueue("work")
    stop = live.on_announcement(heard.append)
    one = Worker(specs, threads=1, poll_seconds=0.05)
    one.start()
    wait_until(lambda: heard)
    one.shutdown(5)
    stop()
    assert len(ran) == 20
    assert heard == [frozenset({"jobs"})]


def test_open_pages_everywhere_hear_of_a_job_that_was_given_up(any_db, clock, worker):
    @job("bad")
    def bad():
        raise Discard("no")

    leave("bad")
    worker.run_due()
    assert [signal.topic for signal in f.fetch_all(ChangeSignal)] == ["jobs"]


def test_shutdown_waits_for_what_runs_and_takes_nothing_more(any_db, specs):
    begun, finished = threading.Event(), []

    @job("slow")
    def slow(number):
        begun.set()
        time.sleep(0.6)
        finished.append(number)

    leave("slow", number=1)
    leave("slow", number=2)
    one = Worker(specs, threads=1, poll_seconds=0.05)
    one.start()
    begun.wait(5)
    one.shutdown(5)
    assert finished == [1]
    assert sorted(job.status for job in f.fetch_all(Job)) == ["done", "queued"]


def test_many_workers_run_each_job_once(any_db, specs):
    ran, lock = [], threading.Lock()

    @job("count")
    def count(number):
        with lock:
            ran.append(number)

    with transaction(SYSTEM) as tx:
        for number in range(120):
            tx.enqueue("count", number=number)
    workers = [Worker(specs, threads=3, poll_seconds=0.05) for _ in range(2)]
    for one in workers:
        one.start()
    wait_until(lambda: not f.fetch_all(Job, status="queued"), seconds=30)
    for one in workers:
        one.shutdown(5)
    assert sorted(ran) == list(range(120))


def wait_until(is_so, *, seconds=15):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
