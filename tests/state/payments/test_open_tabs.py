"""What an administrator sets about payments reaches the tabs in which customers read about them."""

import pytest

from portal_app.core import live
from portal_app.core.actor import Role
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from portal_app.state.billing.summary import AccountSummaryState
from portal_app.state.payments.overview import PaymentsState
from tests import factories as f
from tests.services.payments.plans import key, make_plan
from tests.state.tabs import Tab


@pytest.mark.requirement("S0-05", "S0-27")
@pytest.mark.parametrize(
    ("state", "path", "name"),
    [
        (AccountSummaryState, "/", "account_summary_state"),
        (PaymentsState, "/payments", "payments_state"),
    ],
)
async def test_open_page_foretells_by_the_policy_that_is_in_force_now(
    db, clock, licensed, state, path, name
):
    plan = make_plan()
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    tab = Tab(plan.holder, plan.account.id)
    tab.at(path)
    await tab.call(state.load)
    assert "with a fee of $25.00" in str(tab.state(state))
    heard = []
    stop = live.on_announcement(heard.append)
    changed = {"changes": {"fee": "40.00"}, "version": 1, "key": key()}
    payments.set_policy(f.staff_actor(Role.ADMIN), **changed)
    stop()
    watching = {one.event for topics in heard for one in live.watchers(topics)}
    assert any(event.endswith(f"____{name}.refresh") for event in watching)
    await tab.call(state.refresh)
    assert "with a fee of $40.00" in str(tab.state(state))
