"""Everything that one account and its brand have, with the browsers of everybody around it."""

import io
from dataclasses import dataclass
from typing import Any

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import access, help_pages, identity, imports, rentals
from portal_app.services.identity.commands.resets import LINK_LASTS
from portal_app.services.identity.commands.step_up import LASTS
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.services.identity import people

SYSTEM = Actor.system("tests")
PASSWORD = people.PASSWORD
FEED = b"external_id,number,name,account_type\nF-1,901,Firm,account\nF-2,,Nobody,account\n"


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
    account = f.account(brand_id=brand.id, name=f"{mark} Roofing", store_id=store.id, **reach)
    user, owner = _customer(account, mark)
    _, billing = _customer(account, mark, role=m.ContactRole.BILLING)
    actors = {
        "owner": owner,
        "billing": billing,
        "agent": _staff(brand, Role.AGENT),
        "admin": _staff(brand, Role.ADMIN),
        "nobody": browser(None, brand.id, m.SessionStage.ANONYMOUS),
        "registering": _registering(brand, phone),
        "at_second_step": _at_second_step(account, mark),
    }
    things = _holdings(account, store, mark) | _identity(user)
    things |= _running(brand, actors["admin"], mark)
    things["number"] += _requests(account, owner, actors["agent"], things["line"][0])
    things |= {"given_name": [mark], "family_name": [f"{mark}son"]}
    things["notification_id"] = _ids(m.Notification, person_id=owner.person_id)
    things["message_id"] = _ids(m.OutboundMessage, brand_id=brand.id)
    return Estate(brand, actors, things, (mark,))


def _registering(brand: m.Brand, phone: str) -> Actor:
    typed = {"phone": phone, "email": "x@example.com", "postal_code": "1"}
    visitor = Actor(brand=brand.id, ip="203.0.113.9")
    secret = {"new_password": "nine lighthouses at dusk", "limiter": LimitsLimiter()}
    return people.as_caller(access.start_registration(visitor, **typed, **secret, key=""))


def _at_second_step(account: m.Account, mark: str) -> Actor:
    user, _ = _customer(account, mark, role=m.ContactRole.AUTHORISED)
    people.change(user, second_factor=m.SecondFactor.TEXT)
    return browser(user.id, user.brand_id, m.SessionStage.SECOND_FACTOR)


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
