"""Staff see to failed payments and to cancellations, and the customer's open page follows."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import let_in
from tests.e2e.owing import owing
from tests.e2e.test_accessibility import judge
from tests.portal_server import running


@pytest.fixture(scope="module")
def desk_portal(demo_template, tmp_path_factory):
    """A portal with failed payments in it, whose own jobs take none."""
    folder = tmp_path_factory.mktemp("desk")
    database = f"sqlite:///{shutil.copy(demo_template, folder / 'portal.db')}"
    owes = owing(database)
    with running(database, folder, PORTAL_JOBS="off") as server:
        yield server, owes


@pytest.fixture
def agent(visit, desk_portal):
    return visit(role="agent", server=desk_portal[0])


@pytest.fixture
def customer(visit, desk_portal):
    server, owes = desk_portal
    person = visit(server=server)
    let_in(person.context, server, owes.user)
    return person


def pages_of(owes):
    desk = f"/staff/contracts/{owes.once}/payments"
    return (
        "/staff", "/staff/payments", "/staff/payments?view=held", "/staff/payments/runs",
        "/staff/payments/next-run", "/staff/cancellations", desk, f"{desk}?open=1",
        f"/staff/contracts/{owes.twice}/payments?open=1", f"/staff/customers/{owes.account}",
    )  # fmt: skip


@pytest.mark.parametrize("place", range(10))
def test_pages_with_failed_payments_are_accessible(visit, desk_portal, orchard_css, place):
    server, owes = desk_portal
    person = visit(role="admin", server=server, reduced_motion="reduce")
    page = person.open(pages_of(owes)[place])
    for fold in page.locator("[role=dialog] summary").all():
        fold.click()
    assert judge(page, orchard_css) == ""


def test_sheet_of_a_request_to_cancel_is_accessible(visit, desk_portal, orchard_css):
    person = visit(role="admin", server=desk_portal[0], reduced_motion="reduce")
    page = person.open("/staff/cancellations")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    for fold in page.get_by_role("dialog").locator("summary").all():
        fold.click()
    assert judge(page, orchard_css) == ""


@pytest.mark.requirement("S0-20")
@pytest.mark.requirement("S0-28")
def test_staff_reschedule_a_failed_payment_and_the_customers_open_page_changes(
    agent, customer, desk_portal
):
    _, owes = desk_portal
    number = owes.number(owes.once)
    theirs = customer.open(f"/contracts/{owes.once}")
    expect(theirs.get_by_text("Past due").first).to_be_visible()
    notices = customer.another_tab()
    told = notices.open("/notifications")

    # From the list, with the reason, to the contract's payments.
    page = agent.open("/staff/payments")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("The card's limit was reached.")
    row.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    page.get_by_role("link", name="Payment 1").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("$25.00")
    sheet.get_by_text("Move it to another day").click()
    sheet.get_by_label("New day").fill("2020-01-01")
    sheet.get_by_role("button", name="Reschedule").click()
    expect(sheet.locator("#move_due_on-err")).to_contain_text("from tomorrow on")
    day = "new Date(Date.now() + 5 * 864e5).toISOString().slice(0, 10)"
    sheet.get_by_label("New day").fill(page.evaluate(day))
    sheet.locator("#move_reason").fill("Agreed on the phone")
    sheet.get_by_role("button", name="Reschedule").click()
    expect(sheet.get_by_text("Scheduled", exact=True)).to_be_visible()

    expect(theirs.get_by_text("Past due")).to_have_count(0)
    expect(theirs.get_by_text("Active").first).to_be_visible()
    expect(told.get_by_text("Agreed on the phone").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Payment 1")).to_be_focused()


@pytest.mark.requirement("S0-25")
@pytest.mark.requirement("S0-28")
def test_a_cancellation_is_declined_with_a_reason_and_the_contract_is_in_good_standing(
    agent, customer, desk_portal, visit
):
    server, owes = desk_portal
    number = owes.number(owes.twice)
    theirs = customer.open(f"/contracts/{owes.twice}")
    expect(theirs.get_by_text("Cancellation requested").first).to_be_visible()
    told = customer.another_tab().open("/notifications")
    colleague = visit(role="manager", server=server).open("/staff/cancellations")
    expect(colleague.get_by_role("row").filter(has_text=number)).to_be_visible()

    # The work queue counts it and leads to it.
    page = agent.open("/staff")
    card = page.get_by_role("region", name="Requests to cancel a contract")
    card.get_by_role("row").filter(has_text=number).get_by_role("link").first.click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("after a second attempt failed")
    expect(sheet).to_contain_text("3 payments")
    sheet.get_by_text("Decline: the contract goes on").click()
    sheet.get_by_role("button", name="Decline").click()
    expect(sheet.locator("#decline_try_again_on-err")).to_be_visible()
    day = "new Date(Date.now() + 9 * 864e5).toISOString().slice(0, 10)"
    sheet.get_by_label("Try again on").fill(page.evaluate(day))
    sheet.get_by_role("button", name="Decline").click()
    expect(sheet.locator("#decline_reason-err")).to_be_visible()
    sheet.locator("#decline_reason").fill("You have paid for years.")
    sheet.get_by_role("button", name="Decline").click()
    expect(sheet.get_by_text("Declined", exact=True)).to_be_visible()

    # Everybody's open page follows, without a reload.
    expect(theirs.get_by_text("Cancellation requested")).to_have_count(0)
    expect(theirs.get_by_text("Active").first).to_be_visible()
    expect(told.get_by_text("You have paid for years.").first).to_be_visible()
    expect(colleague.get_by_role("row").filter(has_text=number)).to_have_count(0)
