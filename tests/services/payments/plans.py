"""A service contract that is paid in four instalments of 100 dollars, with a card on it."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from portal_app import models as m
from portal_app.core.actor import Actor, ActorKind
from portal_app.services import payments
from tests import factories as f
from tests.services.payments.gateway import FakeGateway

SYSTEM = Actor.system("payments")
_keys = count(1)


@dataclass
class Plan:
    """A contract with its schedule; `holder` is its customer, `agent` one of the staff."""

    account: m.Account
    contract: m.Contract
    holder: Actor
    agent: Actor
    gateway: FakeGateway = field(default_factory=FakeGateway)

    def run(self) -> None:
        """Do what the day's job does."""
        payments.collect(SYSTEM, contract=self.contract.id, gateway=self.gateway)

    def rows(self) -> list[m.Instalment]:
        found = f.fetch_all(m.Instalment, contract_id=self.contract.id)
        return sorted(found, key=lambda one: one.sequence)

    def states(self) -> list[str]:
        return [one.state.value for one in self.rows()]

    def status(self) -> str:
        return f.fetch(m.Contract, id=self.contract.id).status.value

    def attempts(self) -> list[m.PaymentAttempt]:
        found = f.fetch_all(m.PaymentAttempt, contract_id=self.contract.id)
        return sorted(found, key=lambda one: (one.started_at, one.id))

    def page(self, actor: Actor | None = None) -> payments.ContractPayments:
        return payments.contract_payments(actor or self.holder, contract=self.contract.id)

    def method(self, **values) -> m.PaymentMethod:
        return add_method(self.contract, **values)

    def letters(self) -> list[str]:
        topics = f.fetch_all(m.OutboundMessage, brand_id=self.contract.brand_id)
        return sorted(one.topic.partition(".")[2] for one in topics)


def key() -> str:
    """A click's key that was never used."""
    return f"click-{next(_keys)}"


def add_method(contract: m.Contract, **values) -> m.PaymentMethod:
    given = {
        "kind": m.MethodKind.CARD,
        "brand": "Visa",
        "last4": "4242",
        "exp_month": 12,
        "exp_year": 2030,
        "holder": "Rosa Lindqvist",
        "gateway_token": "tok-1",
        "default_since": f.clock.now(),
        "brand_id": contract.brand_id,
    } | values
    return f._save(m.PaymentMethod(contract_id=contract.id, **f._master(given)))


def add_instalments(
    contract: m.Contract, days: list[date], amount_minor: int = 100_00, **values
) -> None:
    for sequence, day in enumerate(days, start=1):
        given = {"brand_id": contract.brand_id, "sequence": sequence, "due_on": day} | values
        row = {"amount_minor": amount_minor, "contract_id": contract.id} | f._master(given)
        f._save(m.Instalment(**row))


def take_payments(**values) -> None:
    """Let the default brand take payments."""
    given = {"takes_payments": True, "fee_minor": 25_00} | values
    f._save(m.PaymentPolicy(brand_id=f.brand().id, **given))


def make_contract(account: m.Account, person: m.Person, **values) -> m.Contract:
    given = {"kind": m.ContractKind.SERVICE_CONTRACT, "holder_id": person.id} | values
    return f.contract(account, **given)


def make_plan(
    *,
    days: list[date] | None = None,
    policy: dict | None = None,
    zone: str = "UTC",
    with_method: bool = True,
    **values,
) -> Plan:
    take_payments(**(policy or {}))
    account = f.account(has_service_contracts=True, timezone=zone)
    person = f.person()
    f.contact(account, person)
    user = f.user(person)
    contract = make_contract(account, person, **values)
    holder = Actor(ActorKind.CONSUMER, user.id, person.id, person.name, account.brand_id)
    plan = Plan(account, contract, holder, f.staff_actor())
    if with_method:
        plan.method()
    month = (date(2026, 11, 20), date(2026, 12, 20), date(2027, 1, 20), date(2027, 2, 20))
    add_instalments(contract, days or list(month))
    return plan
