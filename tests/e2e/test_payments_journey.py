"""A customer puts a missed payment right by themselves, and only where they wish to."""

import re

import pytest
from playwright.sync_api import expect

NUMBER, TWIN = "SD-40119", "SD-40118"
RUN_OUT = re.compile(r"Visa ending 4486 expired on \d+ \w+ 20\d\d")


@pytest.mark.requirement("S0-16")
@pytest.mark.requirement("S0-17")
@pytest.mark.requirement("S0-19")
@pytest.mark.requirement("S0-21")
@pytest.mark.requirement("S0-26")
@pytest.mark.requirement("S0-27")
def test_a_missed_payment_is_put_right_on_one_contract_alone(visit, own_portal):
    customer = visit("head", server=own_portal)
    page = customer.open("/")
    alert = page.get_by_role("region", name=f"A payment was missed on contract {NUMBER}")
    expect(alert).to_contain_text("Change how you pay before")
    ahead = page.get_by_role("region", name="What happens next")
    expect(ahead.get_by_text("Payment missed").first).to_be_visible()
    expect(ahead.get_by_text("The card has expired.").first).to_be_visible()
    expect(ahead).to_contain_text("If you do nothing")
    expect(ahead).to_contain_text("If you add a valid method before")

    # On the contract's own page other contracts are named, and none of them is ticked.
    alert.get_by_role("link", name="Change how you pay").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How you pay")
    customer.settled()
    banner = page.get_by_role("region", name=RUN_OUT)
    expect(banner.get_by_role("link", name=TWIN)).to_be_visible()
    boxes = page.get_by_role("checkbox").all()
    assert boxes
    assert not any(box.is_checked() for box in boxes)
    expect(page.get_by_role("radio")).to_have_count(1)  # not the card that has run out

    # Leaving the hosted page changes nothing, and says so.
    page.get_by_role("button", name="Add a method").click()
    page.wait_for_url("**/sandbox-gateway/**")
    page.get_by_role("link", name="Go back without adding one").click()
    page.wait_for_url("**/payment-method?setup=*")
    expect(page.get_by_role("heading", name="No method was added")).to_be_visible()

    # Adding a card there brings one back to a good word and another forecast.
    customer.settled().get_by_role("button", name="Add a method").click()
    page.wait_for_url("**/sandbox-gateway/**")
    page.get_by_role("radio", name="Visa ending in 4242").check()
    page.get_by_role("button", name="Add this method").click()
    page.wait_for_url("**/payment-method?setup=*")
    expect(page.get_by_role("heading", name="Visa ending 4242 is added")).to_be_visible()
    ahead = customer.settled().get_by_role("region", name="What happens next")
    expect(ahead).to_contain_text("If that works")
    expect(page.get_by_text("If you add a valid method before")).to_have_count(0)

    # The switch of an administrator reaches the open page.
    page.get_by_role("link", name="Back to the contract").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NUMBER)
    customer.settled()
    expect(page.get_by_role("button", name="Pay now")).to_have_count(0)
    admin = visit(role="admin", server=own_portal).open("/staff/settings/features")
    admin.get_by_role("button", name="Switch on Pay now").click()
    page.get_by_role("button", name="Pay now").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Pay now").click()
    expect(page.get_by_text("Paid. Thank you")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Paid late")).to_be_visible()
    expect(page.get_by_role("region", name=RUN_OUT)).to_have_count(0)
    expect(page.get_by_text("Active", exact=True).first).to_be_visible()
    expect(page.get_by_text("Payment missed")).to_have_count(0)

    # The same card on the other contract is still what it was.
    customer.open(f"/contracts/{TWIN}")
    expect(page.get_by_role("region", name=RUN_OUT)).to_be_visible()
    expect(page.get_by_text("Visa ending 4242")).to_have_count(0)


@pytest.mark.requirement("S0-04")
@pytest.mark.requirement("S0-20")
def test_schedules_are_only_to_be_read(visit):
    page = visit("head").open("/payments")
    expect(page.get_by_role("img", name=re.compile("^Payments from"))).to_have_count(3)
    expect(page.locator("#main input, #main select")).to_have_count(0)
    expect(page.get_by_role("link", name="Ask us about a payment")).to_be_visible()
    expect(page.get_by_role("heading", level=2)).to_have_count(2)
