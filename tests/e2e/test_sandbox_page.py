"""Adding a test card in a browser, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from portal_app.integrations.sandbox_gateway import PATH
from tests.e2e.addresses import sandbox, sandbox_page


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_adds_a_test_card_and_comes_back(browser, demo_portal, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page, address = context.new_page(), sandbox_page(demo_portal, f"journey-{scripts}")
    page.goto(f"{demo_portal.address}{address}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a payment method")
    page.get_by_role("radio", name="Visa ending in 0009").check()
    page.get_by_role("button", name="Add this method").click()
    page.wait_for_url("**/help")
    added = sandbox(demo_portal).finished_setup(address.removeprefix(PATH))
    assert (added.brand, added.last4) == ("Visa", "0009")
    context.close()


def test_somebody_goes_back_without_adding_one(visit, demo_portal):
    address = sandbox_page(demo_portal, "left")
    person = visit()
    person.open(address).get_by_role("link", name="Go back without adding one").click()
    person.page.wait_for_url("**/help")
    assert sandbox(demo_portal).finished_setup(address.removeprefix(PATH)) is None


def test_the_keyboard_alone_is_enough(visit, demo_portal):
    address = sandbox_page(demo_portal, "keys")
    page = visit().open(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/help")
    added = sandbox(demo_portal).finished_setup(address.removeprefix(PATH))
    assert added.brand == "Mastercard"
