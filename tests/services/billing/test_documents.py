"""What stands in the PDFs, and who may have them."""

from datetime import date
from functools import cache

import pytest

from portal_app.core import clock as the_clock
from portal_app.core.errors import Conflict, Invalid, NotFound, TooMany
from portal_app.integrations.typst_pdf import TypstPdf
from portal_app.models import Action, AuditEvent, EntryKind
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.services import billing, contracts
from portal_app.services.billing.queries import statements
from tests import factories as f
from tests.integrations.pdf_reading import copied_text
from tests.services.billing.test_invoices import item


@cache
def renderer():
    return TypstPdf(now=the_clock.now)


def words_of(document):
    assert document.content.startswith(b"%PDF")
    return " ".join(copied_text(document.content).split())


@pytest.fixture
def account(any_db, clock):
    return f.account(number="A-77", name="Lindqvist & Søn <Roofing>", store_id=f.store().id)


@pytest.fixture
def actor(account):
    return f.consumer_actor(account)


@pytest.mark.requirement("S3-20")
def test_a_statement_on_paper_shows_every_figure_of_the_statement(account, actor):
    f.entry(account, 123_456, date(2025, 12, 1), kind=EntryKind.OPENING)
    f.entry(account, 5_005, date(2026, 1, 2), reference="INV-1")
    f.entry(account, -6_000, date(2026, 1, 15), method_label="Visa ending 4242")
    document = billing.statement_document(
        actor, account=account.id, as_of="2026-01-31", renderer=renderer()
    )
    words = words_of(document)
    for expected in (
        "Statement A-77 as of 31 January 2026",
        "1 to 31 January 2026",
        "Lindqvist & Søn <Roofing>",
        "$1,234.56",
        "$50.05",
        "$1,284.61",
        "\N{MINUS SIGN}$60.00",
        "$1,224.61",
        "Visa ending 4242",
        "Balance owed",
    ):
        assert expected in words, expected
    assert document.filename == "Statement A-77 as of 31 January 2026.pdf"
    (taken,) = [e for e in f.fetch_all(AuditEvent) if e.action == Action.DOCUMENT_DOWNLOADED]
    assert (taken.object_type, taken.object_id, taken.actor_id) == (
        "account",
        account.id,
        actor.user_id,
    )


def test_a_statement_in_credit_says_so_and_shows_no_ageing(account, actor):
    f.entry(account, -2_500, date(2026, 1, 2))
    words = words_of(
        billing.statement_document(
            actor, account=account.id, as_of="2026-01-31", renderer=renderer()
        )
    )
    assert "In credit" in words
    assert "$25.00" in words
    assert "Over 90 days" not in words


def test_an_empty_statement_explains_itself_on_paper(account, actor):
    document = billing.statement_document(
        actor, account=account.id, as_of="2026-01-31", renderer=renderer()
    )
    assert "Nothing had been charged or paid on this account by 31 January" in words_of(document)


def test_a_shortened_month_still_adds_up_on_paper(account, actor, monkeypatch):
    monkeypatch.setattr(statements, "MOST_MOVEMENTS", 2)
    for n in range(1, 5):
        f.entry(account, n * 100, date(2026, 1, n))
    words = words_of(
        billing.statement_document(
            actor, account=account.id, as_of="2026-01-31", renderer=renderer()
        )
    )
    assert "Earlier this month" in words
    assert "$10.00" in words


@pytest.mark.requirement("S3-03")
def test_an_invoice_on_paper_shows_its_lines_and_what_is_left(account, actor):
    made = f.invoice(
        account,
        30_000,
        date(2026, 11, 1),
        number="INV-7",
        due_on=date(2026, 12, 1),
        open_minor=20_000,
    )
    item(made, "Scissor lift, 4 weeks", 30_000, quantity="4", unit_price_minor=7_500)
    document = billing.invoice_document(actor, invoice=made.id, renderer=renderer())
    words = words_of(document)
    for expected in ("INV-7", "1 December 2026", "$300.00", "$200.00", "$75.00", "Partly paid"):
        assert expected in words, expected
    assert document.filename == "Invoice INV-7.pdf"


def test_an_invoice_without_lines_or_dates_is_still_printed(account, actor):
    made = f.invoice(account, 30_000, date(2026, 11, 1))
    words = words_of(billing.invoice_document(actor, invoice=made.id, renderer=renderer()))
    assert "Not provided" in words


@pytest.mark.requirement("S3-23")
def test_a_contract_on_paper_shows_its_lines(account, actor):
    made = f.contract(account, number="R-20418", po_number="PO-7", ends_on=date(2026, 12, 24))
    f.line(made, quantity=3, quantity_returned=1, rate_minor=24_500, rate_period="week")
    document = contracts.contract_document(actor, contract=made.id, renderer=renderer())
    words = words_of(document)
    for expected in ("R-20418", "PO-7", "24 December 2026", "Scissor lift, 26 ft", "Open"):
        assert expected in words, expected
    assert "$245.00 a week" in words
    assert document.filename == "Rental contract R-20418.pdf"


@pytest.mark.asvs("8.2.2")
def test_a_stranger_gets_no_document_and_leaves_no_trace(account):
    f.entry(account, 100, date(2026, 1, 2))
    contract, made = f.contract(account), f.invoice(account, 100, date(2026, 1, 2))
    stranger = f.consumer_actor(f.account())
    with pytest.raises(NotFound):
        contracts.contract_document(stranger, contract=contract.id, renderer=renderer())
    with pytest.raises(NotFound):
        billing.invoice_document(stranger, invoice=made.id, renderer=renderer())
    with pytest.raises(NotFound):
        billing.statement_document(
            stranger, account=account.id, as_of="2026-01-31", renderer=renderer()
        )
    assert f.fetch_all(AuditEvent) == []


def test_a_day_to_come_is_not_printed(account, actor):
    with pytest.raises(Invalid):
        billing.statement_document(
            actor, account=account.id, as_of="2027-01-31", renderer=renderer()
        )


class Broken:
    """A printer that fails in the way it is told to."""

    def __init__(self, fault):
        self.fault = fault

    def render(self, template, data):
        raise self.fault


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (PortUnavailable("Many documents are being made."), TooMany),
        (PortRefused("Too long."), Conflict),
    ],
)
def test_a_document_that_cannot_be_made_is_not_written_down_as_taken(
    account, actor, fault, refusal
):
    made = f.invoice(account, 100, date(2026, 1, 2))
    with pytest.raises(refusal) as refused:
        billing.invoice_document(actor, invoice=made.id, renderer=Broken(fault))
    assert refused.value.message == str(fault)
    assert f.fetch_all(AuditEvent) == []
