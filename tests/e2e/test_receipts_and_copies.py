"""A payment that was taken has a receipt; staff put a card on another contract of its holder."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal_app.core import clock
from tests import factories as f
from tests.e2e.conftest import let_in
from tests.e2e.owing import _plan, _run
from tests.integrations.pdf_reading import text_of
from tests.people import database_at
from tests.portal_server import running
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import add_instalments, make_contract, take_payments


@pytest.fixture(scope="module")
def paid(demo_template, tmp_path_factory):
    """A portal in which a van's contract was paid yesterday, and a trailer's has no card."""
    folder = tmp_path_factory.mktemp("paid")
    database = f"sqlite:///{shutil.copy(demo_template, folder / 'portal.db')}"
    yesterday = clock.today("UTC") - timedelta(days=1)
    with database_at(database):
        if not f.fetch_all(f.m.PaymentPolicy, brand_id=f.brand().id):
            take_payments()
        account = f.account(name="Okafor Vans", has_service_contracts=True, timezone="UTC")
        person = f.person(given_name="Ada", family_name="Okafor")
        f.contact(account, person)
        user = f.user(person).id
        van = replace(_plan(account, person, "VAN-PAID", yesterday), gateway=FakeGateway())
        trailer = make_contract(account, person, number="TRAILER-PAID")
        add_instalments(trailer, [yesterday + timedelta(days=30 * n) for n in (1, 2)])
        _run(van, yesterday)
    with running(database, folder, PORTAL_JOBS="off") as server:
        yield server, user, van.contract, trailer


@pytest.mark.requirement("S0-26")
def test_a_customer_takes_the_receipt_of_a_payment(visit, paid):
    server, user, van, _ = paid
    person = visit(server=server)
    let_in(person.context, server, user)
    page = person.open(f"/contracts/{van.number}")
    link = page.get_by_role("link", name="Receipt").first
    expect(link).to_be_visible()
    href = link.get_attribute("href")
    taken = page.request.get(f"{server.address}{href}")
    assert taken.status == 200
    assert taken.headers["content-type"] == "application/pdf"
    written = text_of(taken.body())
    assert van.number in written
    assert "$100.00" in written
    stranger = visit("rental_customer", server=server)
    assert stranger.open("/").request.get(f"{server.address}{href}").status == 404


@pytest.mark.requirement("S0-16")
@pytest.mark.requirement("S0-28")
def test_staff_put_a_card_on_another_contract_of_the_holder_only_when_it_is_ticked(visit, paid):
    server, user, van, trailer = paid
    customer = visit(server=server)
    let_in(customer.context, server, user)
    theirs = customer.open(f"/contracts/{trailer.number}")
    expect(theirs.get_by_role("heading", level=1)).to_contain_text(trailer.number)
    expect(theirs.get_by_text("4242")).to_have_count(0)

    page = visit(role="agent", server=server).open(f"/staff/contracts/{van.id}/payments")
    card = page.get_by_role("region", name="Other contracts of this holder")
    card.get_by_text("Use the method elsewhere").click()
    box = card.get_by_role("checkbox").first
    expect(box).not_to_be_checked()
    card.get_by_role("button", name="Use it there, too").click()
    expect(card.get_by_text("Tick")).to_be_visible()
    box.check()
    card.get_by_role("button", name="Use it there, too").click()
    expect(page.get_by_text("The ticked contracts are paid from it, too.")).to_be_visible()
    expect(theirs.get_by_text("4242").first).to_be_visible()
