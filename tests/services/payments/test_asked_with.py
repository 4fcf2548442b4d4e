"""An attempt is looked for, and asked for again, with what it was asked with the first time."""

import pytest

from portal_app import models as m
from portal_app.ports import PortUnavailable
from portal_app.services import payments
from tests import factories as f
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import SYSTEM


class ByCustomer(FakeGateway):
    """Finds a charge as Stripe does: only in the list of the customer whom a token names."""

    def find(self, order):
        kept = self.orders.get(order.idempotency_key)
        return super().find(order) if kept and kept.token == order.token else None


@pytest.fixture
def unheard(plan):
    """A charge that was taken and whose answer was lost; then a feed moves its method."""
    plan.gateway = ByCustomer(deaf=lambda: True)
    with pytest.raises(PortUnavailable):
        plan.run()
    plan.gateway.deaf = lambda: False
    f.give(f.fetch(m.PaymentMethod, contract_id=plan.contract.id), gateway_token="tok-elsewhere")
    return plan


def test_charge_is_found_where_it_was_made_though_a_feed_moved_its_method(unheard, clock):
    clock.advance(days=3)
    payments.settle_open(SYSTEM, contract=unheard.contract.id, gateway=unheard.gateway)
    assert unheard.states()[0] == "paid"
    assert len(unheard.gateway.asked) == 1
    assert list(unheard.gateway.taken.values()) == [100_00]


def test_charge_is_asked_for_again_in_the_very_same_words_though_its_method_moved(unheard):
    payments.settle_open(SYSTEM, contract=unheard.contract.id, gateway=unheard.gateway)
    assert unheard.states()[0] == "paid"
    assert list(unheard.gateway.taken.values()) == [100_00]
    assert unheard.attempts()[0].gateway_token == "tok-1"


def test_bank_debit_is_followed_to_its_end_though_its_method_moved(plan):
    plan.gateway = ByCustomer(pends=True)
    plan.run()
    f.give(f.fetch(m.PaymentMethod, contract_id=plan.contract.id), gateway_token="tok-elsewhere")
    asked = plan.attempts()[0].idempotency_key
    plan.gateway.results[asked] = type(plan.gateway.results[asked])("ch-0")
    payments.settle_one(SYSTEM, idempotency_key=asked, gateway=plan.gateway)
    assert plan.states()[0] == "paid"


def test_the_next_attempt_is_made_where_the_method_is_now(unheard, clock):
    clock.advance(days=40)
    payments.settle_open(SYSTEM, contract=unheard.contract.id, gateway=unheard.gateway)
    tokens = [one.token for one in unheard.gateway.orders.values()]
    assert tokens == ["tok-1", "tok-elsewhere"]
