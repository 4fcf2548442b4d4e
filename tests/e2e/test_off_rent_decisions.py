"""What the wizard refuses, and what the store's answers do to the customer's open page."""

import re

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from tests.door import rows

LIFT = "Call off rent Scissor lift, 19 ft electric"


def ask(person, item, quantity, *, method="We bring them back"):
    """Call an item off by the wizard, and stop before the last button."""
    page = person.open("/items-out")
    page.get_by_role("link", name=item).first.click()
    page.get_by_label("How many do you want to call off?").fill(quantity)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label(method).check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Step 3 of 3")).to_be_visible()
    return page


def sent(page):
    # By its address: the page of an earlier request may still stand there for a moment.
    page.wait_for_url("**/requests/OR-*")
    number = re.search(r"OR-\w+", page.url)[0]
    expect(page.locator(".ref")).to_have_text(re.compile(number))
    expect(page.get_by_role("heading", name="Your request is sent")).to_be_visible()
    return number


@pytest.mark.requirement("S3-25")
def test_what_is_wrong_is_said_beside_its_field_and_all_that_was_typed_stays(visit, own_portal):
    page = visit("rental_customer", server=own_portal).open("/items-out")
    page.get_by_role("link", name=LIFT).click()
    quantity = page.get_by_label("How many do you want to call off?")
    quantity.fill("3")  # two of the three are out
    page.get_by_label("At a date and time").check()
    page.get_by_label("Date and time, if later").fill("2020-01-31T08:30")
    page.get_by_role("button", name="Continue").click()
    summary = page.locator("#errors")
    expect(summary).to_be_focused()
    expect(page.locator("#quantity-err")).to_contain_text("Enter a whole number from 1 to 2.")
    expect(page.locator("#requested_for-err")).to_be_visible()
    expect(quantity).to_have_value("3")
    expect(page.get_by_label("At a date and time")).to_be_checked()
    expect(page.get_by_label("Date and time, if later")).to_have_value("2020-01-31T08:30")
    summary.get_by_role("link", name="from 1 to 2").click()
    expect(quantity).to_be_focused()
    quantity.fill("1")
    page.get_by_label("As soon as possible").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Notes (optional)").fill("Key at the gate")
    page.get_by_label("Phone number of the contact").fill("5")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#method-err")).to_be_visible()
    expect(page.locator("#contact_phone-err")).to_be_visible()
    expect(page.get_by_label("Notes (optional)")).to_have_value("Key at the gate")
    expect(page.get_by_label("Phone number of the contact")).to_have_value("5")


@pytest.mark.requirement("S3-25")
def test_pressing_twice_sends_one_request_and_the_store_has_it_at_once(visit, own_portal):
    agent = visit(role="agent", server=own_portal)
    queue = agent.open("/staff/rental-requests")
    before = len(rows(own_portal, m.RentalRequest))
    page = ask(visit("rental_customer", server=own_portal), LIFT, "1")
    page.get_by_role("button", name="Send request").dblclick()
    number = sent(page)
    assert len(rows(own_portal, m.RentalRequest)) == before + 1
    expect(queue.get_by_role("link", name=number)).to_be_visible()

    # Scheduled: the customer's page says when, without a reload.
    queue.get_by_role("link", name=number).click()
    sheet = queue.get_by_role("dialog")
    sheet.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("Confirmed by the store")).to_be_visible()
    sheet.get_by_label("Day and time").fill("2099-11-30T08:00")
    sheet.get_by_role("button", name="Schedule").click()
    expect(sheet.locator("#when-err")).to_be_visible()
    sheet.get_by_label("Day and time").fill(
        page.evaluate("new Date(Date.now() + 5 * 864e5).toISOString().slice(0, 11) + '09:15'")
    )
    sheet.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text(re.compile("09:15")).first).to_be_visible()

    # The rest of the line may still be called off, and no more than that.
    page.goto(f"{own_portal.address}/items-out")
    page.get_by_role("link", name=LIFT).click()
    expect(page.get_by_text("From 1 to 1.")).to_be_visible()


@pytest.mark.requirement("S3-25")
def test_the_stores_refusal_reaches_the_open_page_with_its_reason(visit, own_portal):
    agent = visit(role="agent", server=own_portal)
    customer = visit("rental_customer", server=own_portal)
    page = ask(customer, "Call off rent Light tower, LED, towable", "2", method="Pick them up")
    page.get_by_role("button", name="Send request").click()
    number = sent(page)
    items = customer.another_tab().open("/items-out")
    asked = items.get_by_role("link", name=re.compile(number))
    expect(asked).to_be_visible()
    desk = agent.open(f"/staff/rental-requests?open={number}")
    sheet = desk.get_by_role("dialog")
    sheet.get_by_text("Decline this request").click()
    sheet.get_by_role("button", name="Decline", exact=True).click()
    expect(sheet.locator("#reason-err")).to_be_visible()
    sheet.get_by_label("Why?").fill("The yard is flooded until Friday.")
    sheet.get_by_role("button", name="Decline", exact=True).click()
    expect(page.get_by_text("The yard is flooded until Friday.").first).to_be_visible()
    expect(page.get_by_text("Declined", exact=True).first).to_be_visible()
    # Nothing stands in the way of asking again.
    expect(asked).to_have_count(0)
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(desk.get_by_role("link", name=number)).to_have_count(0)


def another_request(person, item):
    page = ask(person, item, "1")
    page.get_by_role("button", name="Send request").click()
    return sent(page)


@pytest.mark.requirement("S3-25")
def test_what_was_typed_for_one_request_is_not_there_for_the_next(visit, own_portal):
    customer = visit("rental_customer", server=own_portal)
    first = another_request(customer, "Call off rent Generator, 36 kW towable")
    second = another_request(customer, "Call off rent Light tower, LED, towable")
    desk = visit(role="agent", server=own_portal).open("/staff/rental-requests")
    sheet, why = desk.get_by_role("dialog"), desk.get_by_label("Why?")

    def open_request(number):
        desk.get_by_role("link", name=number).click()
        expect(sheet).to_contain_text(number)
        sheet.get_by_text("Decline this request").click()
        expect(why).to_have_value("")
        why.fill(f"Typed for {number}")

    open_request(first)
    desk.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(desk.get_by_role("link", name=first)).to_be_focused()
    open_request(second)
    # The browser's own way from one request to the other, over the list between them.
    desk.evaluate("history.go(-2)")
    expect(sheet).to_contain_text(first)
    expect(why).to_have_value("")


@pytest.mark.requirement("S3-25")
def test_a_press_counts_although_the_page_is_told_of_a_change_meanwhile(visit, own_portal):
    customer = visit("big_rental_customer", server=own_portal)
    pressed, other = (
        another_request(customer, "Call off rent Trash pump, 3 in"),
        another_request(customer, "Call off rent Plate compactor, 20 in"),
    )
    desk = visit(role="agent", server=own_portal).open("/staff/rental-requests")
    desk.get_by_role("link", name=pressed).click()
    sheet = desk.get_by_role("dialog")
    why = sheet.get_by_label("Why?")
    sheet.get_by_text("Decline this request").click()
    why.fill("Half a reason")
    sheet.get_by_role("button", name="Acknowledge").hover()
    desk.mouse.down()
    page = customer.open(f"/requests/{other}")
    page.get_by_role("button", name="Cancel request").click()
    page.get_by_role("button", name="Cancel the request").click()
    expect(desk.locator("tbody").get_by_text(other)).to_have_count(0)
    desk.mouse.up()
    expect(sheet.get_by_text("Confirmed", exact=True)).to_be_visible()
    expect(why).to_have_value("Half a reason")
