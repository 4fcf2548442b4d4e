"""The states behind the outbox, jobs, audit, licence and notification pages."""

from dataclasses import replace

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import Role
from portal_app.services import changes, jobs
from portal_app.services.transaction import transaction
from portal_app.state.audit import AuditState
from portal_app.state.base import PortalState
from portal_app.state.jobs import JobsState
from portal_app.state.licensing import LicencePageState
from portal_app.state.notifications.inbox import InboxState
from portal_app.state.notifications.outbox import OutboxState
from portal_app.state.reports import ReportsState
from tests import factories as f
from tests.services.jobs.test_board import row
from tests.services.notifications.test_reading import message, notice
from tests.state.tabs import Tab, path_of

ODD = (None, [], {}, 7, float("nan"), "x" * 10_000, "\x00", ["x"])


async def test_a_customer_reads_and_puts_away_what_they_were_told(db, clock):
    actor = f.consumer_actor(f.account())
    first = notice(actor.person_id, 1, link="/requests/OR-1", body="It is on Tuesday.")
    notice(actor.person_id, 2)
    notice(f.person().id, 3)
    tab = Tab(actor)
    await tab.call(InboxState.load)
    state = tab.state(InboxState)
    assert [line.title for line in state.rows] == ["Notice 2", "Notice 1"]
    assert (state.rows[1].href, state.rows[1].body) == ("/requests/OR-1", "It is on Tuesday.")
    assert state.unread == "2 new messages"
    await tab.call(InboxState.mark_read, first.id)
    assert [line.is_new for line in state.rows] == [True, False]
    await tab.call(InboxState.mark_all_read)
    assert (state.unread, tab.said) == ("", "All are marked as read.")


async def test_older_notifications_come_on_demand(db, clock):
    actor = f.consumer_actor(f.account())
    for number in range(30):
        notice(actor.person_id, number)
    tab = Tab(actor)
    await tab.call(InboxState.load)
    state = tab.state(InboxState)
    assert (len(state.rows), state.has_more) == (25, True)
    await tab.call(InboxState.more)
    assert (len(state.rows), state.has_more) == (30, False)


async def test_a_text_has_no_subject_and_is_named_by_what_it_is_about(db, clock):
    message(1, subject="", topic="identity.code")
    message(2, subject="", topic="rental.pickup_planned")
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.at("/staff/outbox").call(OutboxState.load)
    about = {line.about for line in tab.state(OutboxState).rows}
    assert about == {"Sign-in: code", "Rental: pickup planned"}


async def test_a_manager_finds_a_letter_and_opens_it_by_its_address(db, clock):
    sent = message(1, state=m.MessageState.SENT, html="<p>123456</p>")
    message(2, state=m.MessageState.FAILED, recipient="ben@example.com", error="550")
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.at(f"/staff/outbox?open={sent.id}").call(OutboxState.load)
    state = tab.state(OutboxState)
    assert [line.recipient for line in state.rows] == ["ben@example.com", "rosa@example.com"]
    assert (state.counts.all, state.counts.failed, state.counts.queued) == ("2", "1", "")
    assert (state.sheet.id, state.sheet.text) == (sent.id, "Your code is 123456")
    assert state.sheet.html == "<p>123456</p>"
    assert path_of(await tab.call(OutboxState.close, False)) == "/staff/outbox"
    assert state.sheet.id == ""
    await tab.call(OutboxState.pick, "failed")
    assert [line.status for line in state.rows] == ["Not sent"]
    await tab.call(OutboxState.pick, "")
    await tab.call(OutboxState.look_for, "rosa@")
    assert [line.recipient for line in state.rows] == ["rosa@example.com"]


async def test_a_letter_of_another_brand_opens_for_nobody_here(db, clock):
    theirs = message(1, brand_id=f.brand(key="orchard").id)
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.at(f"/staff/outbox?open={theirs.id}").call(OutboxState.load)
    state = tab.state(OutboxState)
    assert (state.sheet.id, state.rows) == ("", [])
    assert state.notice.title == "Page not found"


async def test_a_manager_decides_on_what_was_given_up(db, clock):
    job = row(
        status="dead",
        error="Traceback\nValueError: why\n",
        attempts=8,
        unique_key="forget:01a22fe5-c988-75ef-8687-4b385a21cb53",
    )
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.call(JobsState.load)
    state = tab.state(JobsState)
    (line,) = state.rows
    assert (line.status, line.fault, line.tries) == ("Given up", "ValueError: why", "8 tries")
    shown = str(replace(line, id="", key=""))  # these are not read but sent back
    assert job.id[-8:] not in shown
    assert "4b385a21cb53" not in shown
    assert state.board.verdict == "Some work needs a decision."
    await tab.call(JobsState.retry, line.id, line.key)
    assert f.fetch(m.Job).status == "queued"
    assert tab.said == "It runs again within seconds."
    await tab.call(JobsState.cancel, line.id, state.rows[0].key)
    assert f.fetch(m.Job).status == "cancelled"
    assert state.board.verdict == "Everything runs as it should."


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("5 * * * *", "Every hour, 5 minutes past, UTC"),
        ("40 3 * * *", "Every day at 03:40, UTC"),
        ("10,40 * * * *", "Every hour, 10 and 40 minutes past, UTC"),
        ("*/15 * * * *", "Every 15 minutes, UTC"),
        ("0 2 * * 1", "0 2 * * 1, UTC"),
        ("5,35 2 * * *", "5,35 2 * * *, UTC"),
    ],
)
async def test_schedules_read_as_words(db, clock, cron, words):
    f._save(m.JobSchedule(name="x", timetable=f"{cron} UTC", last_slot="2026-11-20T02:00:00"))
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.call(JobsState.load)
    assert [row.times for row in tab.state(JobsState).schedules] == [words]


async def test_a_schedule_is_paused_and_resumed(db, clock):
    f._save(
        m.JobSchedule(name="nightly", timetable="0 2 * * * UTC", last_slot="2026-11-20T02:00:00")
    )
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.call(JobsState.load)
    state = tab.state(JobsState)
    assert state.schedules[0].times == "Every day at 02:00, UTC"
    assert state.schedules[0].last == "20 November 2026 at 02:00"
    await tab.call(JobsState.pause, "nightly")
    assert state.schedules[0].is_paused
    await tab.call(JobsState.resume, "nightly")
    assert not state.schedules[0].is_paused


async def test_an_administrator_reads_and_checks_the_trail(db, clock):
    admin = f.staff_actor(Role.ADMIN)
    with transaction(admin) as tx:
        tx.record(m.Action.SETTINGS_CHANGED, "portal_settings", "s1", fields=["announcement"])
        tx.record(m.Action.JOB_RETRIED, "job", "j1")
    tab = Tab(admin)
    await tab.call(AuditState.load)
    state = tab.state(AuditState)
    assert [line.what for line in state.rows] == [
        "Had a background job run again",
        "Changed the portal's settings",
    ]
    assert state.rows[1].detail == 'fields ["announcement"]'
    await tab.call(AuditState.pick, "settings")
    assert [line.about for line in state.rows] == ["portal settings s1"]
    await tab.call(AuditState.verify)
    assert state.verdict == "Every entry is as it was written. 2 entries."


@pytest.mark.requirement("S3-04")
async def test_the_licence_page_says_what_the_licence_is_worth(db, clock, licensed):
    tab = Tab(f.staff_actor(Role.ADMIN))
    await tab.call(LicencePageState.load)
    page = tab.state(LicencePageState).licence
    assert (page.status, page.modules, page.customer) == ("In force", "Rental", "Harbourline")
    assert page.installation == f.fetch(m.Installation).id


@pytest.mark.requirement("S3-04")
async def test_without_a_licence_the_page_says_what_that_means(db, clock):
    tab = Tab(f.staff_actor(Role.ADMIN))
    await tab.call(LicencePageState.load)
    page = tab.state(LicencePageState).licence
    assert page.status == "Not licensed"
    assert "Nothing is lost" in page.sentence


HANDLERS = [
    (InboxState.mark_read, 1),
    (OutboxState.pick, 1),
    (OutboxState.look_for, 1),
    (OutboxState.close, 1),
    (JobsState.pick, 1),
    (JobsState.retry, 2),
    (JobsState.cancel, 2),
    (JobsState.pause, 1),
    (JobsState.resume, 1),
    (AuditState.pick, 1),
]


@pytest.mark.parametrize(("handler", "count"), HANDLERS, ids=lambda h: getattr(h, "fn", h))
async def test_whatever_the_browser_sends_there_is_no_fault(db, clock, caplog, handler, count):
    kind = f.consumer_actor(f.account()) if handler is InboxState.mark_read else None
    tab = Tab(kind or f.staff_actor(Role.ADMIN))
    row(status="dead")
    for odd in ODD:
        await tab.call(handler, *[odd] * count)
    assert "unexpected failure" not in caplog.text
    assert f.fetch(m.Job).status == "dead"


async def test_what_changes_while_a_page_is_read_is_told_when_it_is_watched(db, clock, monkeypatch):
    """Read, change, watch: without a memory the page would stand still with what was true."""
    tab = Tab(f.staff_actor(Role.MANAGER))
    portal, read = tab.state(PortalState), jobs.board

    def read_then_changed(actor, *args, **kwargs):
        board = read(actor, *args, **kwargs)
        live.note(["jobs"])
        return board

    monkeypatch.setattr(jobs, "board", read_then_changed)
    live.forget("tab-token")
    portal._begin(portal._caller)
    missed = []
    stop = live.on_missed(missed.append)
    await tab.call(JobsState.load)
    stop()
    assert [watcher.event.rpartition(".")[2] for watcher in missed] == ["refresh"]


async def test_the_report_names_months_in_the_portals_language(db, clock, monkeypatch):
    monkeypatch.setattr("portal_app.services.wording._locale", lambda: "de_DE")
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.call(ReportsState.load)
    assert [row.month for row in tab.state(ReportsState).rows][:2] == [
        "November 2026",
        "Oktober 2026",
    ]


@pytest.mark.requirement("S3-26")
async def test_the_report_shows_what_each_kind_of_help_has_saved(db, clock):
    customer = f.consumer_actor(f.account())
    with transaction(customer) as tx:
        for action, kind, times in (
            (m.Action.RENTAL_REQUESTED, "rental_request", 4),
            (m.Action.STATEMENT_MAILED, "account", 2),
            (m.Action.DOCUMENT_DOWNLOADED, "account", 1),
            (m.Action.DOCUMENT_DOWNLOADED, "invoice", 5),
        ):
            for _ in range(times):
                tx.record(action, kind, "1")
    changes.ask(customer, kind="language", values={"locale": "en-GB"}, key="k")
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.call(ReportsState.load)
    state = tab.state(ReportsState)
    now = state.rows[0]
    assert (now.off_rents, now.changes, now.statements, now.documents) == ("4", "1", "3", "5")
    assert state.view.calls_saved == "13"
