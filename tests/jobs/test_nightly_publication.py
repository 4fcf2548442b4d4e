"""The night in which accounts that became ready may register (S3-10)."""

import pytest

from portal_app import models as m
from portal_app.core.settings import settings
from portal_app.jobs import catalogue, nightly_publication
from portal_app.jobs.engine import Worker
from portal_app.models import database
from portal_app.services import jobs
from portal_app.services.jobs import NightlyTime
from tests import factories as f
from tests.jobs.test_engine import SYSTEM
from tests.services.access.customers import candidate, evaluate, state

READY, OPEN = m.PortalAccess.READY_UNPUBLISHED, m.PortalAccess.REGISTRABLE


@pytest.fixture
def worker(any_db, clock, licensed):
    """The portal's own worker, which has seen its timetables on the evening before."""
    f.brand()
    clock.at(2026, 11, 20, 20)
    made = Worker(catalogue.JOBS)
    made.run_due()
    return made


@pytest.fixture
def feed(tmp_path, monkeypatch):
    """The feed folder that the settings name."""
    chosen = settings().model_copy(update={"feed_folder": str(tmp_path / "feed")})
    monkeypatch.setattr(nightly_publication, "settings", lambda: chosen)
    (tmp_path / "feed").mkdir()
    return tmp_path / "feed"


def ready():
    account = candidate()
    evaluate(account)
    assert state(account) is READY
    return account


def set_time(at, brand_id=None):
    with database.writing_session() as session, session.begin():
        row = session.get(
            m.PortalSettings, f.fetch(m.PortalSettings, brand_id=brand_id or f.brand().id).id
        )
        row.publish_at = at


@pytest.mark.requirement("S3-10")
def test_an_account_that_is_ready_may_register_after_the_night_and_not_before(worker, clock):
    account = ready()
    clock.at(2026, 11, 21, 1, 59)
    worker.run_due()
    assert state(account) is READY
    clock.at(2026, 11, 21, 2, 0)
    worker.run_due()
    assert state(account) is OPEN


@pytest.mark.requirement("S3-10")
def test_a_missed_night_is_made_up_for_when_a_worker_starts(worker, clock):
    account = ready()
    clock.at(2026, 11, 23, 9)
    Worker(catalogue.JOBS).run_due()
    assert state(account) is OPEN
    assert len(f.fetch_all(m.Job, name="nightly_publication")) == 1


@pytest.mark.requirement("S3-10")
def test_the_time_that_staff_set_counts_from_the_moment_they_set_it(worker, clock):
    account = ready()
    set_time("21:30")
    clock.at(2026, 11, 20, 21, 29)
    worker.run_due()
    assert state(account) is READY
    clock.at(2026, 11, 20, 21, 30)
    worker.run_due()
    assert state(account) is OPEN


@pytest.mark.requirement("S3-10")
def test_each_brand_has_its_own_night(worker, clock):
    orchard = f.brand(key="orchard", name="Orchard")
    set_time("05:00", orchard.id)
    theirs = candidate(brand_id=orchard.id)
    evaluate(theirs)
    ours = ready()
    worker.run_due()
    clock.at(2026, 11, 21, 2)
    worker.run_due()
    assert (state(ours), state(theirs)) == (OPEN, READY)
    clock.at(2026, 11, 21, 5)
    worker.run_due()
    assert state(theirs) is OPEN


def test_the_feed_is_read_before_the_night_publishes(worker, clock, feed):
    (feed / "stores.csv").write_text("external_id,name\nS-77,Harbour\n")
    account = ready()
    clock.at(2026, 11, 21, 2)
    worker.run_due()
    assert f.fetch(m.Store, external_id="S-77").name == "Harbour"
    assert state(account) is OPEN
    kinds = [(run.kind, run.trigger) for run in f.fetch_all(m.SyncRun)]
    assert [trigger for _, trigger in kinds] == ["nightly", "nightly"]


def test_a_feed_that_cannot_be_read_keeps_nobody_out(worker, clock, feed):
    feed.rmdir()
    account = ready()
    clock.at(2026, 11, 21, 2)
    worker.run_due()
    assert state(account) is OPEN


@pytest.mark.parametrize(
    ("is_default", "has_own", "expected"),
    [
        (True, False, ""),
        (True, True, "harbourline"),
        (False, True, "orchard"),
        (False, False, None),
    ],
)
def test_each_brand_reads_its_own_folder(feed, is_default, has_own, expected):
    key = "harbourline" if is_default else "orchard"
    if has_own:
        (feed / key).mkdir()
    found = nightly_publication.feed_of(NightlyTime("b", key, is_default, "02:00"))
    assert found == (None if expected is None else feed / expected)


def test_without_a_feed_folder_none_is_read():
    assert nightly_publication.feed_of(NightlyTime("b", "k", True, "02:00")) is None


def test_a_brand_that_has_set_nothing_publishes_at_the_portals_time(db, clock):
    f._save(m.Brand(key="bare", name="Bare"))
    (time,) = jobs.nightly_times(SYSTEM)
    assert time.at == settings().publish_at
