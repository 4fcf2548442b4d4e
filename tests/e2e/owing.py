"""Contracts on which payments failed, in the database of a running portal."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.people import database_at
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import (
    SYSTEM,
    Plan,
    add_instalments,
    add_method,
    make_contract,
    take_payments,
)

LIMIT = DeclineReason.LIMIT_EXCEEDED


@dataclass
class Owing:
    """One customer with a van's contract that waits for another try, and a car's that has failed
    twice; both are of the first brand."""

    url: str
    account: str
    user: str
    once: str
    twice: str

    def number(self, contract: str) -> str:
        with database_at(self.url):
            return f.fetch(m.Contract, id=contract).number


def owing(url: str) -> Owing:
    """Let payments fail in the database at `url`, as runs at the time would."""
    today = clock.today("UTC")
    with database_at(url):
        if not f.fetch_all(m.PaymentPolicy, brand_id=f.brand().id):
            take_payments()
        account = f.account(name="Okafor Deliveries", has_service_contracts=True, timezone="UTC")
        person = f.person(given_name="Ada", family_name="Okafor")
        f.contact(account, person)
        user = f.user(person).id
        once = _plan(account, person, "VAN-COVER", today - timedelta(days=1))
        twice = _plan(account, person, "CAR-COVER", today - timedelta(days=31))
        _run(once, today - timedelta(days=1))
        _run(twice, today - timedelta(days=31))
        _run(twice, today - timedelta(days=1))
    return Owing(url, account.number, user, once.contract.id, twice.contract.id)


def _plan(account: m.Account, person: m.Person, number: str, first: date) -> Plan:
    asset = f._save(m.Asset(**f._master({"kind": "vehicle", "description": number.capitalize()})))
    contract = make_contract(
        account, person, asset_id=asset.id, number=number, missed_payment_fee_minor=25_00
    )
    add_method(contract)
    add_instalments(contract, [first + timedelta(days=30 * n) for n in range(4)])
    holder = Actor.system("payments")
    gateway = FakeGateway(decide=lambda _order: LIMIT)
    return Plan(account, contract, holder, holder, gateway)


def _run(plan: Plan, day: date) -> None:
    with _at(day):
        payments.start_runs(SYSTEM)
        run = f.fetch(m.PaymentRun, run_on=day, zone="UTC", brand_id=plan.contract.brand_id)
        payments.collect(SYSTEM, contract=plan.contract.id, run=run.id, gateway=plan.gateway)


@contextmanager
def _at(day: date) -> Generator[None]:
    moment = datetime.combine(day, clock.now().time(), clock.now().tzinfo)
    with clock.reading(lambda: moment.replace(hour=12)):
        yield
