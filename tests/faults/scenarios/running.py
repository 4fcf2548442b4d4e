"""Running the portal: brands, settings, help pages, messages, jobs."""

from datetime import timedelta

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.services import audit, branding, help_pages, jobs, notifications, rentals
from portal_app.services.jobs import JobStatus
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.faults.scenarios.registry import SYSTEM, Command, later, limiter, scenario
from tests.faults.scenarios.sessions import admin
from tests.services.rentals.conftest import Hire, make_hire


@scenario(branding.found_brand)
def a_brand_is_founded() -> Command:
    f.brand()
    given = {"name_in_addresses": "orchard", "name": "Orchard & Vale"}
    return lambda: branding.found_brand(SYSTEM, **given)


@scenario(branding.update_settings)
def the_settings_are_changed() -> Command:
    who = admin()
    version = f.fetch(m.PortalSettings, brand_id=who.brand).version
    changes = {"support_phone": "+1 813 555 0100", "announcement": "Closed on Monday."}
    return lambda: branding.update_settings(who, changes=changes, version=version, key="click")


@scenario(branding.dismiss_announcement)
def an_announcement_is_put_away() -> Command:
    who = admin()
    changes = {"announcement": "Closed on Monday."}
    version = f.fetch(m.PortalSettings, brand_id=who.brand).version
    branding.update_settings(who, changes=changes, version=version, key="earlier")
    return lambda: branding.dismiss_announcement(who, version=1)


WORDS = {"question": "Where is my store?", "answer": "On every contract."}


@scenario(help_pages.save_article)
def a_help_page_is_written() -> Command:
    manager = f.staff_actor(Role.MANAGER)
    return lambda: help_pages.save_article(manager, **WORDS, is_published=True, key="click")


@scenario(help_pages.save_article)
def a_help_page_is_changed() -> Command:
    manager = f.staff_actor(Role.MANAGER)
    page = help_pages.save_article(manager, **WORDS, key="earlier")
    given = {"article": page, "version": 1, "key": "click"}
    return lambda: help_pages.save_article(manager, **WORDS, is_published=True, **given)


@scenario(help_pages.move_article)
def a_help_page_is_moved() -> Command:
    manager = f.staff_actor(Role.MANAGER)
    *_, last = (help_pages.save_article(manager, **WORDS, key=str(n)) for n in range(3))
    return lambda: help_pages.move_article(manager, article=last, up=True, key="click")


@scenario(help_pages.delete_article)
def a_help_page_is_deleted() -> Command:
    manager = f.staff_actor(Role.MANAGER)
    page = help_pages.save_article(manager, **WORDS, key="earlier")
    return lambda: help_pages.delete_article(manager, article=page)


def _told() -> Hire:
    hire = make_hire()
    rentals.acknowledge(hire.agent, number=hire.ask(), key="earlier")
    return hire


@scenario(notifications.mark_all_read)
def messages_are_read() -> Command:
    hire = _told()
    return lambda: notifications.mark_all_read(hire.owner)


@scenario(notifications.mark_read)
def a_message_is_read() -> Command:
    hire = _told()
    notice = f.fetch_all(m.Notification, person_id=hire.owner.person_id)[0]
    return lambda: notifications.mark_read(hire.owner, notification_id=notice.id)


@scenario(notifications.choose_ways)
def ways_are_chosen() -> Command:
    ways = {"case": ["portal"], "payment": ["portal", "email"]}
    owner = make_hire().owner
    return lambda: notifications.choose_ways(owner, ways=ways, key="click")


class Carrier:
    """Takes every letter; that it may get one twice is its to notice, by the letter's id."""

    def send(self, message: object) -> None:
        """Take it."""

    def html(self, template: str, facts: object) -> str:
        return "<p>"


def _letter() -> str:
    hire = make_hire()
    with transaction(SYSTEM) as tx:
        notifications.send_mail(
            tx,
            topic="identity.registered",
            brand_id=hire.account.brand_id,
            recipient="rosa@example.com",
            facts={"how": "phone number"},
            dedupe_key="letter",
        )
    return f.fetch(m.OutboundMessage, dedupe_key="letter").id


@scenario(notifications.send)
def a_letter_is_sent() -> Command:
    letter, carrier = _letter(), Carrier()
    ports = {"mailer": carrier, "texts": carrier, "letters": carrier}
    return lambda: notifications.send(SYSTEM, message_id=letter, **ports)


@scenario(notifications.give_up)
def a_letter_is_given_up() -> Command:
    letter = _letter()
    return lambda: notifications.give_up(SYSTEM, message_id=letter, reason="550 no such mailbox")


def _job(status: str, **values: object) -> m.Job:
    now = f.clock.now()
    given = {"name": "send_message", "args": {"message_id": "x", "brand_id": f.brand().id}}
    return f._save(m.Job(**given, status=status, run_at=now, created_at=now, **values))


@scenario(jobs.retry)
def a_dead_job_is_tried_again() -> Command:
    who = admin()
    dead = _job("dead", finished_at=f.clock.now())
    return lambda: jobs.retry(who, job_id=dead.id, key="click")


@scenario(jobs.cancel)
def a_job_is_cancelled() -> Command:
    who, waiting = admin(), _job("queued")
    return lambda: jobs.cancel(who, job_id=waiting.id, key="click")


@scenario(jobs.set_paused)
def a_periodic_job_is_paused() -> Command:
    who = admin()
    given = {"name": "nightly_publication", "last_slot": "2026-11-20T02:00"}
    row = f._save(m.JobSchedule(brand_id=who.brand, **given))
    return lambda: jobs.set_paused(who, schedule=row.name, is_paused=True)


@scenario(jobs.forget_old)
def what_is_old_is_forgotten() -> Command:
    make_hire().ask()
    _job(JobStatus.DONE.value, finished_at=f.clock.now() - timedelta(days=1))
    later(days=100)
    return lambda: jobs.forget_old(SYSTEM)


@scenario(audit.note_refusal, anew="Each refusal is written down, the same one too.")
def a_refusal_is_written_down() -> Command:
    agent = f.staff_actor()
    return lambda: audit.note_refusal(agent, operation="licence_page.load", limiter=limiter())
