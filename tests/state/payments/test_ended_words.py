"""The words, the picture and the sheet of a contract that has ended and still owes something."""

import pytest

from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from portal_app.state.payments.contract import ContractPaymentsView
from portal_app.state.payments_desk.cancellations import CancellationSheet
from portal_app.state.payments_desk.contract_views import ContractDesk, PaymentSheet
from tests.services.payments.plans import key, make_plan

SAID = {"reason": "Agreed by phone."}


@pytest.mark.requirement("S0-25")
@pytest.mark.requirement("S0-28")
def test_page_picture_sheet_and_request_name_the_same_debt(db, clock):
    plan = make_plan()
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    first = plan.rows()[0].id
    payments.reschedule(plan.agent, instalment=first, due_on="2026-12-28", key=key(), **SAID)
    number = payments.ask_to_cancel(plan.agent, contract=plan.contract.id, key=key(), **SAID)
    asked = CancellationSheet.of(payments.cancellation(plan.agent, number=number))
    assert ("Owed", "$100.00") in [(one.name, one.value) for one in asked.facts]
    assert not asked.asks_for_a_day
    payments.approve_cancellation(plan.agent, number=number, key=key(), **SAID)
    found = plan.page(plan.agent)
    view, desk = ContractPaymentsView.of(found), ContractDesk.of(found)
    assert view.outlook.if_nothing[0].startswith("$100.00 is still owed.")
    assert (view.left, desk.left) == ("$100.00", "$100.00")
    assert {one.status for one in view.schedule.year} == {"Not paid", "Cancelled"}
    assert "1 not paid, 3 cancelled" in view.schedule.picture
    sheet = PaymentSheet.of(found.schedule[0], found)
    assert (sheet.may_write_off, sheet.may_reinstate, sheet.status) == (True, False, "Not paid")
