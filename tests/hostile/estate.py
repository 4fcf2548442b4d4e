"""Everything that one account and its brand have, with the browsers of everybody around it."""

import hashlib
import io
from dataclasses import dataclass
from typing import Any

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import (
    access,
    applications,
    cases,
    changes,
    consents,
    events,
    forms,
    help_pages,
    identity,
    imports,
    invitations,
    payments,
    proposals,
    rentals,
    templates,
)
from portal_app.services.identity.commands.resets import LINK_LASTS
from portal_app.services.identity.commands.step_up import LASTS
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.services.events.conftest import Sender, emit
from tests.services.identity import people
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import add_instalments, add_method
from tests.services.uploads import rows

SYSTEM = Actor.system("tests")
PASSWORD = people.PASSWORD
FEED = b"external_id,number,name,account_type\nF-1,901,Firm,account\nF-2,,Nobody,account\n"
# Everything that somebody could want to change about themselves.
DETAILS = {
    "given_name": "Rose",
    "family_name": "Lindqvist",
    "address_line1": "14 Harbour Road",
    "address_line2": "",
    "city": "Tampa",
    "region": "FL",
    "postal_code": "33602",
    "country": "US",
    "email": "rose@example.com",
    "mobile": "(813) 555-0144",
    "locale": "fr-CA",
}


@dataclass(frozen=True)
class Estate:
    """Who there is, and what there is: things by the name of the argument that takes them."""

    brand: m.Brand
    actors: dict[str, Actor]
    things: dict[str, list[Any]]
    marks: tuple[str, ...]  # words that stand on nobody else's things


def browser(user_id: str | None, brand_id: str, stage: m.SessionStage) -> Actor:
    """Open a session and return who the edge says that it is."""
    with transaction(SYSTEM) as tx:
        given = {"brand_id": brand_id, "user_id": user_id, "stage": stage, "factors": 2}
        made, token = identity.open_session(tx, **given)
        if user_id and stage is m.SessionStage.FULL:
            made.stepped_up_until = f.clock.now() + LASTS
    return people.as_caller(token)


def _customer(account: m.Account, mark: str, **contact: Any) -> tuple[m.PortalUser, Actor]:
    name = {"given_name": mark, "family_name": f"{mark}son", "email": f"{mark}@example.com".lower()}
    person = f.person(brand_id=account.brand_id, mobile_e164="+18135550199", **name)
    f.contact(account, person, **contact)
    user = f.user(person, password_hash=people.PASSWORD_HASH)
    return user, browser(user.id, user.brand_id, m.SessionStage.FULL)


def _staff(brand: m.Brand, role: Role) -> Actor:
    made = f.staff(role, brand_id=brand.id, password_hash=people.PASSWORD_HASH)
    return browser(made.user_id, brand.id, m.SessionStage.FULL)


def build(brand: m.Brand, mark: str, phone: str) -> Estate:
    """Make an account with one of everything, and staff of its brand."""
    store = f.store(brand_id=brand.id, name=f"{mark} Yard")
    reach = {"main_phone": phone, "main_phone_e164": phone, "email": f"{mark}@firm.example"}
    reach |= {"name": f"{mark} Roofing", "store_id": store.id, "has_service_contracts": True}
    account = f.account(brand_id=brand.id, **reach)
    user, owner = _customer(account, mark)
    _, billing = _customer(account, mark, role=m.ContactRole.BILLING)
    actors = {
        "owner": owner,
        "billing": billing,
        "agent": _staff(brand, Role.AGENT),
        "admin": _staff(brand, Role.ADMIN),
        "system": _system(brand),
        "nobody": browser(None, brand.id, m.SessionStage.ANONYMOUS),
        "registering": _registering(brand, phone),
        "at_second_step": _at_second_step(account, mark),
    }
    things = _holdings(account, store, mark) | _identity(user)
    things |= _running(brand, actors["admin"], mark)
    things["number"] += _requests(account, owner, actors["agent"], things["line"][0])
    request = f.fetch_all(m.RentalRequest, account_id=account.id)[0]
    things["owner"] = [request.number]
    states = (m.UploadState.REQUESTED, m.UploadState.IMPORTED, m.UploadState.RECEIVED)
    things["document"] = [rows.upload(request, owner.user_id, state) for state in states]
    invited, link, actors["activating"] = _invited(account, actors["agent"], mark)
    things["person"] = [owner.person_id, billing.person_id, invited]
    paid = _paid_by_schedule(account, owner, mark)
    numbers = things["number"]
    things |= paid | {"number": numbers, "contract": [*things["contract"], *paid["contract"]]}
    things |= _connected(brand, actors["admin"])
    things["token"] += [link, *_ids(m.ApiToken, brand_id=brand.id)]
    waiting, *others = _changes(owner, billing, mark)
    things["number"] = [waiting, *paid["number"], *things["number"], *others]
    things |= _cases(brand, owner, actors["agent"], actors["admin"], mark)
    first, *more = things.pop("case_numbers")
    things["number"] = [first, *things["number"], *more]
    things["owner"] = [*things["owner"], first]
    things |= {"given_name": [mark], "family_name": [f"{mark}son"]}
    things["notification_id"] = _ids(m.Notification, person_id=owner.person_id)
    things["message_id"] = _ids(m.OutboundMessage, brand_id=brand.id)
    things |= _family(brand, owner, mark)
    things["receipt"] = [consents.choose(owner, channel="email", given=True, key="news")]
    applied, actors["guest"] = _applied(account, owner, actors["agent"], actors["admin"], mark)
    number, template, link = applied.pop("number"), applied.pop("template"), applied.pop("token")
    things["number"] = [number, *things["number"]]
    things["template"] = [*things["template"], template]
    things["token"] = [link, *things["token"]]
    things["link"] = _ids(m.Invitation, brand_id=brand.id)
    things |= applied
    things["request"] = _asked(number, actors["agent"])
    things["fingerprint"] = [_logo(brand, mark)]
    things["owner"] = [*things["owner"], number]
    return Estate(brand, actors, things, (mark,))


def _logo(brand: m.Brand, mark: str) -> str:
    """Return the fingerprint of a picture of the brand's."""
    drawn = f"<svg>{mark}</svg>".encode()
    kept = {"brand_id": brand.id, "fingerprint": hashlib.sha256(drawn).hexdigest()}
    size = {"width": 8, "height": 8, "created_at": f.clock.now()}
    made = f._save(m.BrandLogo(**kept, **size, media_type="image/svg+xml", content=drawn))
    return made.fingerprint


def _asked(number: str, agent: Actor) -> list[str]:
    """Two documents that are asked for on an application, of which one has come."""
    for n, label in enumerate(proposals.LABELS[:2]):
        proposals.ask_for(agent, number=number, label=label, key=f"{number}-{n}")
    held = f.fetch(m.Application, number=number)
    waiting, come = f.fetch_all(m.DocumentRequest, application_id=held.id)
    people.change(come, state=m.AskedState.RECEIVED)
    return [waiting.id, come.id]


def _invited(account: m.Account, agent: Actor, mark: str) -> tuple[str, str, Actor]:
    """A holder without a sign-in: their id, their link, and the browser that has opened it."""
    name = {"given_name": mark, "family_name": f"{mark}sen", "email": f"{mark}@holder.example"}
    holder = f.person(brand_id=account.brand_id, **name)
    f.contract(account, holder_id=holder.id, kind=m.ContractKind.SERVICE_CONTRACT)
    whom = {"account": account.number, "person": holder.id}
    link = invitations.copy_link(agent, **whom, key="link").rpartition("/")[2]
    visitor = Actor(brand=account.brand_id, ip="203.0.113.9")
    session = invitations.start_activation(visitor, token=link, limiter=LimitsLimiter())
    return holder.id, link, people.as_caller(session)


def _system(brand: m.Brand) -> Actor:
    """One of the operator's systems, by its token."""
    admin = browser(f.staff(Role.ADMIN, brand_id=brand.id).user_id, brand.id, m.SessionStage.FULL)
    known = events.integration_for(events.create_token(admin, name="Our CRM", key="t").value)
    assert known is not None
    return known


def _registering(brand: m.Brand, phone: str) -> Actor:
    typed = {"phone": phone, "email": "x@example.com", "postal_code": "1"}
    visitor = Actor(brand=brand.id, ip="203.0.113.9")
    secret = {"new_password": "nine lighthouses at dusk", "limiter": LimitsLimiter()}
    return people.as_caller(access.start_registration(visitor, **typed, **secret, key=""))


def _at_second_step(account: m.Account, mark: str) -> Actor:
    user, _ = _customer(account, mark, role=m.ContactRole.AUTHORISED)
    people.change(user, second_factor=m.SecondFactor.TEXT)
    return browser(user.id, user.brand_id, m.SessionStage.SECOND_FACTOR)


def _family(brand: m.Brand, owner: Actor, mark: str) -> dict[str, list[Any]]:
    """A household that the owner heads, and grants in both directions."""
    head = f.fetch(m.Person, id=owner.person_id)
    home = f.household(brand_id=brand.id, name=f"{mark} family")
    f.membership(home, head, role=m.MemberRole.HEAD)
    others = [f.person(brand_id=brand.id, given_name=mark) for _ in range(2)]
    members = [f.membership(home, one, relationship=f"{mark} niece") for one in others]
    grants = [f.grant(head, others[0]), f.grant(others[1], head)]
    return {
        "household": [home.id],
        "whom": [f"household:{home.id}"],
        "membership": [one.id for one in members],
        "grant": [one.id for one in grants],
    }


def _applied(
    account: m.Account, owner: Actor, agent: Actor, admin: Actor, mark: str
) -> tuple[dict[str, Any], Actor]:
    """An application of the owner's with a guarantor who came in by a link, and a form's draft."""
    made = f.application(
        brand_id=account.brand_id, account_id=account.id, number=f"{mark}-APP", stage=f"{mark} one"
    )
    who = f.fetch(m.Person, id=owner.person_id)
    name = {"given_name": mark, "email": f"{mark}@guarantor.example".lower()}
    guest = f.person(brand_id=account.brand_id, mobile_e164="+18135550177", **name)
    parts = [f.party(made, who), f.party(made, guest, role=m.PartyRole.GUARANTOR)]
    for part in parts:
        given = {"number": made.number, "party": part.id}
        link = applications.copy_access_link(agent, **given, key=f"l-{part.id}").rpartition("/")[2]
    form = {"number": made.number, "form": "employment", "party": parts[0].id}
    words = {"field": "status", "value": "employed", "version": 0}
    applications.save_answer(agent, **form, **words, key=f"{mark}-answer")
    draft = forms.start_form(admin, title=f"{mark} form", kind="questionnaire", key=f"{mark}-form")
    asked = {"fields": [{"key": "status", "label": "Status", "kind": "text"}]}
    people.change(f.fetch(m.FormTemplate, id=draft), definition=asked)
    invitation = f.fetch(m.Invitation, person_id=guest.id).id
    with transaction(SYSTEM) as tx:
        _, token = identity.open_session(
            tx, brand_id=account.brand_id, user_id=None, stage=m.SessionStage.APPLICATION,
            factors=2, invitation_id=invitation,
        )  # fmt: skip
    things = {
        "number": made.number,
        "party": [part.id for part in parts],
        "parties": [[parts[0].id]],
        "template": draft,
        "token": link,
    }
    return things, people.as_caller(token)


def _ids(table: Any, **where: Any) -> list[str]:
    return [row.id for row in f.fetch_all(table, **where)]


def _holdings(account: m.Account, store: m.Store, mark: str) -> dict[str, list[Any]]:
    today = f.clock.today()
    contract = f.contract(account, store_id=store.id, number=f"{mark}-R", po_number=f"{mark}-PO")
    line = f.line(contract, quantity=9, description=f"{mark} lift", site=f"{mark} pier")
    invoice = f.invoice(account, 12_300, today, number=f"{mark}-INV", contract_id=contract.id)
    f.entry(account, 12_300, today, reference=invoice.number)
    return {
        "account": [account.id, account.number],
        "contract": [contract.id, contract.number],
        "invoice": [invoice.id],
        "line": [line.id],
        "number": [account.number, contract.number, invoice.number],
    }


def _requests(account: m.Account, owner: Actor, agent: Actor, line: str) -> list[str]:
    """One that waits, and one at each further step."""
    asked = {"line": line, "quantity": 1, "method": "pickup", "place": "Gate 4"}
    whom = {"contact_name": "Rosa", "contact_phone": "(813) 555-0111"}
    made = [rentals.call_off_rent(owner, **asked, **whom, key=f"k-{n}") for n in range(4)]
    for number in made[1:]:
        rentals.acknowledge(agent, number=number, key=f"a-{number}")
    rentals.schedule(agent, number=made[2], when="2026-11-24T09:00", key="s")
    rentals.receive_return(agent, number=made[3], key="r")
    return made


def _changes(owner: Actor, billing: Actor, mark: str) -> list[str]:
    """One that waits, one that could not be applied, one that was decided."""
    name = {"given_name": mark, "family_name": f"{mark}berg"}
    waiting = changes.ask(owner, kind="name", values=name, key="c-1")
    failed = changes.ask(billing, kind="name", values=name, key="c-2")
    request = f.fetch(m.ChangeRequest, number=failed)
    people.change(request, state=m.ChangeState.APPLY_FAILED, failure="It was not there.")
    address = DETAILS | {"address_line1": f"14 {mark} Road"}
    return [waiting, failed, changes.ask(owner, kind="address", values=address, key="c-3")]


def _cases(
    brand: m.Brand, owner: Actor, agent: Actor, admin: Actor, mark: str
) -> dict[str, list[Any]]:
    """A case in every state, of somebody who heads a household, and words to answer it with."""
    if not f.fetch_all(m.CasePolicy, brand_id=brand.id):
        f._save(m.CasePolicy(brand_id=brand.id, visibility=m.CaseVisibility.CHOSEN))
    head = f.fetch(m.Person, id=owner.person_id)
    home = f.household(brand_id=brand.id, name=f"{mark} family")
    f.membership(home, head, role=m.MemberRole.HEAD, is_primary=True)
    words = {"subject": f"{mark} payment", "description": f"{mark} paid twice.", "topic": "payment"}
    made = [cases.open_case(owner, **words, key=f"{mark}-case-{n}") for n in range(5)]
    for number in made[1:4]:
        cases.take_up(agent, number=number, key=f"u-{number}")
    cases.request_info(agent, number=made[2], words="Which?", key="i")
    solved = {"resolution": "solved", "notes": "Paid back."}
    cases.propose_solution(agent, number=made[3], **solved, key="p")
    cases.close_case(owner, number=made[4], key="x")
    cases.add_note(agent, number=made[1], words=f"{mark} calls often.", key="n")
    reply = {"title": f"{mark} reply", "words": "We have paid it back."}
    return {
        "case_numbers": [made[0], made[3], made[4]],
        "into": [made[1]],
        "household": [home.id],
        "consumer": [head.id],
        "template": [
            cases.save_template(admin, **reply, key="t"),
            templates.save_draft(
                admin,
                kind="application.invitation",
                subject=f"{mark} invites you",
                text="Open it: {{ portal_link }}",
                key="message",
            ),
        ],
    }


def _paid_by_schedule(account: m.Account, owner: Actor, mark: str) -> dict[str, list[Any]]:
    """A contract with a payment in every state that something can be done about."""
    if not f.fetch_all(m.PaymentPolicy, brand_id=account.brand_id):
        f._save(m.PaymentPolicy(brand_id=account.brand_id, takes_payments=True))
    kind = m.ContractKind.SERVICE_CONTRACT
    contract = f.contract(account, number=f"{mark}-S", kind=kind)
    other = f.contract(account, number=f"{mark}-T", kind=kind)
    states = ("missed", "defaulted", "on_hold", "scheduled", "paid")
    add_instalments(contract, [f.clock.today()] * 5)
    rows = f.fetch_all(m.Instalment, contract_id=contract.id)
    for row, state in zip(rows, states, strict=True):
        fee = 25_00 if state == "missed" else 0
        people.change(row, state=m.InstalmentState(state), fee_minor=fee, attempts=1)
    card = add_method(contract, holder=f"{mark}son")
    opened = {"origin": m.CancellationOrigin.SYSTEM, "created_at": f.clock.now()}
    whose = {"brand_id": account.brand_id, "contract_id": contract.id}
    request = f._save(m.CancellationRequest(number=f"CR-{mark}"[:20], **whose, **opened))
    for row, state in ((rows[0], m.AttemptState.FAILED), (rows[4], m.AttemptState.SUCCEEDED)):
        f._save(
            m.PaymentAttempt(
                **whose, instalment_id=row.id, number=1, kind=m.AttemptKind.DUE,
                amount_minor=100_00, currency="USD", method_id=card.id, run_on=f.clock.today(),
                idempotency_key=f"inst-{row.id}-attempt-1", state=state, started_at=f.clock.now(),
            )
        )  # fmt: skip
    gateway = FakeGateway()
    begin = {"contract": contract.id, "gateway": gateway, "key": f"{mark}-setup"}
    reference = payments.begin_setup(owner, **begin).reference
    return {
        "instalment": [row.id for row in rows],
        "payment_method": [card.id],
        "contracts": [[other.id]],
        "reference": [reference],
        "number": [request.number],
        "idempotency_key": [f"inst-{rows[0].id}-attempt-1"],
        "contract": [*(row.contract_id for row in rows[:1]), other.number],
    }


def _connected(brand: m.Brand, admin: Actor) -> dict[str, list[Any]]:
    """An address with an event on its way there, and one that was given up."""
    place = {"url": "https://crm.example.com/events", "sender": Sender()}
    endpoint = events.add_endpoint(admin, **place, key="e").id
    made = [emit(brand.id) for _ in range(2)]
    for event in made:
        events.spread(SYSTEM, event_id=event)
    deliveries = _ids(m.WebhookDelivery, brand_id=brand.id)
    events.give_up(SYSTEM, delivery_id=deliveries[1], reason="It answered 500.")
    return {"endpoint": [endpoint], "event_id": made, "delivery_id": deliveries}


def _identity(user: m.PortalUser) -> dict[str, list[Any]]:
    second = browser(user.id, user.brand_id, m.SessionStage.FULL)
    link = "x" * 20 + user.id
    reset = {"token_hash": people.fingerprint(link), "created_at": f.clock.now()}
    until = f.clock.now() + LINK_LASTS
    f._save(m.PasswordReset(user_id=user.id, expires_at=until, **reset))
    phone = f"+1813555{int(user.id[-4:], 16) % 10_000:04d}"
    f._save(m.LoginIdentifier(brand_id=user.brand_id, user_id=user.id, kind="phone", value=phone))
    return {"identifier": [phone], "device": [second.session_id], "token": [link]}


def _running(brand: m.Brand, admin: Actor, mark: str) -> dict[str, list[Any]]:
    now = f.clock.now()
    words = {"question": f"Where is {mark}?", "answer": f"Ask {mark}."}
    pages = [help_pages.save_article(admin, **words, key=f"h-{n}") for n in range(2)]
    given = {"content": io.BytesIO(FEED), "name": f"{mark}.csv", "dry_run": True}
    run = imports.receive_feed(admin, **given, key=f"{mark}-feed")
    imports.import_upload(Actor.system("tests", brand=brand.id), run=run)
    job = {"name": "send_message", "args": {"message_id": mark}, "brand_id": brand.id}
    when = {"run_at": now, "created_at": now, "finished_at": now}
    dead = f._save(m.Job(**job, status="dead", **when))
    slot = {"name": f"{mark}-nightly", "last_slot": "2026-11-20T02:00", "brand_id": brand.id}
    schedule = f._save(m.JobSchedule(**slot))
    colleague = f.staff(Role.AGENT, brand_id=brand.id, name=f"{mark} Marsh")
    return {
        "article": pages,
        "run": [run],
        "job_id": [dead.id],
        "schedule": [schedule.name],
        "user": [colleague.user_id],
        "brand": [brand.id],
    }
