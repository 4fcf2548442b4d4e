"""Page and paper say the same: every figure of a page stands in its PDF, word for word."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app import wiring
from portal_app.models import EntryKind
from portal_app.services import billing
from portal_app.state.billing.invoices import InvoiceState
from portal_app.state.billing.statements import StatementMailState, StatementState
from portal_app.state.billing.summary import AccountSummaryState
from tests import factories as f
from tests.integrations.pdf_reading import copied_text
from tests.services.billing.test_invoices import item
from tests.state.tabs import Tab

LEDGERS = {
    "owed": [
        (date(2025, 12, 1), 123_456, EntryKind.OPENING, "", ""),
        (date(2026, 1, 2), 5_005, EntryKind.CHARGE, "INV-1", ""),
        (date(2026, 1, 2), 2_500, EntryKind.FEE, "", ""),
        (date(2026, 1, 15), -6_000, EntryKind.PAYMENT, "P-77", "Visa ending 4242"),
        (date(2026, 1, 31), -1, EntryKind.CREDIT, "CN-1", ""),
        (date(2026, 2, 1), 99_999, EntryKind.CHARGE, "INV-2", ""),
    ],
    "in credit": [
        (date(2026, 1, 2), 1_000, EntryKind.CHARGE, "INV-1", ""),
        (date(2026, 1, 3), -250_000, EntryKind.PAYMENT, "", "Bank transfer"),
    ],
    "settled": [
        (date(2026, 1, 2), 1_000, EntryKind.CHARGE, "INV-1", ""),
        (date(2026, 1, 3), -1_000, EntryKind.PAYMENT, "", ""),
    ],
    "quiet": [(date(2025, 1, 2), 1_000_000_000, EntryKind.CHARGE, "INV-1", "")],
    "empty": [],
}


def on_paper(document):
    return "".join(copied_text(document.content).split())


def is_on(paper, words):
    return "".join(words.split()) in paper


def account_with(entries):
    account = f.account(store_id=f.store().id)
    contract = f.contract(account, number="R-20418")
    f.invoice(account, 5_005, date(2026, 1, 2), number="INV-1", due_on=date(2026, 1, 20))
    for on, amount, kind, reference, method in entries:
        f.entry(
            account,
            amount,
            on,
            kind=kind,
            reference=reference,
            method_label=method,
            contract_id=contract.id,
        )
    return account


@pytest.mark.requirement("S3-02")
@pytest.mark.requirement("S3-20")
@pytest.mark.parametrize("name", LEDGERS)
async def test_a_statements_page_and_its_pdf_show_the_same_figures(db, clock, name):
    account = account_with(LEDGERS[name])
    actor = f.consumer_actor(account)
    tab = Tab(actor, account.id).at("/statements/2026-01-31", date="2026-01-31")
    await tab.call(StatementState.load)
    view = tab.state(StatementState).view
    paper = on_paper(
        billing.statement_document(
            actor, account=account.id, as_of="2026-01-31", renderer=wiring.pdf_renderer()
        )
    )
    shown = [view.as_of, view.period, view.opening, view.note, view.account]
    shown += [view.standing.label, view.standing.balance, view.standing.owed]
    if not view.standing.is_in_credit:
        shown += [text for part in view.standing.ageing for text in (part.label, part.amount)]
    for movement in view.movements:
        shown += [movement.on, movement.label, movement.amount, movement.balance]
        shown += [movement.reference, *movement.detail.split(" · ")]
    assert [words for words in shown if not is_on(paper, words)] == []
    assert len(view.movements) == sum(on.month == 1 and on.year == 2026 for on, *_ in LEDGERS[name])


@pytest.mark.requirement("S3-20")
@pytest.mark.parametrize("name", LEDGERS)
async def test_a_statements_page_and_its_letter_show_the_same_figures(db, clock, name):
    account = account_with(LEDGERS[name])
    actor = f.consumer_actor(account)
    tab = Tab(actor, account.id).at("/statements/2026-01-31", date="2026-01-31")
    await tab.call(StatementState.load)
    view = tab.state(StatementState).view
    await tab.call(StatementMailState.send, view.key)
    (letter,) = f.fetch_all(m.OutboundMessage)
    html = wiring.letters().html("billing/statement", letter.facts)
    shown = [view.as_of, view.opening, view.standing.owed]
    shown += [view.standing.label, view.standing.balance]
    if not view.standing.is_in_credit:
        shown += [f"{part.label}: {part.amount}" for part in view.standing.ageing]
    assert [words for words in shown if words not in letter.text] == []
    assert [words for words in shown[:5] if words not in html] == []
    assert letter.recipient == f.fetch(m.Person, id=actor.person_id).email


@pytest.mark.requirement("S3-02")
@pytest.mark.parametrize("name", LEDGERS)
async def test_the_summary_and_the_statement_of_today_show_the_same_figures(db, clock, name):
    account = account_with(LEDGERS[name])
    actor = f.consumer_actor(account)
    tab = Tab(actor, account.id)
    await tab.call(AccountSummaryState.load)
    tab.at("/statements/2026-11-20", date="2026-11-20")
    await tab.call(StatementState.load)
    summary, statement = tab.state(AccountSummaryState).view, tab.state(StatementState).view
    assert summary.standing == statement.standing
    for entry in summary.statements:
        tab.at(entry.href, date=entry.as_of)
        await tab.call(StatementState.load)
        found = tab.state(StatementState).view
        assert (found.standing.balance, found.as_of) == (entry.balance, entry.label)


@pytest.mark.requirement("S3-03")
async def test_an_invoices_page_and_its_pdf_show_the_same_figures(db, clock):
    account = f.account(store_id=f.store().id)
    actor = f.consumer_actor(account)
    made = f.invoice(
        account,
        30_000,
        date(2026, 11, 1),
        number="INV-7",
        due_on=date(2026, 11, 19),
        open_minor=20_001,
        contract_id=f.contract(account, number="R-20418").id,
    )
    item(made, "Scissor lift, 4 weeks", 30_000, quantity="4", unit_price_minor=7_500)
    item(made, "Goodwill", 0, unit_price_minor=0)
    tab = Tab(actor, account.id).at("/invoices/INV-7", number="INV-7")
    await tab.call(InvoiceState.load)
    view = tab.state(InvoiceState).view
    paper = on_paper(
        billing.invoice_document(actor, invoice=made.id, renderer=wiring.pdf_renderer())
    )
    entry = view.entry
    shown = [entry.number, view.issued_on, view.due_on, entry.total, entry.open, entry.status]
    shown += [entry.next_step, entry.contract]
    for charge in view.charges:
        shown += [charge.description, charge.quantity, charge.unit_price, charge.amount]
    assert [words for words in shown if not is_on(paper, words)] == []
    assert view.charges[1].unit_price == "$0.00"
