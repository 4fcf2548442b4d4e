"""The security page: one's password, an app for codes, and the devices one is signed in on."""

import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP

PASSWORD = "seven-quiet-herons-at-dusk"
NEW = "eleven patient herons wade"


def sign_in(person, name, password):
    person.open("/sign-in")
    person.fill_in("Sign in", identifier=name, password=password)
    person.page.wait_for_url(f"{person.server.address}/")
    return person.settled()


def proved(person, **answers):
    """Open the security page and prove who one is."""
    page = person.open("/security")
    person.fill_in("Confirm", **answers)
    expect(page.locator("#current")).to_be_visible()
    return page


@pytest.mark.asvs("7.5.2")
@pytest.mark.asvs("7.4.3")
def test_signing_another_device_out_closes_the_page_it_has_open(visit, own_portal):
    desk, phone = visit(server=own_portal), visit(server=own_portal)
    page = sign_in(desk, "(253) 555-0163", PASSWORD)
    sign_in(phone, "2535550163", PASSWORD)
    phone.open("/contracts")
    page = desk.open("/security")
    devices = page.get_by_role("region", name="Where you are signed in").get_by_role("listitem")
    expect(devices).to_have_count(2)
    # Nothing can be ended before one has proved who one is.
    expect(devices.get_by_role("button", name="Sign out")).to_have_count(0)
    page = proved(desk, password=PASSWORD)
    devices.get_by_role("button", name="Sign out").first.click()
    expect(devices).to_have_count(1)
    phone.page.wait_for_url("**/sign-in**")
    expect(desk.open("/contracts").get_by_role("table")).to_be_visible()


@pytest.mark.asvs("6.2.2")
@pytest.mark.asvs("6.2.6")
@pytest.mark.asvs("6.2.7")
@pytest.mark.asvs("6.6.1")
@pytest.mark.asvs("7.4.3")
def test_a_password_is_pasted_and_changed_and_an_app_switched_on(visit, own_portal):
    noor, elsewhere = visit(server=own_portal), visit(server=own_portal)
    sign_in(elsewhere, "912-555-0157", PASSWORD)
    sign_in(noor, "912-555-0157", PASSWORD)
    page = proved(noor, password=PASSWORD)
    noor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("words => navigator.clipboard.writeText(words)", NEW)
    box = page.locator("#new_password")
    expect(box).to_have_attribute("autocomplete", "new-password")
    expect(page.locator("#current")).to_have_attribute("autocomplete", "current-password")
    box.focus()
    page.keyboard.press("Control+V")
    expect(box).to_have_value(NEW)
    page.locator("[data-reveal=new_password]").click()
    expect(box).to_have_attribute("type", "text")
    noor.fill_in("Change password", current=PASSWORD)
    expect(page.locator(".alert.good")).to_contain_text("Your password is changed")
    elsewhere.page.wait_for_url("**/sign-in**")

    page = noor.settled()
    page.get_by_role("button", name="Use an authenticator app").click()
    picture = page.locator("img.qr")
    expect(picture).to_be_visible()
    assert page.evaluate("image => image.naturalWidth", picture.element_handle()) > 100
    key = page.locator("#second-step code").inner_text().replace(" ", "")
    page.fill("#factor-code", TOTP(key).now())
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".alert.good")).to_contain_text("A second step is on.")
    page.get_by_role("button", name="Make new recovery codes").click()
    codes = page.locator("#recovery-codes li")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()

    # The next sign-in asks for it; a recovery code works, once.
    for lets_in in (True, False):
        again = visit(server=own_portal)
        again.open("/sign-in")
        again.fill_in("Sign in", identifier="912-555-0157", password=NEW)
        again.page.wait_for_url("**/sign-in/code")
        again.settled()
        again.fill_in("Continue", code=recovery)
        if lets_in:
            again.page.wait_for_url(f"{own_portal.address}/")
        else:
            expect(again.page.locator("#errors")).to_be_focused()
