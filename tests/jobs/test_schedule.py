"""When periodic jobs run: catch-up, clocks that change, times that a setting says."""

from datetime import timedelta

import pytest

from portal_app.jobs.engine import Timetable, Worker, job, periodic
from portal_app.models import Job, JobSchedule, database
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.jobs.test_engine import SYSTEM


def test_a_schedule_counts_from_when_it_is_first_seen(any_db, clock, worker):
    ran = []
    clock.at(2026, 11, 1, 12)
    periodic("0 2 * * *", name="nightly", tz="America/Toronto")(lambda slot: ran.append(slot))
    worker.run_due()
    assert ran == []
    for _ in range(48):
        clock.advance(hours=1)
        worker.run_due()
    assert ran == ["2026-11-02T02:00:00", "2026-11-03T02:00:00"]


@pytest.mark.requirement("S3-10")
def test_a_missed_night_is_caught_up_once(any_db, clock, worker, specs):
    ran = []
    clock.at(2026, 11, 1, 12)
    periodic("0 2 * * *", name="nightly")(lambda slot: ran.append(slot))
    worker.run_due()
    clock.advance(days=5)
    assert Worker(specs).run_due() == 1
    assert worker.run_due() == 0
    assert ran == ["2026-11-06T02:00:00"]


def test_a_schedule_may_ask_for_each_missed_time_in_order(any_db, clock, worker):
    ran = []
    clock.at(2026, 11, 1, 12)
    periodic("0 2 * * *", name="each", catch_up="each")(lambda slot: ran.append(slot[:10]))
    worker.run_due()
    clock.advance(days=4)
    worker.run_due()
    assert ran == ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"]


@pytest.mark.parametrize("begin", [(2026, 3, 7, 12), (2026, 10, 31, 12)], ids=["spring", "autumn"])
def test_a_day_on_which_the_clocks_change_has_one_run(any_db, clock, worker, begin):
    missing, doubled = [], []
    clock.at(*begin)
    # 02:30 does not exist on 8 March 2026; 01:30 exists twice on 1 November 2026.
    periodic("30 2 * * *", name="missing", tz="America/Toronto")(lambda slot: missing.append(slot))
    periodic("30 1 * * *", name="doubled", tz="America/Toronto")(lambda slot: doubled.append(slot))
    worker.run_due()
    for _ in range(24 * 2 * 3):
        clock.advance(minutes=30)
        worker.run_due()
    assert len(missing) == len(set(missing)) == 3
    assert len(doubled) == len(set(doubled)) == 3


def test_several_workers_leave_one_job_for_one_time(any_db, clock, specs):
    periodic("*/5 * * * *", name="often")(lambda slot: None)
    workers = [Worker(specs) for _ in range(3)]
    workers[0].run_due()
    for _ in range(6):
        clock.advance(minutes=5)
        for one in workers:
            one.run_due()
    keys = [row.unique_key for row in f.fetch_all(Job)]
    assert len(keys) == len(set(keys)) == 6


@pytest.mark.requirement("S3-10")
def test_a_time_that_a_setting_says_is_followed_without_a_restart(any_db, clock, worker):
    ran, setting = [], ["0 2 * * *"]
    periodic(lambda: [Timetable(setting[0])], name="nightly")(lambda slot: ran.append(slot))
    clock.at(2026, 11, 1, 12)
    worker.run_due()
    setting[0] = "0 5 * * *"  # 05:00 has passed today: nothing runs in the middle of the day
    worker.run_due()
    assert ran == []
    clock.at(2026, 11, 2, 4)
    worker.run_due()
    assert ran == []
    clock.at(2026, 11, 2, 5)
    worker.run_due()
    assert ran == ["2026-11-02T05:00:00"]


def test_a_night_missed_before_the_time_was_changed_is_still_caught_up(any_db, clock, worker):
    ran, setting = [], ["0 2 * * *"]
    periodic(lambda: [Timetable(setting[0])], name="nightly")(lambda slot: ran.append(slot))
    clock.at(2026, 11, 1, 12)
    worker.run_due()
    clock.at(2026, 11, 2, 12)
    setting[0] = "0 20 * * *"
    worker.run_due()
    assert ran == ["2026-11-02T02:00:00"]
    clock.at(2026, 11, 2, 20)
    worker.run_due()
    assert ran[1:] == ["2026-11-02T20:00:00"]


def test_each_brand_has_its_own_times(any_db, clock, worker):
    ran = []
    first, second = f.brand(), f.brand(key="orchard", name="Orchard")

    def times():
        return [Timetable("0 2 * * *", "UTC", first.id), Timetable("0 3 * * *", "UTC", second.id)]

    periodic(times, name="nightly")(lambda slot, brand_id: ran.append((slot[11:13], brand_id)))
    clock.at(2026, 11, 1, 12)
    worker.run_due()
    clock.advance(days=1)
    worker.run_due()
    assert sorted(ran) == sorted([("02", first.id), ("03", second.id)])
    assert {job.brand_id for job in f.fetch_all(Job)} == {first.id, second.id}


def test_a_paused_schedule_leaves_nothing_and_makes_up_for_nothing(any_db, clock, worker):
    ran = []
    periodic("0 2 * * *", name="nightly")(lambda slot: ran.append(slot))
    clock.at(2026, 11, 1, 12)
    worker.run_due()
    _pause(paused=True)
    clock.advance(days=2)
    worker.run_due()
    _pause(paused=False)
    worker.run_due()
    assert ran == []
    clock.advance(days=1)
    worker.run_due()
    assert ran == ["2026-11-04T02:00:00"]


def _pause(*, paused):
    with database.writing_session() as session, session.begin():
        session.get(JobSchedule, "nightly").is_paused = paused


def test_a_cron_line_that_is_none_is_refused_at_start(specs):
    with pytest.raises(ValueError, match="not a cron line"):
        periodic("at noon", name="broken")


def test_two_jobs_of_one_name_are_refused_at_start(specs):
    job("same")(print)
    with pytest.raises(ValueError, match="two jobs are called same"):
        job("same")(print)


def test_a_clock_that_is_set_back_repeats_nothing(any_db, clock, worker):
    ran = []
    periodic("0 * * * *", name="hourly")(lambda slot: ran.append(slot))
    worker.run_due()
    clock.advance(hours=3)
    worker.run_due()
    clock.advance(hours=-2)
    worker.run_due()
    clock.advance(hours=2)
    worker.run_due()
    assert len(ran) == 1


def test_the_job_of_a_time_is_left_in_the_unit_that_moves_the_schedule(db, clock, worker):
    periodic("0 2 * * *", name="nightly")(lambda slot: None)
    clock.at(2026, 11, 1, 12)
    worker.run_due()
    clock.advance(days=1)
    with transaction(SYSTEM) as tx:  # somebody else's copy of the job blocks nothing
        tx.enqueue("nightly", key="nightly@2026-11-02T02:00:00", slot="x", run_at=clock())
    worker.run_due()
    assert len(f.fetch_all(Job)) == 1
    assert f.fetch(JobSchedule).last_slot == "2026-11-02T02:00:00"
    assert clock() - timedelta(days=1) < f.fetch(Job).finished_at
