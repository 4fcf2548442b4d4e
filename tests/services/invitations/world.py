"""A customer with a service contract, somebody who holds it, and what has been sent to them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import access, identity, invitations
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.services.identity import people as browsers

SYSTEM = Actor.system("tests")
PASSWORD = "nine lighthouses at dusk"
SETUP = "invitation.account_setup"


@dataclass
class Cover:
    """An account whose holder has a service contract on it."""

    account: m.Account
    holder: m.Person
    contract: m.Contract
    agent: Actor

    def invite(self, key: str = "click") -> str:
        return invitations.request_verification(
            self.agent, account=self.account.number, person=self.holder.id, key=key
        )


def service(account: m.Account, holder: m.Person | None, **values: Any) -> m.Contract:
    given = {"kind": m.ContractKind.SERVICE_CONTRACT, "purchased_on": date(2026, 11, 17)} | values
    return f.contract(account, holder_id=holder.id if holder else None, **given)


def settle(*accounts: m.Account) -> None:
    """Do what an import does last: decide what is open."""
    with transaction(SYSTEM) as tx:
        access.evaluate(tx, *(account.id for account in accounts))


def covered(*, as_contact: bool = True, brand_id: str = "", **values: Any) -> Cover:
    """A holder with an email address, who is also the account's owner unless said."""
    more = {"brand_id": brand_id} if brand_id else {}
    given = {"portal_access": m.PortalAccess.NOT_READY, "main_phone": "", "main_phone_e164": ""}
    account = f.account(**given | more)
    holder = f.person(**{"given_name": "Margarethe", "family_name": "Aldous"} | more | values)
    if as_contact:
        f.contact(account, holder)
    contract = service(account, holder)
    settle(account)
    return Cover(account, holder, contract, f.staff_actor(brand_id=account.brand_id))


def letters(topic: str = SETUP, **where: Any) -> list[m.OutboundMessage]:
    found = f.fetch_all(m.OutboundMessage, topic=topic, **where)
    return sorted(found, key=lambda row: row.id)


def token_in(letter: m.OutboundMessage) -> str:
    found = re.search(r"/activate/([\w-]{43})", letter.text)
    assert found, letter.text
    return found[1]


def newest_token() -> str:
    return token_in(letters()[-1])


def newest_code() -> str:
    sent = [*letters("invitation.code"), *letters("identity.code")]
    found = re.search(r"\b\d{6}\b", max(sent, key=lambda row: row.id).text)
    assert found
    return found[0]


def visitor(brand_id: str = "") -> Actor:
    return Actor(brand=brand_id or f.brand().id, ip="203.0.113.7")


def opened(token: str, limiter: LimitsLimiter) -> Actor:
    """Somebody who has opened a link and waits for the code."""
    session = invitations.start_activation(visitor(), token=token, limiter=limiter)
    return browsers.as_caller(session)


def proved(token: str, limiter: LimitsLimiter) -> Actor:
    """Somebody whose code was right."""
    actor = opened(token, limiter)
    renewed = invitations.confirm_activation(actor, code=newest_code(), limiter=limiter)
    return browsers.as_caller(renewed)


def activated(token: str, limiter: LimitsLimiter) -> str:
    """Go the whole way; return the sentence at its end."""
    return invitations.finish_activation(proved(token, limiter), new_password=PASSWORD)


def signed_in(email: str, limiter: LimitsLimiter) -> Actor:
    outcome = identity.sign_in(visitor(), identifier=email, password=PASSWORD, limiter=limiter)
    assert isinstance(outcome, identity.SignedIn), outcome
    return browsers.as_caller(outcome.token)


def state(invitation: str) -> m.InvitationState:
    return f.fetch(m.Invitation, id=invitation).state
