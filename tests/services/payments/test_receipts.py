"""Receipts: letter, page and paper say the same, and only of what the portal has taken."""

from functools import cache

import pytest

from portal_app import models as m
from portal_app.core import clock as the_clock
from portal_app.core.errors import NotFound
from portal_app.integrations.typst_pdf import TypstPdf
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from portal_app.state.formats import money
from tests import factories as f
from tests.integrations.pdf_reading import copied_text


@cache
def renderer():
    return TypstPdf(now=the_clock.now)


def receipt(plan, number=1, actor=None):
    row = plan.rows()[number - 1]
    given = {"instalment": row.id, "renderer": renderer()}
    return payments.receipt_document(actor or plan.holder, **given)


def words_of(document):
    assert document.content.startswith(b"%PDF")
    return " ".join(copied_text(document.content).split())


@pytest.mark.requirement("S0-26")
def test_letter_page_and_paper_say_the_same(plan, clock):
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    plan.gateway.decide = lambda _order: None
    clock.at(2026, 12, 20, 15)
    plan.run()
    paper = receipt(plan)
    assert paper.filename == f"Receipt {plan.contract.number}-1.pdf"
    printed = words_of(paper)
    letter = f.fetch_all(m.OutboundMessage, topic="payment.receipt")[0].text
    shown = plan.page().schedule[0]
    assert shown.has_receipt
    taken = shown.attempts[-1]
    for words in (money(taken.amount), money(taken.fee), "20 December 2026", taken.method):
        assert words in printed, words
        assert words in letter, words
    assert (money(taken.amount), money(taken.fee)) == ("$125.00", "$25.00")
    assert "$100.00" in printed
    assert plan.contract.number in printed


def test_receipt_of_what_was_taken_in_time_names_no_fee(plan):
    plan.run()
    printed = words_of(receipt(plan, actor=plan.agent))
    assert "$100.00" in printed
    assert "Fee" not in printed


@pytest.mark.asvs("8.2.2")
def test_no_receipt_for_a_stranger_nor_for_what_was_not_taken(plan):
    plan.run()
    strangers = (f.consumer_actor(f.account()), f.staff_actor(brand_id=f.brand(key="x").id))
    for stranger in strangers:
        with pytest.raises(NotFound):
            receipt(plan, actor=stranger)
    assert not plan.page().schedule[1].has_receipt
    with pytest.raises(NotFound):
        receipt(plan, 2)
    row = plan.rows()[1]
    row.state = m.InstalmentState.PAID  # the master says so: what was paid there is receipted there
    f._save(row)
    with pytest.raises(NotFound):
        receipt(plan, 2)
    for odd in ("", "x" * 300, "\x00"):
        with pytest.raises(NotFound):
            payments.receipt_document(plan.holder, instalment=odd, renderer=renderer())
