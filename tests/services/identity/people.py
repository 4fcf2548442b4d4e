"""People with sign-ins, and browsers: what the tests of identity begin with."""

import re
from dataclasses import replace

from portal_app import models as m
from portal_app.core.actor import ANONYMOUS, Actor
from portal_app.core.secrets import fingerprint, seal
from portal_app.core.settings import settings
from portal_app.services import identity
from portal_app.services.identity.commands.factors import totp_place
from portal_app.services.identity.rules import codes, hashing
from tests import factories as f

PASSWORD = "seven green kettles sing"
CODE = re.compile(r"\b\d{6}\b")
PHONE = "+18135551234"
# Made once: it is slow by purpose.
PASSWORD_HASH = hashing.keep(PASSWORD)


def visitor(ip: str = "203.0.113.7") -> Actor:
    """A browser without a session, as the edge presents it."""
    return replace(ANONYMOUS, brand=f.brand().id, ip=ip)


def as_caller(token: str, ip: str = "203.0.113.7") -> Actor:
    """The browser that holds this token."""
    actor = identity.caller_for(fingerprint(token), ip=ip).actor
    return actor if actor.brand else visitor(ip)


def customer(phone: str = PHONE, email: str = "", **values) -> m.PortalUser:
    """A customer with a password, who signs in with this phone number."""
    who = f.person(mobile_e164=values.pop("mobile", ""), postal_code="33602")
    user = f.user(who, **{"password_hash": PASSWORD_HASH} | values)
    f._save(m.LoginIdentifier(brand_id=user.brand_id, user_id=user.id, kind="phone", value=phone))
    if email:
        f._save(
            m.LoginIdentifier(brand_id=user.brand_id, user_id=user.id, kind="email", value=email)
        )
    return user


def with_app(user: m.PortalUser) -> str:
    """Give a user an authenticator app; returns its secret."""
    secret = codes.new_totp_secret()
    sealed = seal(settings().secret_key.get_secret_value(), secret, place=totp_place(user.id))
    change(user, second_factor=m.SecondFactor.APP, totp_secret_sealed=sealed)
    return secret


def change(row, **values):
    from portal_app.models import database

    with database.writing_session() as session, session.begin():
        found = session.get(type(row), row.id)
        for name, value in values.items():
            setattr(found, name, value)
    return found


def staff_user(email: str = "dana@example.com") -> m.PortalUser:
    member = f.staff(password_hash=PASSWORD_HASH)
    user = f.fetch(m.PortalUser, id=member.user_id)
    change(member, email=email)
    f._save(m.LoginIdentifier(brand_id=user.brand_id, user_id=user.id, kind="email", value=email))
    return user


def messages(topic: str = "") -> list[m.OutboundMessage]:
    found = f.fetch_all(m.OutboundMessage)
    return [message for message in found if not topic or message.topic == topic]


def sent_code(topic: str) -> str:
    """The code in the newest message of a topic."""
    newest = max(messages(topic), key=lambda message: message.id)
    return CODE.search(newest.text)[0]
