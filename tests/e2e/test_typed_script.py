"""Script typed into every field that is shown again stays text, for whoever reads it."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

PAYLOADS = (
    "<script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    '"><svg onload=window.__xss=1>',
    "' autofocus onfocus=window.__xss=1 x='",
    "<a href=javascript:window.__xss=1>x</a>",
    "<iframe srcdoc='<script>parent.__xss=1</script>'>",
    "javascript:window.__xss=1",
    "${window.__xss=1}",
    "{{constructor.constructor('window.__xss=1')()}}",
    "`+(window.__xss=1)+`",
    "</title></textarea></style><body onload=window.__xss=1>",
    "&lt;img src=x onerror=window.__xss=1&gt;",
    "\u2028window.__xss=1//",
)
SHORT, LONG = PAYLOADS[1], " ".join(PAYLOADS)


def assert_untouched(*people):
    for person in people:
        for page in person.context.pages:
            assert page.evaluate("window.__xss") is None, page.url


@pytest.mark.asvs("1.2.1")
@pytest.mark.asvs("3.2.2")
def test_what_a_customer_types_is_text_for_the_store(visit, own_portal):
    customer, agent = (
        visit("rental_customer", server=own_portal),
        visit(role="agent", server=own_portal),
    )
    page = customer.open("/items-out")
    page.get_by_role("link", name="Call off rent Generator").click()
    page.get_by_label("How many").fill(SHORT)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("How many")).to_have_value(SHORT)
    page.get_by_label("How many").fill("1")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Pick them up").check()
    page.get_by_label("Where are the items now?").fill(PAYLOADS[2])
    page.get_by_label("Name of a contact").fill(SHORT)
    page.get_by_label("Phone number of the contact").fill(SHORT)
    page.get_by_label("Notes (optional)").fill(LONG)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Phone number of the contact")).to_have_value(SHORT)
    page.get_by_label("Phone number of the contact").fill("(253) 555-0142")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Step 3 of 3")).to_be_visible()
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_role("heading", name="Your request is sent")).to_be_visible()
    number = re.search(r"OR-\w+", page.locator(".ref").inner_text())[0]
    desk = agent.open(f"/staff/rental-requests?open={number}")
    for reader in (page, desk):
        for typed in (SHORT, PAYLOADS[2], PAYLOADS[10]):
            expect(reader.get_by_text(typed, exact=False).first).to_be_visible()
    desk.get_by_text("Decline this request").click()
    desk.get_by_label("Why?").fill(" ".join(PAYLOADS[:6]))
    desk.get_by_role("button", name="Decline", exact=True).click()
    expect(page.get_by_text(PAYLOADS[4], exact=False).first).to_be_visible()
    customer.open("/notifications")
    customer.open("/requests")
    assert_untouched(customer, agent)


@pytest.mark.asvs("1.2.1")
@pytest.mark.asvs("3.2.2")
def test_what_staff_type_is_text_for_everybody(visit, own_portal):
    admin, customer = visit(role="admin", server=own_portal), visit("stranger", server=own_portal)
    page, shown = admin.open("/staff/settings/portal"), customer.open("/help")
    before = page.get_by_label("Announcement on every page").input_value()
    page.get_by_label("Announcement on every page").fill(" ".join(PAYLOADS[:5]))
    page.get_by_label("What customers read while it is closed").fill(" ".join(PAYLOADS[5:10]))
    page.get_by_label("Hours").fill(SHORT)
    page.get_by_role("button", name="Save settings").click()
    expect(shown.get_by_role("region", name="Announcement")).to_contain_text(PAYLOADS[2])
    expect(shown.get_by_text(SHORT, exact=True)).to_be_visible()
    page = admin.open("/staff/settings/help")
    page.get_by_role("button", name="Write a question").click()
    page.get_by_role("textbox", name="Question").fill(SHORT + " ?")
    page.get_by_label("Answer", exact=True).fill(LONG)
    page.get_by_role("button", name="Save").click()
    shown.get_by_text(SHORT + " ?").click()
    expect(shown.get_by_text(PAYLOADS[10], exact=False).first).to_be_visible()
    visitor = visit(server=own_portal)
    visitor.open("/help")
    admin.open("/staff/settings/audit")
    assert_untouched(admin, customer, visitor)
    page = admin.open("/staff/settings/portal")
    page.get_by_label("Announcement on every page").fill(before)
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("Saved. It is in force now.")).to_be_visible()


@pytest.mark.asvs("1.2.1")
@pytest.mark.asvs("3.7.2")
def test_searches_addresses_and_refused_forms_show_script_as_text(visit, own_portal):
    customer, admin = (
        visit("rental_customer", server=own_portal),
        visit(role="admin", server=own_portal),
    )
    for person, paths in (
        (customer, ("/contracts", "/invoices", "/items-out", "/help")),
        (admin, ("/staff/customers", "/staff/rental-requests")),
    ):
        for path in paths:
            page = person.open(path)
            page.locator("input[type=search]").first.fill(" ".join([*PAYLOADS[:2], "zebra"]))
            expect(page.get_by_text(re.compile("No .* match|Nobody found|No item"))).to_be_visible()
    for payload in PAYLOADS[:4]:
        person = quote(payload, safe="")
        for path in (f"/contracts/{person}", f"/requests/{person}", f"/statements/{person}"):
            customer.open(path)
        customer.open(f"/items-out?refused={person}")
    customer.forgive("404")  # a slash in an address makes it that of no page
    stranger = visit(server=own_portal)
    page = stranger.open("/sign-in?next=javascript:window.__xss=1&ended=" + quote(SHORT))
    stranger.fill_in("Sign in", identifier=SHORT, password=SHORT)
    expect(page.locator("#identifier")).to_have_value(SHORT)
    stranger.open("/register")
    stranger.fill_in("Continue", phone=SHORT, email=SHORT, postal_code=SHORT, new_password=SHORT)
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#email")).to_have_value(SHORT)
    stranger.open("/reset")
    stranger.fill_in("Email me a link", identifier=SHORT)
    stranger.settled()
    assert_untouched(customer, admin, stranger)
