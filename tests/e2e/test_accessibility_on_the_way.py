"""axe on the pages that one reaches only by doing something: wizards, codes, reports, secrets."""

import re
import zipfile

import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.services import identity
from tests import factories as f
from tests.door import STAFF_PASSWORD, rows
from tests.e2e.test_accessibility import judge
from tests.e2e.test_devices import PASSWORD, proved, sign_in
from tests.e2e.test_first_registration import HECTOR, type_details
from tests.e2e.test_imports import CUSTOMER
from tests.people import database_at

STILL = {"reduced_motion": "reduce"}


@pytest.fixture
def looked_at(orchard_css):
    """Judge a page as it stands, and come back to how it was."""

    def look(page):
        assert judge(page, orchard_css) == ""
        page.set_viewport_size({"width": 1280, "height": 800})

    return look


@pytest.mark.requirement("S3-25")
def test_each_step_of_calling_off_and_what_comes_of_it(visit, own_portal, looked_at):
    customer = visit("rental_customer", server=own_portal, **STILL)
    page = customer.open("/items-out")
    page.get_by_role("link", name=re.compile("^Call off rent")).first.click()
    expect(page.get_by_text("Step 1 of 3")).to_be_visible()
    page.get_by_label("How many do you want to call off?").fill("none")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looked_at(page)  # with what is wrong beside its field
    page.get_by_label("How many do you want to call off?").fill("1")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Step 2 of 3")).to_be_visible()
    page.get_by_label("Pick them up").check()
    page.get_by_label("Where are the items now?").fill("Gate 4, Harbour Road")
    page.get_by_label("Phone number of the contact").fill("(253) 555-0111")
    looked_at(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Step 3 of 3")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_role("heading", name="Your request is sent")).to_be_visible()
    looked_at(page)
    number = re.search(r"OR-\w+", page.locator(".ref").inner_text())[0]
    looked_at(customer.open(f"/requests/{number}"))
    desk = visit(role="agent", server=own_portal, **STILL)
    sheet = desk.open(f"/staff/rental-requests?open={number}")
    expect(sheet.get_by_role("dialog")).to_be_visible()
    looked_at(sheet)


@pytest.mark.requirement("S3-10")
def test_the_report_of_an_import(visit, own_portal, looked_at, tmp_path):
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as archive:
        for name, content in CUSTOMER.items():
            archive.writestr(name, content)
    manager = visit(role="manager", server=own_portal, **STILL)
    page = manager.open("/staff/imports")
    page.set_input_files("[name=feed]", tmp_path / "feed.zip")
    page.check("[name=dry_run]")
    page.get_by_role("button", name="Send the feed").click()
    page.wait_for_url(re.compile(r"/staff/imports/[0-9a-f-]{36}"))
    page.get_by_text("would be written").wait_for()
    looked_at(page)


@pytest.mark.requirement("S3-12")
def test_the_code_of_a_registration_and_a_new_password_by_a_link(visit, own_portal, looked_at):
    hector = visit(server=own_portal, **STILL)
    hector.moves_to(40)
    type_details(hector, postal_code="77550", **HECTOR)
    looked_at(hector.page)
    hector.fill_in("Finish", code="000000")
    expect(hector.page.locator("#errors")).to_be_focused()
    looked_at(hector.page)

    forgetful = visit(server=own_portal, **STILL)
    forgetful.moves_to(41)
    forgetful.open("/reset")
    forgetful.fill_in("Email me a link", identifier="(253) 555-0163")
    forgetful.page.wait_for_url("**/reset**")
    forgetful.settled()
    letter = [row for row in rows(own_portal, m.OutboundMessage) if "/reset/" in row.text][-1]
    looked_at(forgetful.open(re.search(r"/reset/\S+", letter.text)[0]))


@pytest.mark.asvs("6.6.1")
def test_ones_password_an_app_and_recovery_codes_and_the_code_at_the_door(
    visit, own_portal, looked_at
):
    noor = visit(server=own_portal, **STILL)
    noor.moves_to(42)
    sign_in(noor, "912-555-0157", PASSWORD)
    page = proved(noor, password=PASSWORD)
    looked_at(page)
    page.get_by_role("button", name="Use an authenticator app").click()
    expect(page.locator("img.qr")).to_be_visible()
    looked_at(page)
    key = page.locator("#second-step code").inner_text().replace(" ", "")
    page.fill("#factor-code", TOTP(key).now())
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".alert.good")).to_be_visible()
    page.get_by_role("button", name="Make new recovery codes").click()
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    looked_at(page)
    again = visit(server=own_portal, **STILL)
    again.moves_to(43)
    again.open("/sign-in")
    again.fill_in("Sign in", identifier="912-555-0157", password=PASSWORD)
    again.page.wait_for_url("**/sign-in/code")
    looked_at(again.settled())


@pytest.mark.asvs("6.3.3")
def test_a_new_colleague_sets_up_an_app_before_anything_else(visit, own_portal, looked_at):
    with database_at(own_portal.database):
        identity.create_staff(
            Actor.system("tests"), brand=f.brand().id, email="june@example.com",
            name="June Abara", role=Role.AGENT, password=STAFF_PASSWORD,
        )  # fmt: skip
    june = visit(server=own_portal, **STILL)
    june.moves_to(44)
    june.open("/staff/login")
    june.fill_in("Sign in", identifier="june@example.com", password=STAFF_PASSWORD)
    june.page.wait_for_url("**/sign-in/set-up")
    expect(june.settled().locator("img.qr")).to_be_visible()
    looked_at(june.page)
