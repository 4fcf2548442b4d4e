"""A mortgage that two people apply for, with a guarantor and a solicitor, and who works on it."""

import re
from dataclasses import dataclass
from itertools import count
from typing import Any

from portal_app import models as m
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import applications
from tests import factories as f
from tests.services.identity import people as browsers

_keys = count(1)
NUMBER = "MA-1"
INVITED = "application.invitation"


def fresh_key() -> str:
    return f"key-{next(_keys)}"


@dataclass
class Desk:
    """One application with its parties by first name."""

    application: m.Application
    people: dict[str, m.Person]
    parties: dict[str, m.ApplicationParty]
    agent: Actor
    manager: Actor

    def party(self, name: str) -> m.ApplicationParty:
        return f.fetch(m.ApplicationParty, id=self.parties[name].id)

    def copy(self, name: str, **given: Any) -> str:
        """Make somebody's link; return its token."""
        address = applications.copy_access_link(
            self.agent,
            **{"number": NUMBER, "party": self.parties[name].id, "key": fresh_key()} | given,
        )
        return address.rpartition("/i/")[2]

    def send(self, *names: str, **given: Any) -> int:
        (words, *_) = applications.invitation_words(self.agent, number=NUMBER)
        letter = {"subject": words.wording.subject, "text": words.wording.text}
        parties = [self.parties[name].id for name in names]
        standing = {"number": NUMBER, "parties": parties, "key": fresh_key()}
        return applications.send_invitations(self.agent, **standing | letter | given)

    def let_in(self, name: str, limiter: LimitsLimiter) -> Actor:
        """Bring somebody in by a link and a code."""
        return entered(self.copy(name), limiter)

    def signed_in(self, name: str) -> Actor:
        """Somebody who signs in with two proofs, and whom staff let in."""
        who = self.people[name]
        applications.set_access(
            self.agent, number=NUMBER, party=self.parties[name].id, is_on=True, key=fresh_key()
        )
        user = f.user(who)
        return Actor(ActorKind.CONSUMER, user.id, who.id, who.name, who.brand_id, factors=2)

    def save(self, actor: Actor, field: str, value: str, version: int = 0, **given: Any) -> Any:
        """Write into a field of Ann's personal details unless said otherwise."""
        place = {"number": NUMBER, "form": "personal", "party": self.parties["Ann"].id}
        words = {"field": field, "value": value, "version": version, "key": fresh_key()}
        return applications.save_answer(actor, **place | words | given)

    def read(self, actor: Actor, **given: Any) -> applications.Filling:
        place = {"number": NUMBER, "form": "personal", "party": self.parties["Ann"].id}
        return applications.filling(actor, **place | given)


def make_desk(**values: Any) -> Desk:
    given = {"number": NUMBER, "kind": "mortgage", "stage": "Fact find"}
    application = f.application(**given | values)
    roles = {
        "Ann": m.PartyRole.PRIMARY_APPLICANT,
        "Ben": m.PartyRole.APPLICANT,
        "Cora": m.PartyRole.GUARANTOR,
        "Dov": m.PartyRole.OTHER,
    }
    people = {
        name: f.person(
            given_name=name,
            family_name="Holloway",
            email=f"{name.lower()}@example.com",
            mobile_e164=f"+1218555019{place}",
        )
        for place, name in enumerate(roles)
    }
    parties = {name: f.party(application, people[name], role=role) for name, role in roles.items()}
    agent, manager = f.staff_actor(), f.staff_actor(Role.MANAGER)
    return Desk(application, people, parties, agent, manager)


def opened(token: str, limiter: LimitsLimiter) -> Actor:
    """Somebody who has pressed the button of a link and waits for the code."""
    session = applications.open_link(browsers.visitor(), token=token, limiter=limiter)
    return browsers.as_caller(session)


def entered(token: str, limiter: LimitsLimiter) -> Actor:
    """Somebody whose code was right."""
    actor = opened(token, limiter)
    code = browsers.sent_code("identity.code")
    renewed, _ = applications.confirm_access_code(actor, code=code, limiter=limiter)
    return browsers.as_caller(renewed)


def letters() -> list[m.OutboundMessage]:
    return sorted(f.fetch_all(m.OutboundMessage, topic=INVITED), key=lambda row: row.id)


def token_in(letter: m.OutboundMessage) -> str:
    found = re.search(r"/i/([\w-]{43})", letter.text)
    assert found, letter.text
    return found[1]
