"""A method that cannot be charged is not called expired when it is not (S0-17, S0-21)."""

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict
from portal_app.services import payments
from portal_app.state.payments_desk.contract_views import MethodRow
from tests import factories as f
from tests.services.payments.plans import key, make_contract

ACCOUNT = {
    "kind": m.MethodKind.BANK_ACCOUNT, "brand": "First Bank", "last4": "6789",
    "exp_month": None, "exp_year": None, "gateway_token": "",
}  # fmt: skip
EXPIRED = {"exp_month": 10, "exp_year": 2026}


def refused(plan, method):
    with pytest.raises(Conflict) as chosen:
        payments.choose_method(plan.holder, payment_method=method.id, key=key())
    other = make_contract(plan.account, f.fetch(m.Person, id=plan.holder.person_id))
    ticked = {"payment_method": method.id, "contracts": [other.id], "key": key()}
    with pytest.raises(Conflict) as copied:
        payments.copy_method(plan.holder, **ticked)
    return str(chosen.value), str(copied.value)


@pytest.mark.requirement("S0-21")
@pytest.mark.parametrize(
    ("kept", "why"),
    [
        (ACCOUNT, "We cannot take money from this account."),
        (EXPIRED | {"gateway_token": ""}, "This card has expired."),
        ({"gateway_token": ""}, "We cannot take money from this card."),
        (EXPIRED, "This card has expired."),
    ],
)
def test_refusal_says_what_is_wrong_with_this_method(plan, kept, why):
    chosen, copied = refused(plan, plan.method(**kept, default_since=None))
    assert chosen == f"{why} Choose another one, or add a new one."
    assert copied == f"{why} Add a new one first."


@pytest.mark.requirement("S0-27")
def test_what_happens_next_does_not_call_an_account_closed_that_we_were_never_given(plan):
    plan.method(**ACCOUNT)
    told = plan.page().what_next
    assert "That cannot work. We cannot take money from this account." in told.if_nothing
    plan.run()
    reason = plan.page().schedule[0].attempts[0].reason
    assert reason == "The card or account is closed, or cannot be charged."


def test_staff_do_not_read_charged_beside_what_cannot_be_charged(plan):
    plan.method(**ACCOUNT)
    shown = [MethodRow.of(one, may_manage=True) for one in plan.page(plan.agent).methods]
    assert [one.status for one in shown if one.label == "First Bank ending 6789"] == [
        "Cannot be used"
    ]
