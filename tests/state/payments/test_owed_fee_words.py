"""The words for a fee that is owed for a payment made elsewhere, to customers and to staff."""

import pytest

from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from portal_app.state.payments.contract import ContractPaymentsView
from portal_app.state.payments_desk.contract_views import PaymentSheet
from tests import factories as f
from tests.services.payments.master import Master, at_the_counter
from tests.services.payments.plans import take_payments


@pytest.mark.requirement("S0-27")
@pytest.mark.requirement("S0-28")
def test_page_and_sheet_say_what_is_still_owed_and_why(db, clock, tmp_path):
    take_payments()
    master = Master(tmp_path)
    master.send()
    master.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    master.run()
    at_the_counter(master, "L-1,A-1,C-1,payment,-100.00,2026-11-21,I-1")
    master.follow()
    agent = f.staff_actor(brand_id=master.contract.brand_id)
    found = payments.contract_payments(agent, contract=master.contract.id)
    view = ContractPaymentsView.of(found)
    assert "A fee of $25.00 is still owed." in view.outlook.if_nothing[-1]
    notes = view.schedule.year[0].notes
    assert notes[-1] == "Paid elsewhere. Its fee of $25.00 is still owed."
    assert view.left == "$225.00"
    sheet = PaymentSheet.of(found.schedule[0], found)
    assert (sheet.may_waive_fee, sheet.owed_fee, sheet.may_waive) == (True, "$25.00", False)
