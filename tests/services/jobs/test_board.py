"""Background work as staff see it and decide on it."""

from datetime import timedelta

import pytest

from portal_app.core.actor import ANONYMOUS, Actor, Role
from portal_app.core.errors import Conflict, NotAllowed, NotFound
from portal_app.core.ids import new_id
from portal_app.jobs.engine import Discard, Worker, job, periodic
from portal_app.models import (
    AuditEvent,
    ChallengePurpose,
    ChangeSignal,
    IdempotencyKey,
    Job,
    JobSchedule,
    OtpChallenge,
    PasswordReset,
    PortalSession,
)
from portal_app.services import jobs
from portal_app.services.jobs import JobStatus
from tests import factories as f
from tests.jobs.conftest import leave, specs, worker  # noqa: F401 - fixtures

SYSTEM = Actor.system("tests")


def row(**values):
    from portal_app.core import clock

    given = {"name": "work", "run_at": clock.now(), "created_at": clock.now()} | values
    return f._save(Job(**given))


def test_the_board_counts_what_waits_runs_and_failed(any_db, clock):
    row(run_at=clock() - timedelta(minutes=6))
    row(run_at=clock() - timedelta(minutes=1))
    row(run_at=clock() + timedelta(hours=1))
    row(status="running", started_at=clock() - timedelta(minutes=11), attempts=1)
    row(status="dead", error="Traceback\n  File x\nValueError: why\n")
    board = jobs.board(f.staff_actor(Role.MANAGER))
    assert board.counts == {
        JobStatus.QUEUED: 3,
        JobStatus.RUNNING: 1,
        JobStatus.DONE: 0,
        JobStatus.DEAD: 1,
        JobStatus.CANCELLED: 0,
    }
    assert board.overdue == 1
    assert board.oldest_due_at == clock() - timedelta(minutes=6)
    assert board.needs_attention
    by_status = {line.status: line for line in board.rows}
    assert by_status[JobStatus.DEAD].fault == "ValueError: why"
    assert by_status[JobStatus.RUNNING].is_slow
    assert sum(line.is_overdue for line in board.rows) == 1
    assert len(jobs.board(f.staff_actor(Role.MANAGER), status="overdue").rows) == 1
    assert len(jobs.board(f.staff_actor(Role.MANAGER), status="dead").rows) == 1


def test_a_portal_without_trouble_says_so(db, clock):
    row(status="done", finished_at=clock())
    board = jobs.board(f.staff_actor(Role.MANAGER))
    assert not board.needs_attention
    assert board.oldest_due_at is None


def test_a_long_list_is_read_page_by_page(any_db, clock):
    made = [row().id for _ in range(60)]
    manager, seen, after = f.staff_actor(Role.MANAGER), [], ""
    while True:
        page = jobs.board(manager, after=after)
        seen += [line.id for line in page.rows]
        if not (after := page.after):
            break
    assert seen == made[::-1]


def test_staff_see_the_work_of_their_brand_and_of_none(any_db, clock):
    ours = row(brand_id=f.brand().id, status="dead")
    nobodys = row(status="dead")
    theirs = row(brand_id=f.brand(key="orchard").id, status="dead")
    manager = f.staff_actor(Role.MANAGER)
    assert {line.id for line in jobs.board(manager).rows} == {ours.id, nobodys.id}
    assert jobs.board(manager).counts[JobStatus.DEAD] == 2
    for command in (jobs.retry, jobs.cancel):
        with pytest.raises(NotFound):
            command(manager, job_id=theirs.id, key=new_id())


@pytest.mark.parametrize("command", [jobs.retry, jobs.cancel])
def test_only_managers_decide_on_jobs(any_db, clock, command):
    dead = row(status="dead")
    with pytest.raises(NotAllowed):
        command(f.staff_actor(Role.AGENT), job_id=dead.id, key=new_id())
    for stranger in (f.consumer_actor(f.account()), ANONYMOUS):
        with pytest.raises(NotFound):
            command(stranger, job_id=dead.id, key=new_id())
        with pytest.raises(NotFound):
            jobs.board(stranger)
    assert f.fetch(Job).status == "dead"
    assert f.fetch_all(AuditEvent) == []


def test_a_dead_job_runs_again_when_staff_say_so(any_db, clock, worker):  # noqa: F811
    works = []

    @job("mail", max_attempts=2, backoff=1)
    def mail():
        if not works:
            raise Discard("550")

    leave("mail")
    worker.run_due()
    works.append(True)
    key = new_id()
    manager = f.staff_actor(Role.MANAGER)
    for _ in range(2):  # the click is repeated
        jobs.retry(manager, job_id=f.fetch(Job).id, key=key)
    worker.run_due()
    assert f.fetch(Job).status == "done"
    event = f.fetch(AuditEvent)
    assert (event.action, event.actor_id) == ("job:self:retried", manager.user_id)


def test_a_cancelled_job_never_runs_and_is_written_down(any_db, clock, worker):  # noqa: F811
    job("mail")(lambda: pytest.fail("it ran"))
    leave("mail")
    jobs.cancel(f.staff_actor(Role.MANAGER), job_id=f.fetch(Job).id, key=new_id())
    worker.run_due()
    assert f.fetch(Job).status == "cancelled"
    assert f.fetch(AuditEvent).action == "job:self:cancelled"


@pytest.mark.parametrize("status", ["running", "done"])
def test_a_job_that_runs_or_is_over_is_left_alone(any_db, clock, status):
    made = row(status=status)
    for command in (jobs.retry, jobs.cancel):
        with pytest.raises(Conflict):
            command(f.staff_actor(Role.MANAGER), job_id=made.id, key=new_id())
    assert f.fetch(Job).status == status


def test_pausing_a_schedule_is_seen_and_written_down(any_db, clock, worker):  # noqa: F811
    periodic("0 2 * * *", name="nightly", tz="America/Toronto")(lambda slot: None)
    worker.run_due()
    admin = f.staff_actor(Role.ADMIN)
    for _ in range(2):
        jobs.set_paused(admin, schedule="nightly", is_paused=True)
    (schedule,) = jobs.board(admin).schedules
    assert (schedule.cron, schedule.zone) == ("0 2 * * *", "America/Toronto")
    assert schedule.is_paused
    jobs.set_paused(admin, schedule="nightly", is_paused=False)
    actions = [event.action for event in f.fetch_all(AuditEvent)]
    assert actions == ["job:schedule:paused", "job:schedule:resumed"]


@pytest.mark.guards("jobs.schedules_visible_to")
def test_a_schedule_of_another_brand_is_not_found(any_db, clock):
    orchard = f.brand(key="orchard").id
    f._save(JobSchedule(name="nightly:x", brand_id=orchard, timetable="", last_slot="2026-01-01"))
    with pytest.raises(NotFound):
        jobs.set_paused(f.staff_actor(Role.ADMIN), schedule="nightly:x", is_paused=True)
    shown = jobs.board(f.staff_actor(Role.ADMIN)).schedules
    assert "nightly:x" not in {line.name for line in shown}
    assert not f.fetch(JobSchedule).is_paused


@pytest.mark.asvs("14.2.4")
def test_what_nobody_needs_is_forgotten_and_the_rest_kept(any_db, clock):
    old, kept = _session(clock, days=32), _session(clock, days=20)
    for session, days in ((old, 32), (kept, 20)):
        at = clock() - timedelta(days=days)
        f._save(
            OtpChallenge(
                session_id=session.id,
                purpose=ChallengePurpose.SIGN_IN,
                channel="text",
                code_hash="x",
                created_at=at,
                expires_at=at,
            )
        )
        f._save(
            PasswordReset(
                user_id=f.user(f.person()).id,
                token_hash=f"hash-{days}",
                created_at=at,
                expires_at=at,
            )
        )
    for days in (8, 6):
        at = clock() - timedelta(days=days)
        f._save(IdempotencyKey(owner="o", key=str(days), command="c", created_at=at))
    for hours in (25, 23):
        f._save(ChangeSignal(topic=str(hours), at=clock() - timedelta(hours=hours)))
    for status, days in (("done", 31), ("done", 29), ("dead", 400), ("queued", 400)):
        at = clock() - timedelta(days=days)
        row(status=status, finished_at=None if status == "queued" else at, run_at=at)
    gone = jobs.forget_old(SYSTEM)
    assert set(gone.values()) == {1}
    assert [row.key for row in f.fetch_all(IdempotencyKey)] == ["6"]
    assert [row.topic for row in f.fetch_all(ChangeSignal)] == ["23"]
    assert sorted(row.status for row in f.fetch_all(Job)) == ["dead", "done", "queued"]
    assert [row.id for row in f.fetch_all(PortalSession)] == [kept.id]
    assert [row.session_id for row in f.fetch_all(OtpChallenge)] == [kept.id]
    assert [row.token_hash for row in f.fetch_all(PasswordReset)] == ["hash-20"]
    assert set(jobs.forget_old(SYSTEM).values()) == {0}


def test_much_is_forgotten_in_small_steps(any_db, clock, monkeypatch):
    monkeypatch.setattr("portal_app.services.jobs.commands._BATCH", 10)
    at = clock() - timedelta(days=8)
    for number in range(35):
        f._save(IdempotencyKey(owner="o", key=str(number), command="c", created_at=at))
    assert jobs.forget_old(SYSTEM)["idempotency_key"] == 35


def test_only_the_portal_itself_forgets(any_db, clock):
    people = (*map(f.staff_actor, Role), f.consumer_actor(f.account()), ANONYMOUS)
    for actor in people:
        with pytest.raises((NotAllowed, NotFound)):
            jobs.forget_old(actor)


def _session(clock, *, days):
    at = clock() - timedelta(days=days)
    return f._save(
        PortalSession(
            brand_id=f.brand().id,
            token_hash=f"token-{days}",
            created_at=at,
            last_seen_at=at,
            idle_until=at,
            absolute_until=at,
        )
    )


def test_the_portals_own_jobs_run(any_db, clock):
    from portal_app.jobs import catalogue

    clock.at(2026, 11, 1, 12)
    own = Worker(catalogue.JOBS)
    own.run_due()
    clock.advance(days=1)
    own.run_due()
    assert {row.status for row in f.fetch_all(Job)} == {"done"}
    assert {row.name for row in f.fetch_all(Job)} >= {"forget_old", "anchor_audit_head"}
