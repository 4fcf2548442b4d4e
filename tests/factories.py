"""Rows that make sense on their own: each factory fills in what a test does not care about."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlmodel import Session, col, select

from portal_app import models as m
from portal_app.core import clock, vault
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.models import database

_numbers = count(1)


def _save(row: Any) -> Any:
    with database.writing_session() as session, session.begin():
        session.add(row)
    return row


def give(row: Any, **values: Any) -> None:
    """Change columns of a row that is there."""
    with database.writing_session() as session, session.begin():
        found = session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(found, name, value)


def fetch(model: Any, **where: Any) -> Any:
    """Return the one row that has these values."""
    with Session(database.engine()) as session:
        return session.exec(select(model).filter_by(**where)).one()


def fetch_all(model: Any, **where: Any) -> list[Any]:
    with Session(database.engine()) as session:
        return list(session.exec(select(model).filter_by(**where)).all())


def brand(**values: Any) -> m.Brand:
    """The default brand, made once; another one when a key is given."""
    if "key" not in values:
        with Session(database.engine()) as session:
            found = session.exec(select(m.Brand).where(col(m.Brand.is_default))).first()
        if found:
            return found
    made = _save(
        m.Brand(
            **{"key": "harbourline", "name": "Harbourline", "is_default": "key" not in values}
            | values
        )
    )
    _save(m.PortalSettings(brand_id=made.id))
    return made


def _master(values: dict[str, Any]) -> dict[str, Any]:
    number = next(_numbers)
    brand_id = values.get("brand_id") or brand().id
    return {"external_id": f"x-{number}"} | values | {"brand_id": brand_id}


def person(*, date_of_birth: date | None = None, **values: Any) -> m.Person:
    made = m.Person(
        **{
            "given_name": "Rosa",
            "family_name": "Lindqvist",
            "email": f"rosa{next(_numbers)}@example.com",
        }
        | _master(values)
    )
    if date_of_birth:
        place = m.birth_place(made.id)
        made.date_of_birth_sealed = vault.keep_day(date_of_birth, place=place)
    return _save(made)


def household(**values: Any) -> m.Household:
    return _save(m.Household(**{"name": "Lindqvist family"} | _master(values)))


def membership(home: m.Household, who: m.Person, **values: Any) -> m.HouseholdMembership:
    given = {"brand_id": home.brand_id} | values
    made = m.HouseholdMembership(household_id=home.id, person_id=who.id, **_master(given))
    return _save(made)


def grant(giver: m.Person, receiver: m.Person, **values: Any) -> m.Grant:
    given = {"brand_id": giver.brand_id} | values
    return _save(m.Grant(grantor_id=giver.id, grantee_id=receiver.id, **_master(given)))


def switch(feature: str, *, is_on: bool) -> None:
    """Switch what customers of the default brand may do."""
    with database.writing_session() as session, session.begin():
        kept = session.exec(
            select(m.PortalSettings).where(m.PortalSettings.brand_id == brand().id)
        ).one()
        kept.features = {**kept.features, feature: is_on}


def store(**values: Any) -> m.Store:
    return _save(
        m.Store(
            **{"name": "Dockside", "phone": "+1 813 555 0100", "email": "dockside@example.com"}
            | _master(values)
        )
    )


def account(**values: Any) -> m.Account:
    n = next(_numbers)
    defaults = {
        "number": f"A-{n}",
        "name": "Lindqvist Roofing",
        "account_type": m.AccountType.ACCOUNT,
        "web_portal_enabled": True,
        "main_phone": f"(813) 555-{n % 10000:04d}",
        "main_phone_e164": f"+1813555{n % 10000:04d}",
        "email": "office@example.com",
        "postal_code": "33602",
        "portal_access": m.PortalAccess.REGISTERED,
    }
    return _save(m.Account(**defaults | _master(values)))


def contact(account: m.Account, person: m.Person, **values: Any) -> m.AccountContact:
    given = {"role": m.ContactRole.OWNER, "brand_id": account.brand_id} | values
    return _save(m.AccountContact(account_id=account.id, person_id=person.id, **_master(given)))


def contract(account: m.Account, **values: Any) -> m.Contract:
    n = next(_numbers)
    given = {"status": m.ContractStatus.ACTIVE, "kind": m.ContractKind.RENTAL, "number": f"R-{n}"}
    given |= {
        "listed_on": date(2026, 11, 1),
        "starts_on": date(2026, 11, 1),
        "brand_id": account.brand_id,
    } | values
    given.setdefault("phase", m.PHASE_OF[given["status"]])
    return _save(m.Contract(account_id=account.id, **_master(given)))


def line(contract: m.Contract, **values: Any) -> m.ContractLine:
    given = {
        "description": "Scissor lift, 26 ft",
        "quantity": 3,
        "brand_id": contract.brand_id,
    } | values
    return _save(m.ContractLine(contract_id=contract.id, **_master(given)))


def entry(
    account: m.Account, amount_minor: int, effective_on: date, **values: Any
) -> m.LedgerEntry:
    kind = m.EntryKind.CHARGE if amount_minor > 0 else m.EntryKind.PAYMENT
    given = {"kind": kind, "brand_id": account.brand_id} | values
    return _save(
        m.LedgerEntry(
            account_id=account.id,
            amount_minor=amount_minor,
            effective_on=effective_on,
            **_master(given),
        )
    )


def invoice(account: m.Account, total_minor: int, issued_on: date, **values: Any) -> m.Invoice:
    given = {"number": f"INV-{next(_numbers)}", "brand_id": account.brand_id} | values
    return _save(
        m.Invoice(
            account_id=account.id, total_minor=total_minor, issued_on=issued_on, **_master(given)
        )
    )


def application(**values: Any) -> m.Application:
    given = {"number": f"MA-{next(_numbers)}", "kind": "mortgage"}
    given |= {"introduced_on": date(2026, 11, 1)} | values
    return _save(m.Application(**_master(given)))


def party(application: m.Application, who: m.Person, **values: Any) -> m.ApplicationParty:
    given = {"role": m.PartyRole.PRIMARY_APPLICANT, "brand_id": application.brand_id} | values
    return _save(
        m.ApplicationParty(application_id=application.id, person_id=who.id, **_master(given))
    )


def user(person: m.Person | None = None, **values: Any) -> m.PortalUser:
    given = {
        "kind": m.UserKind.CONSUMER,
        "created_at": clock.now(),
        "brand_id": brand().id,
    } | values
    if person:
        given |= {"person_id": person.id, "brand_id": person.brand_id}
    return _save(m.PortalUser(**given))


def consumer_actor(account: m.Account, **values: Any) -> Actor:
    """A person who is the account's current owner, with a sign-in, as an actor."""
    who = person(brand_id=account.brand_id)
    contact(account, who, **values)
    signed_in = user(who)
    return Actor(ActorKind.CONSUMER, signed_in.id, who.id, who.name, account.brand_id)


def staff(role: Role = Role.AGENT, **values: Any) -> m.StaffUser:
    made = user(kind=m.UserKind.STAFF, **values)
    n = next(_numbers)
    return _save(
        m.StaffUser(user_id=made.id, email=f"staff{n}@example.com", name="Dana Okafor", role=role)
    )


def staff_actor(role: Role = Role.AGENT, *, brand_id: str = "") -> Actor:
    made = staff(role, **({"brand_id": brand_id} if brand_id else {}))
    return Actor(
        ActorKind.STAFF, made.user_id, "", made.name, brand_id or brand().id, frozenset({role})
    )


def sure(actor: Actor) -> Actor:
    """Return somebody who has just proved again who they are."""
    return replace(actor, stepped_up_until=clock.now() + timedelta(minutes=10))
