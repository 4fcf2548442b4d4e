"""A brand's administrator who has just confirmed who they are, and a sender that can be told."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest

from portal_app.core import clock as the_clock
from portal_app.core.actor import Actor, Role
from portal_app.ports import PortRefused, Webhook
from portal_app.services import events
from portal_app.services.transaction import transaction
from tests import factories as f

_keys = count(1)


def fresh_key() -> str:
    return f"key-{next(_keys)}"


@dataclass
class Sender:
    """Takes events and answers as it was told: a status, or a failure."""

    answers: list[int | Exception] = field(default_factory=list)
    sent: list[Webhook] = field(default_factory=list)

    def check(self, url: str) -> None:
        if "inside" in url:
            raise PortRefused("This address leads inside.")

    def send(self, webhook: Webhook) -> int:
        self.sent.append(webhook)
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer


def sure_admin(**values) -> Actor:
    admin = f.staff_actor(Role.ADMIN, **values)
    return replace(admin, stepped_up_until=the_clock.now() + timedelta(minutes=10))


def emit(brand_id: str, name: str = "person.name_changed", **data) -> str:
    with transaction(Actor.system("tests", brand=brand_id)) as tx:
        return events.emit(
            tx,
            name=name,
            brand_id=brand_id,
            subject_type="person",
            external_id="P-1",
            data=data,
        )


@pytest.fixture
def admin(any_db, clock) -> Actor:
    return sure_admin()


@pytest.fixture
def sender() -> Sender:
    return Sender()
