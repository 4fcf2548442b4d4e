"""Contracts with payments, made for one try each: of the world's account, held by nobody."""

from dataclasses import dataclass
from datetime import timedelta

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.ids import new_id
from tests import factories as f
from tests.permissions.world import TODAY, World
from tests.services.payments.plans import add_method

_OPEN = {
    m.InstalmentState.MISSED: m.ContractStatus.PAST_DUE,
    m.InstalmentState.DEFAULTED: m.ContractStatus.PENDING_CANCELLATION,
    m.InstalmentState.ON_HOLD: m.ContractStatus.PENDING_CANCELLATION,
}


@dataclass(frozen=True)
class PaidContract:
    """The ids of a contract, its one payment and its card."""

    contract: str
    instalment: str
    payment_method: str


def paid_contract(
    world: World, state: m.InstalmentState = m.InstalmentState.SCHEDULED
) -> PaidContract:
    """Make one whose payment is in this state; the brand takes payments, and all is switched on."""
    _switch_on(world)
    account = f.fetch(m.Account, id=world.account)
    contract = f.contract(
        account, kind=m.ContractKind.SERVICE_CONTRACT, listed_on=TODAY, starts_on=TODAY,
        status=_OPEN.get(state, m.ContractStatus.ACTIVE),
    )  # fmt: skip
    retry_on = TODAY + timedelta(days=9) if state is m.InstalmentState.MISSED else None
    given = {
        "brand_id": world.brand, "sequence": 1, "due_on": TODAY, "amount_minor": 100_00,
        "fee_minor": 25_00 if retry_on else 0, "retry_on": retry_on, "state": state,
    }  # fmt: skip
    row = f._save(m.Instalment(contract_id=contract.id, **f._master(given)))
    return PaidContract(contract.id, row.id, add_method(contract).id)


def to_cancel(world: World) -> str:
    """Return the number of a request to cancel such a contract."""
    row = m.CancellationRequest(
        brand_id=world.brand, number=f"CR-{new_id()[-12:]}", origin=m.CancellationOrigin.SYSTEM,
        contract_id=paid_contract(world, m.InstalmentState.ON_HOLD).contract,
        created_at=clock.now(),
    )  # fmt: skip
    return f._save(row).number


def taken(world: World) -> str:
    """Return the id of a payment that the portal has taken."""
    paid = paid_contract(world, m.InstalmentState.PAID)
    row = m.PaymentAttempt(
        brand_id=world.brand, contract_id=paid.contract, instalment_id=paid.instalment, number=1,
        kind=m.AttemptKind.DUE, amount_minor=100_00, currency="USD", run_on=TODAY,
        method_id=paid.payment_method, idempotency_key=f"inst-{paid.instalment}-attempt-1",
        state=m.AttemptState.SUCCEEDED, started_at=clock.now(),
    )  # fmt: skip
    f._save(row)
    return paid.instalment


def begun(world: World) -> str:
    """Return the reference of the owner's way to the gateway's page."""
    row = m.PaymentSetup(
        brand_id=world.brand, contract_id=paid_contract(world).contract, reference=new_id(),
        gateway_reference="gw-1", user_id=world.people["owner"].user_id, started_at=clock.now(),
    )  # fmt: skip
    return f._save(row).reference


def _switch_on(world: World) -> None:
    if not f.fetch_all(m.PaymentPolicy, brand_id=world.brand):
        f._save(m.PaymentPolicy(brand_id=world.brand, takes_payments=True))
    row = f.fetch(m.PortalSettings, brand_id=world.brand)
    row.features = {**row.features, "pay_now": True, "cancel": True}
    f._save(row)
