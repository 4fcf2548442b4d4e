"""Staff come in by the real door, let a customer in, write help and see what a licence does."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP

from portal_app.services import licensing
from tests.licences import PRIVATE, PUBLIC

STAFF = tomllib.loads(Path("demo/staff.toml").read_text(encoding="utf-8"))["staff"]


@pytest.mark.asvs("6.3.3")
def test_staff_sign_in_with_a_password_and_a_code(visit, own_portal):
    yuki = next(one for one in STAFF if one["email"] == "admin@harbourline.example.com")
    person = visit(server=own_portal)
    person.open("/staff/login")
    person.fill_in("Sign in", identifier=yuki["email"], password=yuki["password"])
    person.page.wait_for_url("**/sign-in/code")
    # The password alone opens nothing.
    other = person.another_tab()
    other.open("/staff/customers")
    assert "/sign-in" in other.page.url
    person.settled()
    expect(person.page.locator("#code")).to_have_attribute("autocomplete", "one-time-code")
    person.fill_in("Continue", code="000 000")
    expect(person.page.locator("#errors")).to_be_focused()
    person.fill_in("Continue", code=TOTP(yuki["secret"]).now())
    person.page.wait_for_url("**/staff")
    expect(person.settled().get_by_role("heading", level=1)).to_have_text("Work queue")


def find(page, number):
    """Open the one customer that the search leaves."""
    page.get_by_role("searchbox", name="Find by name").fill(number)
    expect(page.get_by_role("rowheader")).to_have_count(1)
    # By its address: what was found before may still stand there.
    page.get_by_role("rowheader").locator(f"a[href='/staff/customers/{number}']").click()


@pytest.mark.requirement("S3-05")
@pytest.mark.requirement("S3-06")
@pytest.mark.requirement("S3-07")
def test_the_checklist_says_what_is_missing_and_one_click_mends_it(visit, own_portal):
    agent = visit(role="agent", server=own_portal)
    page = agent.open("/staff/customers")
    page.get_by_role("button", name="Not ready").click()
    find(page, "20127")
    readiness = agent.settled().locator("#readiness")
    expect(readiness).to_contain_text("1 thing missing")
    readiness.get_by_role("button", name="Switch it on").click()
    expect(readiness).to_contain_text("Nothing is missing")
    expect(page.get_by_text("Ready, not published")).to_be_visible()
    expect(page.get_by_label("Customer web portal")).to_be_checked()

    # A main phone number belongs to one account; the refusal names the other.
    page.get_by_label("Main phone number").fill("218 555 0131")
    page.get_by_label("ZIP or postal code").fill("55616")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#phone-err")).to_contain_text("20114")
    expect(page.get_by_label("Main phone number")).to_have_value("218 555 0131")

    # Another customer's page starts with their own details.
    page.get_by_role("link", name="Customers").first.click()
    find(page, "30211")
    expect(page.get_by_role("heading", level=1)).to_have_text("Factors Walk Ironworks")
    expect(page.get_by_label("Main phone number")).to_have_value("912-555-0111")
    expect(page.get_by_label("ZIP or postal code")).to_have_value("")
    page.get_by_label("ZIP or postal code").fill("31401")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#readiness")).to_contain_text("Nothing is missing")


@pytest.mark.requirement("S0-03")
def test_a_help_page_is_gone_from_an_open_page_when_it_is_taken_back(visit, own_portal):
    reader, editor = visit(server=own_portal), visit(role="manager", server=own_portal)
    page, help_page = editor.open("/staff/settings/help"), reader.open("/help")
    page.get_by_role("button", name="Write a question").click()
    page.get_by_role("textbox", name="Question").fill("Where do I park?")
    page.get_by_label("Answer", exact=True).fill("Behind the depot.")
    page.get_by_role("button", name="Save").click()
    expect(help_page.get_by_text("Where do I park?")).to_be_visible()
    help_page.get_by_label("Search the help pages").fill("park")
    expect(help_page.get_by_text("How do I sign in")).to_have_count(0)
    page.get_by_role("button", name="Edit Where do I park?").click()
    page.get_by_label("Published").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(help_page.get_by_text("Where do I park?")).to_have_count(0)


@pytest.fixture
def no_licence(own_portal, tmp_path):
    """Take the licence away from under the running portal, until the test is over."""
    yield lambda: own_portal.licence.rename(tmp_path / "licence")
    (tmp_path / "licence").rename(own_portal.licence)


@pytest.mark.requirement("S3-04")
def test_when_the_licence_goes_the_rental_pages_go_with_it_and_nothing_is_lost(
    visit, own_portal, no_licence
):
    renata, admin = (
        visit("rental_customer", server=own_portal),
        visit(role="admin", server=own_portal),
    )
    page = renata.open("/contracts")
    menu = page.get_by_role("navigation", name="Main")
    paper = page.get_by_role("link", name=re.compile("as PDF")).first.get_attribute("href")
    rental = ("Contracts", "Quotes", "Reservations", "Items out", "Requests", "Invoices")
    for name in rental:
        expect(menu.get_by_role("link", name=name)).to_be_visible()

    # Whatever the customer does next on the open page says so, and the menu follows.
    no_licence()
    page.get_by_role("searchbox", name="Search contracts").fill("R-77")
    expect(page.locator("#main")).to_contain_text("not licensed")
    for name in rental:
        expect(menu.get_by_role("link", name=name)).to_have_count(0)
    expect(menu.get_by_text("Money", exact=True)).to_be_hidden()
    page.get_by_role("link", name="Go to the start page").click()
    expect(page.get_by_role("region", name="Balance and payments")).to_be_visible()
    expect(page.locator("#main").get_by_role("link")).to_have_count(0)
    for path in ("/items-out", "/requests", "/statements", "/invoices", "/quotes"):
        renata.page.goto(f"{own_portal.address}{path}")
        expect(page.locator("#main")).to_contain_text("not licensed")
    assert renata.context.request.get(f"{own_portal.address}{paper}").status == 403

    # The admin reads why; staff keep what is there.
    page = admin.open("/staff/settings/licence")
    expect(page.get_by_text("Not licensed").first).to_be_visible()
    page = admin.open("/staff/customers/10427")
    expect(page.locator("#readiness")).to_contain_text("1 thing missing")


@pytest.mark.requirement("S3-04")
def test_with_the_licence_everything_is_there_again(visit, own_portal):
    page = visit("rental_customer", server=own_portal).open("/contracts")
    expect(page.get_by_role("link", name="R-77120", exact=True)).to_be_visible()
    menu = page.get_by_role("navigation", name="Main")
    expect(menu.get_by_role("link", name="Items out")).to_be_visible()


@pytest.fixture
def licence_ran_out(own_portal):
    """Put a licence in its place that ran out yesterday, until the test is over."""
    kept = own_portal.licence.read_text("ascii")
    held = licensing.read(kept, {"tests": PUBLIC})
    yesterday = int((datetime.now(UTC) - timedelta(days=1)).timestamp())
    ran_out = held.model_copy(update={"exp": yesterday})
    own_portal.licence.write_text(licensing.issue(PRIVATE, ran_out), "ascii")
    yield
    own_portal.licence.write_text(kept, "ascii")


@pytest.mark.requirement("S3-04")
def test_managers_and_admins_read_on_every_page_that_the_licence_has_run_out(
    visit, own_portal, licence_ran_out
):
    admin, agent = (visit(role=role, server=own_portal) for role in ("admin", "agent"))
    for path in ("/staff", "/staff/customers/10427"):
        page = admin.open(path)
        expect(page.get_by_role("region", name="The licence has run out")).to_contain_text(
            "customers do not see the rental pages"
        )
    page.get_by_role("link", name="See the licence").click()
    expect(page.get_by_text("Has run out").first).to_be_visible()
    page = agent.open("/staff")
    expect(page.get_by_role("region", name="The licence has run out")).to_have_count(0)
