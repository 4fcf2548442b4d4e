"""Accounts on their way into the portal."""

from typing import Any

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.models import database
from portal_app.services import access
from portal_app.services.transaction import transaction
from tests import factories as f

SYSTEM = Actor.system("tests")
PHONE = "+18135554242"
TYPED = {
    "phone": "(813) 555-4242",
    "email": "Office@Example.com",
    "postal_code": "33602-1999",
    "new_password": "nine lighthouses at dusk",
}


def candidate(**values: Any) -> m.Account:
    """An account that has everything and was never looked at."""
    given = {
        "main_phone": "813-555-4242",
        "main_phone_e164": PHONE,
        "portal_access": m.PortalAccess.NOT_READY,
    } | values
    has_contract = given.pop("has_contract", True)
    account = f.account(**given)
    owner = f.person(brand_id=account.brand_id, email="rosa@example.com")
    f.contact(account, owner)
    if has_contract:
        f.contract(account, status=m.ContractStatus.QUOTE)
    return account


def published(**values: Any) -> m.Account:
    account = candidate(**values)
    access.publish(SYSTEM)
    return account


def evaluate(*accounts: m.Account) -> int:
    with transaction(SYSTEM) as tx:
        return access.evaluate(tx, *(account.id for account in accounts))


def state(account: m.Account) -> m.PortalAccess:
    return f.fetch(m.Account, id=account.id).portal_access


def change(row: Any, **values: Any) -> None:
    with database.writing_session() as session, session.begin():
        found = session.get(type(row), row.id)
        for name, value in values.items():
            setattr(found, name, value)
