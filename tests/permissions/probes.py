"""One real call of each service that is about a thing: what the matrix lets everybody try.

Whatever a call changes, it changes on a thing made for it, so that the next caller finds another.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Role
from portal_app.core.ids import new_id
from portal_app.integrations.captured_mailer import CapturedMailer
from portal_app.integrations.captured_texts import CapturedTexts
from portal_app.services import (
    access,
    audit,
    billing,
    branding,
    contracts,
    demo,
    help_pages,
    identity,
    imports,
    jobs,
    licensing,
    notifications,
    rentals,
    reports,
)
from tests import factories as f
from tests.people import sign_in
from tests.permissions.world import TODAY, World

Arguments = dict[str, Any]
State = m.RequestState
DAY = "2026-10-31"


class Paper:
    """Prints nothing: who may have a document is decided before it is printed."""

    def render(self, template: str, data: object) -> bytes:
        return b"%PDF"


class Plain:
    """Makes letters without HTML."""

    def html(self, template: str, facts: object) -> str:
        return ""


def _key() -> str:
    return new_id()


def _off_rent(world: World) -> Arguments:
    return {
        "line": world.line, "quantity": 1, "requested_for": "now", "method": "pickup",
        "place": "Pier 7", "contact_name": "Rosa Lindqvist", "contact_phone": "(813) 555-0111",
        "notes": "", "key": _key(),
    }  # fmt: skip


def _request(state: m.RequestState = State.SUBMITTED, **more: object):
    def arguments(world: World) -> Arguments:
        return {"number": world.request(state), "key": _key(), **more}

    return arguments


def _account(**more: object):
    return lambda world: {"account": world.account, **more}


def _desk(**more: object):
    return lambda world: {"account": world.account_number, **more}


def _update(world: World) -> Arguments:
    row = f.fetch(m.Account, id=world.account)
    return {
        "account": row.number, "phone": row.main_phone, "email": row.email, "is_enabled": True,
        "postal_code": row.postal_code, "version": row.version, "key": _key(),
    }  # fmt: skip


def _job(status: str):
    def arguments(world: World) -> Arguments:
        now = clock.now()
        row = m.Job(brand_id=world.brand, name="forget_old", status=status, run_at=now,
                    created_at=now, finished_at=now)  # fmt: skip
        return {"job_id": f._save(row).id, "key": _key()}

    return arguments


def _schedule(world: World) -> Arguments:
    name = f"matrix-{new_id()}"
    f._save(m.JobSchedule(name=name, brand_id=world.brand, last_slot="2026-11-01T02:00:00"))
    return {"schedule": name, "is_paused": True}


def _article(**more: object):
    def arguments(world: World) -> Arguments:
        row = m.HelpArticle(brand_id=world.brand, question="Where?", answer="There.")
        return {"article": f._save(row).id, **more}

    return arguments


def _settings(world: World) -> Arguments:
    row = f.fetch(m.PortalSettings, brand_id=world.brand)
    return {"changes": {"support_hours": "9 to 5"}, "version": row.version, "key": _key()}


def _clerk(world: World) -> Arguments:
    user = f.staff(Role.AGENT, brand_id=world.brand).user_id
    return {"user": user, "role": Role.AGENT, "is_active": True}


def _newcomer(world: World) -> Arguments:
    return {
        "brand": world.brand, "email": f"{new_id()}@example.com", "name": "Noor Haddad",
        "role": Role.AGENT, "password": "plinth fjord vexed",
    }  # fmt: skip


def _notice(world: World) -> Arguments:
    return {"notification_id": world.notification}


def _device(world: World) -> Arguments:
    return {"device": sign_in(world.url, world.people["owner"].user_id).session_id}


def _upload(world: World) -> Arguments:
    return {"name": "a.csv", "content": io.BytesIO(b"x"), "dry_run": True, "key": _key()}


def _nothing(_world: World) -> Arguments:
    return {}


def _run(**more: object):
    return lambda world: {"run": world.run, **more}


def _message(**more: object):
    return lambda world: {"message_id": world.message, **more}


def _sending(world: World) -> Arguments:
    ports = {"mailer": CapturedMailer(), "texts": CapturedTexts(), "letters": Plain()}
    return {"message_id": world.message, **ports}


Probe = tuple[Callable[..., Any], Callable[[World], Arguments]]
PROBES: dict[str, Probe] = {
    "identity.end_device": (identity.end_device, _device),
    "notifications.mark_read": (notifications.mark_read, _notice),
    "access.choose_account": (access.choose_account, _account()),
    "billing.account_summary": (billing.account_summary, _account()),
    "billing.invoice_by_id": (billing.invoice_by_id, lambda w: {"invoice": w.invoice}),
    "billing.invoice_detail": (billing.invoice_detail, lambda w: {"number": w.invoice_number}),
    "billing.invoice_list": (billing.invoice_list, _account()),
    "billing.mail_statement": (
        billing.mail_statement,
        lambda w: {"account": w.account, "as_of": DAY, "key": _key()},
    ),
    "billing.statement": (billing.statement, _account(as_of=DAY)),
    "billing.statement_day": (billing.statement_day, _account(as_of=DAY)),
    "billing.statement_list": (billing.statement_list, _account()),
    "contracts.contract_by_id": (contracts.contract_by_id, lambda w: {"contract": w.contract}),
    "contracts.contract_detail": (
        contracts.contract_detail,
        lambda w: {"number": w.contract_number},
    ),
    "contracts.contract_list": (contracts.contract_list, _account()),
    "contracts.profile": (contracts.profile, _account()),
    "rentals.items_out": (rentals.items_out, _account()),
    "rentals.lines_out": (rentals.lines_out, _account()),
    "rentals.request_detail": (rentals.request_detail, lambda w: {"number": w.request()}),
    "rentals.request_form": (rentals.request_form, lambda w: {"line": w.line}),
    "rentals.requests_of": (rentals.requests_of, _account()),
    "billing.invoice_document": (
        billing.invoice_document,
        lambda w: {"invoice": w.invoice, "renderer": Paper()},
    ),
    "billing.statement_document": (
        billing.statement_document,
        _account(as_of=DAY, renderer=Paper()),
    ),
    "contracts.contract_document": (
        contracts.contract_document,
        lambda w: {"contract": w.contract, "renderer": Paper()},
    ),
    "rentals.call_off_rent": (rentals.call_off_rent, _off_rent),
    "rentals.cancel_request": (rentals.cancel_request, _request()),
    "rentals.review": (rentals.review, lambda w: {"line": w.line, "entered": _off_rent(w)}),
    "rentals.acknowledge": (rentals.acknowledge, _request()),
    "rentals.decline": (rentals.decline, _request(reason="We need it until Friday.")),
    "rentals.schedule": (
        rentals.schedule,
        _request(State.ACKNOWLEDGED, when=f"{TODAY.year + 1}-01-15T09:00"),
    ),
    "rentals.reschedule": (
        rentals.reschedule,
        _request(State.SCHEDULED, when=f"{TODAY.year + 1}-01-15T09:00"),
    ),
    "rentals.receive_return": (rentals.receive_return, _request(State.ACKNOWLEDGED)),
    "rentals.check_in": (rentals.check_in, _request(State.RETURNED, quantity=1)),
    "access.apply_fix": (access.apply_fix, lambda w: _desk(fix="switch_on", key=_key())(w)),
    "access.customer": (access.customer, lambda w: {"number": w.account_number}),
    "access.unlock": (access.unlock, _desk()),
    "access.update_account": (access.update_account, _update),
    "access.end_customer_sessions": (access.end_customer_sessions, _desk()),
    "access.remove_second_factor": (
        access.remove_second_factor,
        _desk(note="Called back on the number we hold."),
    ),
    "imports.import_checked": (imports.import_checked, lambda w: _run(key=_key())(w)),
    "imports.refusals_csv": (imports.refusals_csv, _run()),
    "imports.run_report": (imports.run_report, _run()),
    "jobs.cancel": (jobs.cancel, _job("queued")),
    "jobs.retry": (jobs.retry, _job("dead")),
    "jobs.set_paused": (jobs.set_paused, _schedule),
    "notifications.message": (notifications.message, _message()),
    "help_pages.delete_article": (help_pages.delete_article, _article()),
    "help_pages.move_article": (
        help_pages.move_article,
        lambda w: _article(up=True, key=_key())(w),
    ),
    "help_pages.save_article": (
        help_pages.save_article,
        lambda w: _article(question="When?", answer="At seven.", version=1, key=_key())(w),
    ),
    "identity.change_staff": (identity.change_staff, _clerk),
    "identity.create_staff": (identity.create_staff, _newcomer),
    "branding.brands": (branding.brands, _nothing),
    "branding.found_brand": (
        branding.found_brand,
        lambda w: {"name_in_addresses": "new", "name": "New"},
    ),
    "demo.give_sign_in": (
        demo.give_sign_in,
        _account(given_name="Rosa", family_name="Lindqvist", password_hash="x"),
    ),
    "identity.give_authenticator": (
        identity.give_authenticator,
        lambda w: {"user": w.people["owner"].user_id, "secret": "x"},
    ),
    "imports.give_up_upload": (imports.give_up_upload, _run(reason="x")),
    "imports.import_upload": (imports.import_upload, _run()),
    "jobs.forget_old": (jobs.forget_old, _nothing),
    "notifications.give_up": (notifications.give_up, _message(reason="x")),
    "notifications.send": (notifications.send, _sending),
}
# What is of the asker's own brand or person, whoever asks: nobody can name somebody else's.
OF_ONES_OWN: dict[str, Probe] = {
    "jobs.nightly_times": (jobs.nightly_times, _nothing),
    "imports.import_folder": (imports.import_folder, lambda w: {"path": Path("/nowhere")}),
    "branding.update_settings": (branding.update_settings, _settings),
    "access.customers": (access.customers, _nothing),
    "rentals.queue": (rentals.queue, _nothing),
    "access.publish": (access.publish, _nothing),
    "imports.receive_feed": (imports.receive_feed, _upload),
    "imports.runs": (imports.runs, _nothing),
    "imports.waiting": (imports.waiting, _nothing),
    "jobs.board": (jobs.board, _nothing),
    "notifications.outbox": (notifications.outbox, _nothing),
    "reports.self_service": (reports.self_service, _nothing),
    "help_pages.articles": (help_pages.articles, _nothing),
    "audit.history": (audit.history, _nothing),
    "audit.verify": (audit.verify, _nothing),
    "licensing.licence": (licensing.licence, _nothing),
}
# What asks for a session of one's own, or is handed what has been decided: tried elsewhere.
NOT_ABOUT_A_THING = frozenset({
    "access.settle_account", "documents.hand_out", "notifications.inbox",
    "notifications.mark_all_read", "rentals.queue_item", "branding.dismiss_announcement",
    "identity.change_password", "identity.confirm_enrolment", "identity.disable_second_factor",
    "identity.end_other_sessions", "identity.make_recovery_codes", "identity.security",
    "identity.sign_out_everywhere", "identity.start_app_enrolment",
    "identity.start_text_enrolment", "identity.step_up",
})  # fmt: skip
