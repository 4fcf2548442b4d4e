"""One real call of each service that is about a thing: what the matrix lets everybody try.

Whatever a call changes, it changes on a thing made for it, so that the next caller finds another.
"""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from portal_app import models as m
from portal_app import wiring
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
    cases,
    changes,
    consents,
    contracts,
    demo,
    events,
    help_pages,
    households,
    identity,
    imports,
    invitations,
    jobs,
    licensing,
    notifications,
    payments,
    rentals,
    reports,
    templates,
    uploads,
)
from tests import factories as f
from tests.people import database_at, sign_in
from tests.permissions import applications_world, cases_world, payments_world, proposals_world
from tests.permissions.world import TODAY, World
from tests.services.payments.gateway import FakeGateway
from tests.services.uploads import rows
from tests.services.uploads.conftest import Nobody

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


def _sent_file(state: m.UploadState = m.UploadState.REQUESTED, **more: object):
    def arguments(world: World) -> Arguments:
        with database_at(world.url):
            request = f.fetch(m.RentalRequest, number=world.request())
            document = rows.upload(request, world.people["owner"].user_id, state, **more)
        return {"document": document, "store": rows.store()}

    return arguments


def _to_check(world: World) -> Arguments:
    return _sent_file(m.UploadState.RECEIVED)(world) | {"scanner": Nobody()}


def _begin(world: World) -> Arguments:
    return {
        "purpose": "rental_request_photo", "owner": world.request(), "name": "lift.jpg",
        "media_type": "image/jpeg", "size": 1_000, "key": _key(), "store": rows.store(),
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


def _message_template(**more: object):
    def arguments(world: World) -> Arguments:
        kind = "application.invitation"
        held = m.MessageTemplate(
            brand_id=world.brand, kind=kind, name=new_id(), changed_at=clock.now(), version=1
        )
        template = f._save(held).id
        for number, state in ((1, m.VersionState.REPLACED), (2, m.VersionState.DRAFT)):
            words = {"subject": "Come in", "body": "Open it: {{ portal_link }}"}
            given = {"template_id": template, "number": number, "written_at": clock.now()}
            f._save(m.TemplateVersion(**given, **words, state=state))
        asked = {name: value for name, value in more.items() if name != "key"}
        return {"template": template, **asked, **({"key": _key()} if "key" in more else {})}

    return arguments


_WORDS = {"kind": "application.invitation", "subject": "Come in",
          "text": "Open it: {{ portal_link }}"}  # fmt: skip


def _revision(**more: object):
    def arguments(world: World) -> Arguments:
        numbers = [one.number for one in f.fetch_all(m.BrandRevision, brand_id=world.brand)]
        last = max(numbers, default=0) + 1
        given = {"brand_id": world.brand, "part": m.BrandPart.TEXT, "written_at": clock.now()}
        for one in f.fetch_all(m.BrandRevision, brand_id=world.brand, state="draft"):
            _set(one, state=m.VersionState.REPLACED)
        f._save(m.BrandRevision(**given, number=last, state=m.VersionState.DRAFT))
        return {"part": "text", "seen": last, "key": _key(), **more}

    return arguments


def _set(row: object, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    f._save(row)


def _logo(world: World) -> Arguments:
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, format="PNG")
    numbers = [one.number for one in f.fetch_all(m.BrandRevision, brand_id=world.brand,
                                                 part=m.BrandPart.LOGO)]  # fmt: skip
    made.seek(0)
    return {"content": made, "alt": "Us", "seen": max(numbers, default=0), "key": _key()}


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


def _change(state: m.ChangeState = m.ChangeState.PENDING_REVIEW, **more: object):
    """A change of the owner's name that waits for a decision."""

    def arguments(world: World) -> Arguments:
        user = f.fetch(m.PortalUser, id=world.people["owner"].user_id)
        now = clock.now()
        row = m.ChangeRequest(
            brand_id=world.brand, number=f"CR-{new_id()[-8:]}", kind="name", state=state,
            policy=m.ChangePolicy.REVIEW, origin=m.ChangeOrigin.CONSUMER, subject_type="person",
            subject_id=user.person_id, subject_name="Rosa Lindqvist", person_id=user.person_id,
            requester_id=user.id, before={"given_name": "Rosa"}, after={"given_name": "Rosalind"},
            created_at=now, changed_at=now,
        )  # fmt: skip
        step = m.ChangeStep(request_id=f._save(row).id, position=1, title="Decide", role="agent")
        f._save(step)
        return {"number": row.number, "key": _key(), **more}

    return arguments


def _person(**more: object):
    def arguments(world: World) -> Arguments:
        user = f.fetch(m.PortalUser, id=world.people["owner"].user_id)
        return {"person": user.person_id, **more}

    return arguments


def _feature(world: World) -> Arguments:
    return {"feature": m.Feature.PAY_NOW.value, "is_on": True, "key": _key()}


def _rule(world: World) -> Arguments:
    kept = f.fetch_all(m.ChangeRule)
    version = kept[0].version if kept else 0
    steps = [{"title": "Decide", "role": "agent"}]
    return {
        "kind": "name", "policy_name": "review", "steps": steps, "version": version, "key": _key(),
    }  # fmt: skip


def _case(state: m.CaseState = m.CaseState.OPEN, **more: object):
    """A case about the owner's own person."""

    def arguments(world: World) -> Arguments:
        return {"number": cases_world.case(world, state), "key": _key(), **more}

    return arguments


def _merging(world: World) -> Arguments:
    return {**_case()(world), "into": cases_world.case(world)}


def _new_case(world: World) -> Arguments:
    return {
        "topic": "other", "subject": "A key is lost", "description": "Since Monday.",
        "consumer": cases_world.person(world), "key": _key(),
    }  # fmt: skip


def _reader(world: World) -> Arguments:
    household, member = cases_world.led_household(world)
    return {"household": household, "person": member, "is_chosen": True, "key": _key()}


def _case_policy(world: World) -> Arguments:
    kept = f.fetch_all(m.CasePolicy, brand_id=world.brand)
    version = kept[0].version if kept else 0
    given = {"visibility": "everyone", "auto_close_days": 0}
    return given | {"version": version, "key": _key()}


def _template(**more: object):
    return lambda world: {"template": cases_world.template(world), "key": _key(), **more}


class Nowhere:
    """Sends nothing: who may have events sent is decided before an address is looked at."""

    def check(self, url: str) -> None:
        return None

    def send(self, *given: object, **more: object) -> None:
        return None


def _token(world: World) -> Arguments:
    row = m.ApiToken(
        brand_id=world.brand, name="Ledger", hint="abcd", token_hash=new_id(),
        created_at=clock.now(),
    )  # fmt: skip
    return {"token": f._save(row).id, "key": _key()}


def _endpoint(**more: object):
    def arguments(world: World) -> Arguments:
        row = m.WebhookEndpoint(
            brand_id=world.brand, url="https://ledger.example/hook", secret_sealed="x",
            created_at=clock.now(),
        )  # fmt: skip
        return {"endpoint": f._save(row).id, "key": _key(), **more}

    return arguments


def _delivery(**more: object):
    def arguments(world: World) -> Arguments:
        now = clock.now()
        event = m.OutgoingEvent(
            id=new_id(), brand_id=world.brand, type="person.changed", subject_type="person", at=now
        )
        row = m.WebhookDelivery(
            brand_id=world.brand, event_id=f._save(event).id, created_at=now,
            endpoint_id=_endpoint()(world)["endpoint"],
        )  # fmt: skip
        return {"delivery_id": f._save(row).id, **more}

    return arguments


def consent(world: World) -> str:
    """Something that the owner agreed to; its receipt."""
    who = _person()(world)["person"]
    kept = f.fetch_all(m.ConsentEvent, person_id=who)
    row = m.ConsentEvent(
        brand_id=world.brand, person_id=who, sequence=len(kept) + 1, at=clock.now(),
        channel=m.ConsentChannel.EMAIL, given=True, words="Yes.", text_version="1",
        source=m.ConsentSource.PORTAL, receipt_no=f"CN-{new_id()[-12:]}",
    )  # fmt: skip
    return f._save(row).receipt_no


def _choice(world: World) -> Arguments:
    return _person(channel="post", given=True, note="By phone.", key=_key())(world)


def _news(world: World) -> Arguments:
    consent(world)
    words = {"channel": "email", "subject": "Half price", "words": "Every Monday."}
    return _person(**words, key=_key())(world)


def _nothing(_world: World) -> Arguments:
    return {}


def _run(**more: object):
    return lambda world: {"run": world.run, **more}


def _message(**more: object):
    return lambda world: {"message_id": world.message, **more}


def _sending(world: World) -> Arguments:
    ports = {"mailer": CapturedMailer(), "texts": CapturedTexts(), "letters": Plain()}
    return {"message_id": world.message, **ports}


def _holder(**more: object):
    """A contact of the account with a service contract, whom nobody has invited yet."""

    def arguments(world: World) -> Arguments:
        account = f.fetch(m.Account, id=world.account)
        who = f.person(brand_id=world.brand)
        f.contact(account, who)
        kind = m.ContractKind.SERVICE_CONTRACT
        f.contract(account, holder_id=who.id, kind=kind, listed_on=TODAY, starts_on=TODAY)
        return {"account": account.number, "person": who.id, **more}

    return arguments


def _inviting(**more: object):
    return lambda world: _holder(key=_key(), **more)(world)


def _invited(*, asked: bool = False):
    """Somebody who has a link that works, or who has asked for another one."""

    def arguments(world: World) -> Arguments:
        given, now = _inviting()(world), clock.now()
        f._save(
            m.Invitation(
                brand_id=world.brand, person_id=given["person"], account_id=world.account,
                purpose=m.InvitationPurpose.ACCOUNT_SETUP, state=m.InvitationState.ISSUED,
                method=m.InvitationMethod.EMAIL, token_hash=new_id(), email="x@example.com",
                created_at=now, issued_at=now, expires_at=now + timedelta(days=7),
                renewal_asked_at=now if asked else None,
            )
        )  # fmt: skip
        return given

    return arguments


def _payment(state: m.InstalmentState = m.InstalmentState.MISSED, **more: object):
    """A payment of a contract of its own that nobody holds, with a card on it."""

    def arguments(world: World) -> Arguments:
        paid = payments_world.paid_contract(world, state)
        return {"instalment": paid.instalment, "key": _key(), **more}

    return arguments


def _paid(*names: str, **more: object):
    """The contract or the method of such a payment."""

    def arguments(world: World) -> Arguments:
        paid = payments_world.paid_contract(world)
        return {name: getattr(paid, name) for name in names} | {"key": _key(), **more}

    return arguments


def _copied(world: World) -> Arguments:
    given = _paid("payment_method")(world)
    return given | {"contracts": [payments_world.paid_contract(world).contract]}


def _on_hold(world: World) -> Arguments:
    paid = payments_world.paid_contract(world, m.InstalmentState.ON_HOLD)
    return {"contract": paid.contract, "reason": "Agreed by phone.", "key": _key()}


def _to_cancel(**more: object):
    return lambda world: {"number": payments_world.to_cancel(world), **more}


def _setup(**more: object):
    return lambda world: {"reference": payments_world.begun(world), **more}


def _set_policy(world: World) -> Arguments:
    kept = f.fetch_all(m.PaymentPolicy, brand_id=world.brand)
    version = kept[0].version if kept else 0
    return {"changes": {"retry_first": True}, "version": version, "key": _key()}


def _household():
    def arguments(world: World) -> Arguments:
        who = {"given_name": "Nora", "family_name": new_id(), "relationship": "Niece"}
        values = who | {"email": "", "starts_on": ""}
        return {"household": world.household, "values": values, "key": _key()}

    return arguments


def _member(**more: object):
    """A membership of its own in the household that the owner heads."""

    def arguments(world: World) -> Arguments:
        home = f.fetch(m.Household, id=world.household)
        made = f.membership(home, f.person(brand_id=world.brand))
        return {"membership": made.id, "key": _key(), **more}

    return arguments


def _grant(world: World) -> Arguments:
    """Something that the owner lets somebody do."""
    user = f.fetch(m.PortalUser, id=world.people["owner"].user_id)
    giver = f.fetch(m.Person, id=user.person_id)
    return {"grant": f.grant(giver, f.person(brand_id=world.brand)).id, "key": _key()}


LATER = f"{TODAY + timedelta(days=30)}"
SAID = {"reason": "Agreed by phone."}


Probe = tuple[Callable[..., Any], Callable[[World], Arguments]]
PROBES: dict[str, Probe] = {
    **applications_world.PROBES,
    **proposals_world.PROBES,
    "identity.end_device": (identity.end_device, _device),
    "notifications.mark_read": (notifications.mark_read, _notice),
    "access.choose_account": (access.choose_account, _account()),
    "access.choose_context": (
        access.choose_context,
        lambda w: {"whom": f"household:{cases_world.led_household(w)[0]}"},
    ),
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
    "contracts.account_choice": (contracts.account_choice, _account()),
    "contracts.contract_list": (contracts.contract_list, _account()),
    "contracts.profile": (contracts.profile, _account()),
    "rentals.items_out": (rentals.items_out, _account()),
    "rentals.lines_out": (rentals.lines_out, _account()),
    "rentals.out_in_short": (rentals.out_in_short, _account(size=4)),
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
    "payments.receipt_document": (
        payments.receipt_document,
        lambda w: {"instalment": payments_world.taken(w), "renderer": Paper()},
    ),
    "contracts.contract_document": (
        contracts.contract_document,
        lambda w: {"contract": w.contract, "renderer": Paper()},
    ),
    "uploads.begin": (uploads.begin, _begin),
    "uploads.cancel": (
        uploads.cancel,
        lambda w: {"document": _sent_file()(w)["document"]},
    ),
    "uploads.take_off": (
        uploads.take_off,
        lambda w: {"document": _sent_file(purpose=cases.WITH_FORM.key)(w)["document"]},
    ),
    "uploads.confirm": (uploads.confirm, _sent_file()),
    "uploads.part_addresses": (uploads.part_addresses, _sent_file(size=9_000_000)),
    "uploads.download": (uploads.download, _sent_file(m.UploadState.IMPORTED)),
    "uploads.show": (
        uploads.show,
        lambda w: {
            "document": _sent_file(m.UploadState.IMPORTED)(w)["document"],
            "is_visible": True,
            "key": _key(),
        },
    ),
    "uploads.module_of": (
        uploads.module_of,
        lambda w: {"document": _sent_file(m.UploadState.IMPORTED)(w)["document"]},
    ),
    "uploads.check": (uploads.check, _to_check),
    "uploads.empty_landing": (uploads.empty_landing, _sent_file(m.UploadState.ABANDONED)),
    "uploads.reconcile": (
        uploads.reconcile,
        lambda w: {"slot": "an hour", "store": rows.store()},
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
    "cases.case_thread": (
        cases.case_thread,
        lambda w: {"number": cases_world.case(w)},
    ),
    "cases.queue_item": (cases.queue_item, lambda w: {"number": cases_world.case(w)}),
    "cases.case_form_about": (
        cases.case_form_about,
        lambda w: {"consumer": cases_world.person(w)},
    ),
    "cases.open_case": (cases.open_case, _new_case),
    "cases.follow_up": (cases.follow_up, _case(m.CaseState.CLOSED, words="It is back.")),
    "cases.add_comment": (cases.add_comment, _case(words="And?")),
    "cases.add_note": (cases.add_note, _case(words="Calls often.")),
    "cases.begin_reply": (cases.begin_reply, lambda w: {"number": cases_world.case(w)}),
    "cases.close_case": (cases.close_case, _case()),
    "cases.accept_solution": (cases.accept_solution, _case(m.CaseState.RESOLVED)),
    "cases.reject_solution": (
        cases.reject_solution,
        _case(m.CaseState.RESOLVED, reason="It is not done."),
    ),
    "cases.rate": (cases.rate, _case(m.CaseState.CLOSED, rating=5)),
    "cases.assign": (
        cases.assign,
        lambda w: _case(user=w.people["agent"].user_id)(w),
    ),
    "cases.set_priority": (cases.set_priority, _case(priority="high")),
    "cases.take_up": (cases.take_up, _case(m.CaseState.NEW)),
    "cases.request_info": (cases.request_info, _case(words="Which day?")),
    "cases.propose_solution": (
        cases.propose_solution,
        _case(resolution="solved", notes="It is done."),
    ),
    "cases.merge": (cases.merge, _merging),
    "cases.choose_reader": (cases.choose_reader, _reader),
    "cases.save_template": (
        cases.save_template,
        _template(title="Paid back", words="We have paid it back.", version=1),
    ),
    "cases.delete_template": (cases.delete_template, _template()),
    "cases.close_unanswered": (cases.close_unanswered, _nothing),
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
    "templates.save_draft": (
        templates.save_draft,
        _message_template(**_WORDS, version=1, key=""),
    ),
    "templates.publish": (templates.publish, _message_template(version=1, key="")),
    "templates.bring_back": (templates.bring_back, _message_template(number=1, version=1, key="")),
    "templates.withdraw": (templates.withdraw, _message_template(version=1, key="")),
    "templates.opened": (templates.opened, _message_template(kind="application.invitation")),
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
    "demo.stand_in": (demo.stand_in, lambda w: {"name": "Rosa Lindqvist"}),
    "identity.give_authenticator": (
        identity.give_authenticator,
        lambda w: {"user": w.people["owner"].user_id, "secret": "x"},
    ),
    "imports.give_up_upload": (imports.give_up_upload, _run(reason="x")),
    "imports.import_upload": (imports.import_upload, _run()),
    "jobs.forget_old": (jobs.forget_old, _nothing),
    "changes.withdraw": (changes.withdraw, _change()),
    "changes.approve": (changes.approve, _change(version=1)),
    "changes.reject": (changes.reject, _change(version=1, reason="The passport says otherwise.")),
    "changes.retry": (changes.retry, _change(m.ChangeState.APPLY_FAILED)),
    "changes.queue_item": (changes.queue_item, lambda w: {"number": _change()(w)["number"]}),
    "changes.person_details": (changes.person_details, _person()),
    "changes.correct": (
        changes.correct,
        lambda w: _person(
            kind="name", values={"given_name": "Rosa", "family_name": new_id()}, key=_key()
        )(w),
    ),
    "events.revoke_token": (events.revoke_token, _token),
    "events.remove_endpoint": (events.remove_endpoint, _endpoint()),
    "events.retry_deliveries": (events.retry_deliveries, _endpoint()),
    "events.switch_endpoint": (events.switch_endpoint, _endpoint(is_on=False)),
    "events.deliver": (events.deliver, _delivery(sender=Nowhere())),
    "events.give_up": (events.give_up, _delivery(reason="x")),
    "events.event_feed": (events.event_feed, _nothing),
    "events.forget_events": (events.forget_events, _nothing),
    "events.spread": (events.spread, lambda w: {"event_id": new_id()}),
    "invitations.people": (invitations.people, _desk()),
    "invitations.inviting": (invitations.inviting, _holder()),
    "invitations.request_verification": (invitations.request_verification, _inviting()),
    "invitations.verify_and_invite": (
        invitations.verify_and_invite,
        _inviting(note="Called back on the number we hold."),
    ),
    "invitations.copy_link": (invitations.copy_link, _inviting()),
    "invitations.revoke": (invitations.revoke, _invited()),
    "invitations.set_renewal_aside": (invitations.set_renewal_aside, _invited(asked=True)),
    "invitations.expire_invitations": (invitations.expire_invitations, _nothing),
    "invitations.greet_holders": (invitations.greet_holders, _nothing),
    "payments.contract_payments": (
        payments.contract_payments,
        lambda w: {"contract": w.contract},
    ),
    "payments.methods_of": (payments.methods_of, _account()),
    "payments.payments_overview": (payments.payments_overview, _account()),
    "payments.what_next": (payments.what_next, _account()),
    "payments.ask_to_cancel": (payments.ask_to_cancel, _paid("contract", **SAID)),
    "payments.begin_setup": (payments.begin_setup, _paid("contract", gateway=FakeGateway())),
    "payments.choose_method": (payments.choose_method, _paid("payment_method")),
    "payments.copy_method": (payments.copy_method, _copied),
    "payments.pay_now": (payments.pay_now, _payment(gateway=FakeGateway())),
    "payments.remove_method": (payments.remove_method, _paid("payment_method")),
    "payments.finish_setup": (payments.finish_setup, _setup(gateway=FakeGateway())),
    "payments.setup": (payments.setup, _setup()),
    "payments.reinstate": (
        payments.reinstate,
        _payment(m.InstalmentState.DEFAULTED, due_on=LATER, **SAID),
    ),
    "payments.release_holds": (payments.release_holds, _on_hold),
    "payments.reschedule": (payments.reschedule, _payment(due_on=LATER, **SAID)),
    "payments.waive_fee": (payments.waive_fee, _payment(**SAID)),
    "payments.waive_instalment": (payments.waive_instalment, _payment(**SAID)),
    "payments.write_off": (payments.write_off, _payment(m.InstalmentState.DEFAULTED, **SAID)),
    "payments.cancellation": (payments.cancellation, _to_cancel()),
    "payments.customer_payments": (
        payments.customer_payments,
        lambda w: {"number": w.account_number},
    ),
    "payments.approve_cancellation": (
        payments.approve_cancellation,
        lambda w: _to_cancel(key=_key(), **SAID)(w),
    ),
    "payments.decline_cancellation": (
        payments.decline_cancellation,
        lambda w: _to_cancel(key=_key(), **SAID)(w),
    ),
    "payments.collect": (
        payments.collect,
        lambda w: {"contract": w.contract, "gateway": FakeGateway()},
    ),
    "payments.follow_feed": (payments.follow_feed, lambda w: {"contract": w.contract}),
    "payments.settle_open": (
        payments.settle_open,
        lambda w: {"contract": w.contract, "gateway": FakeGateway()},
    ),
    "payments.settle_one": (
        payments.settle_one,
        lambda w: {"idempotency_key": "x", "gateway": FakeGateway()},
    ),
    "payments.forget_method": (
        payments.forget_method,
        lambda w: {"payment_method": new_id(), "gateway": FakeGateway()},
    ),
    "payments.leave_looks": (payments.leave_looks, lambda w: {"slot": "x"}),
    "payments.leave_setup_looks": (payments.leave_setup_looks, lambda w: {"slot": "x"}),
    "payments.start_runs": (payments.start_runs, _nothing),
    "payments.take_notice": (
        payments.take_notice,
        lambda w: {"body": b"", "headers": {}, "gateway": FakeGateway()},
    ),
    "payments.warn_of_expiry": (payments.warn_of_expiry, _nothing),
    "households.ask_to_add": (households.ask_to_add, _household()),
    "households.ask_to_change": (households.ask_to_change, _member(relationship="Niece")),
    "households.ask_to_end": (households.ask_to_end, _member(ends_on="")),
    "households.revoke_grant": (households.revoke_grant, _grant),
    "households.affairs": (households.affairs, _person()),
    "consents.choose": (consents.choose, _choice),
    "consents.preferences": (consents.preferences, _person()),
    "consents.receipt_document": (
        consents.receipt_document,
        lambda w: {"receipt": consent(w), "renderer": Paper()},
    ),
    "notifications.send_marketing": (notifications.send_marketing, _news),
    "notifications.give_up": (notifications.give_up, _message(reason="x")),
    "notifications.send": (notifications.send, _sending),
}
# What is of the asker's own brand or person, whoever asks: nobody can name somebody else's.
OF_ONES_OWN: dict[str, Probe] = {
    **applications_world.OF_ONES_OWN,
    "payments.arrears": (payments.arrears, _nothing),
    "payments.cancellations": (payments.cancellations, _nothing),
    "payments.failures": (payments.failures, _nothing),
    "payments.simulate_run": (payments.simulate_run, _nothing),
    "payments.payment_policy": (payments.payment_policy, _nothing),
    "payments.payment_runs": (payments.payment_runs, _nothing),
    "payments.set_policy": (payments.set_policy, _set_policy),
    "payments.waiting": (payments.waiting, _nothing),
    "jobs.nightly_times": (jobs.nightly_times, _nothing),
    "branding.design": (branding.design, lambda w: {"part": "theme"}),
    "branding.trial_sheet": (branding.trial_sheet, lambda w: {"content": {"preset": "plum"}}),
    "branding.save_revision": (
        branding.save_revision,
        _revision(content={"introduction": "Welcome"}, publish=True),
    ),
    "branding.publish_draft": (branding.publish_draft, _revision()),
    "branding.roll_back": (branding.roll_back, _revision(number=0)),
    "branding.set_logo": (branding.set_logo, _logo),
    "templates.kinds": (templates.kinds, _nothing),
    "templates.choices": (templates.choices, lambda w: {"kind": "application.invitation"}),
    "templates.trial": (templates.trial, lambda w: {**_WORDS, "sms": "", "persona": "usual"}),
    "notifications.preview": (
        notifications.preview,
        lambda w: {**_WORDS, "sms": "", "persona": "usual", "letters": wiring.letters()},
    ),
    "notifications.send_trial": (
        notifications.send_trial,
        lambda w: {**_WORDS, "sms": "", "persona": "usual", "key": _key()},
    ),
    "branding.feature_switches": (branding.feature_switches, _nothing),
    "branding.switch_feature": (branding.switch_feature, _feature),
    "cases.queue": (cases.queue, _nothing),
    "cases.waiting": (cases.waiting, _nothing),
    "cases.colleagues": (cases.colleagues, _nothing),
    "cases.templates": (cases.templates, _nothing),
    "cases.case_policy": (cases.case_policy, _nothing),
    "cases.set_policy": (cases.set_policy, _case_policy),
    "changes.queue": (changes.queue, _nothing),
    "changes.waiting": (changes.waiting, _nothing),
    "changes.rules": (changes.rules, _nothing),
    "changes.set_rule": (changes.set_rule, _rule),
    "events.connections": (events.connections, _nothing),
    "events.create_token": (events.create_token, lambda w: {"name": "Ledger", "key": _key()}),
    "events.add_endpoint": (
        events.add_endpoint,
        lambda w: {"url": "https://ledger.example/hook", "sender": Nowhere(), "key": _key()},
    ),
    "invitations.invitations": (invitations.invitations, _nothing),
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
    "licensing.running_out": (licensing.running_out, _nothing),
}
# What asks for a session of one's own, or is handed what has been decided: tried elsewhere.
NOT_ABOUT_A_THING = frozenset({
    "access.settle_account", "documents.hand_out", "notifications.inbox",
    "notifications.choose_ways", "notifications.chosen_ways",
    "notifications.mark_all_read", "rentals.queue_item", "branding.dismiss_announcement",
    "cases.case_form", "cases.case_readers", "cases.cases_corner", "cases.cases_of", "changes.ask",
    "changes.choices", "changes.code_sent_to", "changes.confirm_proof", "changes.my_details",
    "changes.send_proof", "households.give_grant", "households.headed_homes",
    "households.my_households", "households.openness",
    "identity.change_password", "identity.confirm_enrolment", "identity.disable_second_factor",
    "identity.end_other_sessions", "identity.make_recovery_codes", "identity.security",
    "identity.sign_out_everywhere", "identity.start_app_enrolment",
    "identity.start_text_enrolment", "identity.step_up",
})  # fmt: skip
