"""Customers register and sign in, staff let them: in real browsers, with everything typed."""

import re

import pytest
from playwright.sync_api import Page, expect
from pyotp.totp import TOTP

from portal_app import models as m
from tests.door import (
    PASSWORD,
    STAFF_PASSWORD,
    STAFF_SECRET,
    newest_code,
    open_door,
    rows,
)


@pytest.fixture(scope="module")
def door(sqlite_template, tmp_path_factory):
    with open_door(sqlite_template, tmp_path_factory.mktemp("journey")) as server:
        yield server


@pytest.fixture
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on(
        "console",
        lambda line: page.faults.append(line.text) if line.type == "error" else None,
    )
    yield page
    context.close()
    assert page.faults == []


def settled(page: Page) -> Page:
    page.wait_for_selector("#main h1")
    page.wait_for_selector("[aria-busy=true]", state="detached")
    return page


def send(page: Page, label: str, **fields: str) -> None:
    for name, text in fields.items():
        page.fill(f"#{name}", text)
    page.get_by_role("button", name=label, exact=True).click()


def register(door, page, phone):
    page.goto(f"{door.address}/portal")
    send(page, "Sign in", identifier=phone, password=phone)
    page.wait_for_url("**/register")
    settled(page)
    send(page, "Continue", email="Office@Example.com", postal_code="33602-1", new_password=PASSWORD)
    page.wait_for_url("**/register/code")
    settled(page)
    send(page, "Finish", code=newest_code(door, "access.registration_code"))
    page.wait_for_url("**/sign-in")


def sign_in(door, page, phone, password=PASSWORD, path="/sign-in"):
    page.goto(f"{door.address}{path}")
    send(page, "Sign in", identifier=phone, password=password)


def sign_in_staff(door, page):
    sign_in(door, page, "dana@example.com", STAFF_PASSWORD, "/staff/login")
    page.wait_for_url("**/sign-in/code")
    settled(page)
    send(page, "Continue", code=TOTP(STAFF_SECRET).now())
    page.wait_for_url("**/staff")


@pytest.mark.requirement("S3-11")
@pytest.mark.requirement("S3-12")
@pytest.mark.requirement("S3-14")
@pytest.mark.requirement("S3-15")
def test_from_the_phone_typed_twice_to_ones_own_security_page(door, page):
    register(door, page, "8135554240")
    expect(page.locator(".alert.good")).to_contain_text(
        "You can now sign in with your phone number and new password."
    )
    send(page, "Sign in", identifier="(813) 555-4240", password=PASSWORD)
    page.wait_for_url(f"{door.address}/")
    page.goto(f"{door.address}/security")
    expect(settled(page).locator("h1")).to_have_text("Sign-in and security")


@pytest.mark.requirement("S3-13")
def test_what_does_not_match_is_answered_like_what_does(door, page):
    page.goto(f"{door.address}/register")
    settled(page)
    send(page, "Continue", phone="813 555 4241", email="other@example.com", postal_code="33602",
         new_password=PASSWORD)  # fmt: skip
    page.wait_for_url("**/register/code")
    expect(settled(page).locator("#main")).to_contain_text(
        "If those details match ours, we have sent a code to your email. "
        "Nothing after five minutes? Check them and try again, or call your store"
    )
    send(page, "Finish", code="123456")
    expect(page.locator("#errors")).to_contain_text("not the code we sent")


@pytest.mark.requirement("S3-15")
@pytest.mark.asvs("6.2.6")
@pytest.mark.asvs("6.2.7")
def test_the_sign_in_form_keeps_the_name_forgets_the_password_and_says_what_is_wrong(door, page):
    page.goto(f"{door.address}/sign-in")
    password = page.locator("#password")
    assert password.get_attribute("type") == "password"
    assert password.get_attribute("autocomplete") == "current-password"
    assert page.get_attribute("#identifier", "autocomplete") == "username"
    page.fill("#identifier", "813 555 4299")
    password.focus()
    page.evaluate(
        "const data = new DataTransfer(); data.setData('text', 'pasted words');"
        "document.activeElement.dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))"
        " && document.execCommand('insertText', false, 'pasted words')"
    )
    expect(password).to_have_value("pasted words")
    page.get_by_role("button", name="Show password").click()
    assert password.get_attribute("type") == "text"
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors")).to_contain_text("do not belong together")
    expect(page.locator("#identifier")).to_have_value("813 555 4299")
    expect(page.locator("#password")).to_have_value("")
    page.locator("#errors a").click()
    expect(page.locator("#identifier")).to_be_focused()


@pytest.mark.asvs("6.2.6")
@pytest.mark.asvs("6.2.7")
def test_every_password_field_can_be_shown_and_filled_by_a_password_manager(door, page):
    register(door, page, "8135554242")
    new = {"/register": ["new_password"], "/sign-in": []}
    for path, expected in new.items():
        page.goto(f"{door.address}{path}")
        settled(page)
        assert_fields(page, expected or ["password"], new=bool(expected))
    sign_in(door, page, "8135554242")
    page.wait_for_url(f"{door.address}/")
    page.goto(f"{door.address}/security")
    settled(page)
    assert_fields(page, ["password"], new=False)
    send(page, "Confirm", password=PASSWORD)
    page.wait_for_selector("#new_password")
    assert_fields(page, ["new_password"], new=True)
    assert_fields(page, ["current"], new=False)


def assert_fields(page, names, *, new):
    for name in names:
        box = page.locator(f"#{name}")
        assert box.get_attribute("type") == "password"
        assert box.get_attribute("autocomplete") == ("new-password" if new else "current-password")
        assert page.locator(f"[data-reveal={name}]").count() == 1


@pytest.mark.requirement("S3-18")
@pytest.mark.asvs("7.4.1")
@pytest.mark.asvs("7.4.4")
def test_signing_out_ends_every_tab_and_going_back_shows_nothing(door, page):
    register(door, page, "8135554243")
    sign_in(door, page, "8135554243")
    page.wait_for_url(f"{door.address}/")
    page.goto(f"{door.address}/security")
    settled(page)
    other = page.context.new_page()
    other.goto(f"{door.address}/security")
    settled(other)
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in?ended=signed-out")
    expect(page.locator("#main")).to_contain_text("You are signed out.")
    other.wait_for_url("**/sign-in**")
    page.go_back()
    page.wait_for_url("**/sign-in**")
    assert "Where you are signed in" not in page.content()


@pytest.mark.asvs("6.2.2")
@pytest.mark.asvs("7.4.3")
def test_a_password_is_changed_and_a_second_step_added_on_the_security_page(door, page):
    register(door, page, "8135554244")
    sign_in(door, page, "8135554244", path="/sign-in?next=/security")
    page.wait_for_url("**/security")
    settled(page)
    send(page, "Confirm", password="wrong words entirely")
    expect(page.locator("#errors")).to_contain_text("not your password")
    settled(page)
    send(page, "Confirm", password=PASSWORD)
    page.wait_for_selector("#current")
    send(page, "Change password", current=PASSWORD, new_password="eleven patient herons wade")
    expect(page.locator(".alert.good")).to_contain_text("Your password is changed.")
    settled(page)
    page.get_by_role("button", name="Use an authenticator app").click()
    expect(page.locator("img.qr")).to_be_visible()
    secret = page.locator("#second-step code").inner_text().replace(" ", "")
    page.fill("#factor-code", TOTP(secret).now())
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".alert.good")).to_contain_text("A second step is on.")
    settled(page)
    page.get_by_role("button", name="Make new recovery codes").click()
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    code = page.locator("#recovery-codes li").first.inner_text()
    page.context.clear_cookies()
    sign_in(door, page, "8135554244", "eleven patient herons wade")
    page.wait_for_url("**/sign-in/code")
    settled(page)
    send(page, "Continue", code=code)
    page.wait_for_url(f"{door.address}/")


@pytest.mark.requirement("S3-07")
@pytest.mark.asvs("7.4.2")
def test_staff_see_why_somebody_gets_in_and_switch_them_off_at_once(door, page, browser):
    register(door, page, "8135554245")
    sign_in(door, page, "8135554245", path="/sign-in?next=/security")
    page.wait_for_url("**/security")
    settled(page)
    desk = browser.new_context().new_page()
    sign_in_staff(door, desk)
    desk.goto(f"{door.address}/staff/customers")
    settled(desk)
    desk.fill("#search", "firm 5")
    desk.get_by_role("link", name="Firm 5").click()
    expect(desk.locator("#readiness")).to_contain_text("Nothing is missing")
    desk.get_by_label("Customer web portal").uncheck()
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator("#readiness")).to_contain_text("1 thing missing")
    page.wait_for_url("**/sign-in**")
    desk.get_by_role("button", name="Switch it on").click()
    expect(desk.locator("#readiness")).to_contain_text("Nothing is missing")
    expect(desk.get_by_label("Customer web portal")).to_be_checked()
    sign_in(door, page, "8135554245")
    page.wait_for_url(f"{door.address}/")
    desk.context.close()


@pytest.mark.asvs("6.4.3")
def test_a_forgotten_password_is_replaced_by_a_link(door, page):
    register(door, page, "8135554246")
    page.goto(f"{door.address}/reset")
    send(page, "Email me a link", identifier="813-555-4246")
    expect(page.locator(".alert.good")).to_contain_text("is on its way")
    letters = [r for r in rows(door, m.OutboundMessage) if r.topic == "identity.password_reset"]
    path = re.search(r"/reset/[\w-]{43}", letters[-1].text)[0]
    page.goto(f"{door.address}{path}")
    settled(page)
    send(page, "Save new password", new_password="short")
    expect(page.locator("#errors")).to_contain_text("at least 15 characters")
    settled(page)
    send(page, "Save new password", new_password="eleven patient herons wade")
    page.wait_for_url("**/sign-in")
    expect(page.locator(".alert.good")).to_contain_text("Your password is changed")
    page.goto(f"{door.address}{path}")
    expect(settled(page).locator("#main")).to_contain_text("This link no longer works")
