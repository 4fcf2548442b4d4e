"""A customer calls items off rent while the store watches, each in a browser of their own."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Role
from tests import factories as f
from tests.licences import write_licence
from tests.people import database_at, sign_in
from tests.portal_server import PortalServer, running


@dataclass
class Counter:
    """A store with one customer, and the portal between them."""

    server: PortalServer
    line: m.ContractLine
    owner: str
    staff: dict[Role, str]
    page_of: Callable[[str], Page]

    def open(self, page: Page, path: str) -> Page:
        page.goto(f"{self.server.address}{path}")
        page.wait_for_selector("#main h1")
        page.wait_for_selector("[aria-busy=true]", state="detached")
        return page


@pytest.fixture
def counter(browser, sqlite_template, tmp_path):
    shutil.copy(sqlite_template, tmp_path / "portal.db")
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    with database_at(url):
        store = f.store(timezone="America/New_York", address="2 Pier Road, Tampa")
        account = f.account(store_id=store.id, timezone="America/New_York")
        line = f.line(
            f.contract(account, store_id=store.id),
            site="Pier 7",
            out_at=clock.now(),
            due_back_at=clock.now(),
        )
        who = f.person()
        f.contact(account, who)
        owner = f.user(who).id
        staff = {role: f.staff(role).user_id for role in Role}
        licence = write_licence(tmp_path)
    contexts = []
    with running(url, tmp_path, PORTAL_JOBS="off", **licence) as server:

        def page_of(user: str) -> Page:
            context = browser.new_context()
            contexts.append(context)
            cookie = sign_in(url, user).cookie
            secure = server.address.replace("http:", "https:")
            named = {"name": "__Host-portal", "value": cookie, "url": secure}
            context.add_cookies([named | {"secure": True, "httpOnly": True, "sameSite": "Lax"}])
            page = context.new_page()
            page.set_default_timeout(15_000)
            return page

        yield Counter(server, line, owner, staff, page_of)
        for context in contexts:
            context.close()


@pytest.mark.requirement("S3-24")
@pytest.mark.requirement("S3-25")
def test_customer_and_store_follow_each_other_without_a_reload(counter):
    store = counter.open(counter.page_of(counter.staff[Role.AGENT]), "/staff/rental-requests")
    expect(store.get_by_text("Nothing is open")).to_be_visible()
    customer = counter.open(counter.page_of(counter.owner), "/items-out")
    customer.get_by_role("link", name="Call off rent Scissor lift, 26 ft").click()

    # Step 1: a wrong quantity is refused beside its field and stays as typed.
    customer.get_by_label("How many do you want to call off?").fill("9")
    customer.get_by_role("button", name="Continue").click()
    expect(customer.get_by_role("alert")).to_contain_text("Enter a whole number from 1 to 3.")
    expect(customer.get_by_label("How many do you want to call off?")).to_have_value("9")
    customer.get_by_label("How many do you want to call off?").fill("2")
    customer.get_by_role("button", name="Continue").click()

    # Step 2, and back by the browser: what was answered is still there.
    expect(customer.get_by_text("Step 2 of 3")).to_be_visible()
    customer.go_back()
    expect(customer.get_by_label("How many do you want to call off?")).to_have_value("2")
    customer.get_by_role("button", name="Continue").click()
    customer.get_by_label("Pick them up").check()
    expect(customer.get_by_label("Where are the items now?")).to_have_value("Pier 7")
    customer.get_by_label("Phone number of the contact").fill("(813) 555-0111")
    customer.get_by_label("Notes (optional)").fill("Ask for the yard key.")
    customer.get_by_role("button", name="Continue").click()

    # Step 3: change one answer and come back here.
    expect(customer.get_by_text("Step 3 of 3")).to_be_visible()
    customer.get_by_role("link", name="Change Quantity").click()
    customer.get_by_label("How many do you want to call off?").fill("1")
    customer.get_by_role("button", name="Continue").click()
    expect(customer.get_by_text("Step 3 of 3")).to_be_visible()
    customer.get_by_role("button", name="Send request").click()
    expect(customer.get_by_role("heading", name="Your request is sent")).to_be_visible()
    number = re.search(r"OR-\w+", customer.locator(".ref").inner_text())[0]
    customer.reload()
    expect(customer.get_by_text(number).first).to_be_visible()

    # The store sees it at once, opens it, and is refused before it is right.
    store.get_by_role("link", name=number).click()
    sheet = store.get_by_role("dialog")
    expect(sheet.get_by_text("Ask for the yard key.")).to_be_visible()
    sheet.get_by_label("Rent stops").fill("2020-01-01T08:00")
    sheet.get_by_role("button", name="Acknowledge").click()
    expect(sheet.get_by_role("alert")).to_contain_text("after the items went out")
    reload = counter.open(store, f"/staff/rental-requests?open={number}").get_by_role("dialog")
    reload.get_by_role("button", name="Acknowledge").click()

    # The customer's open page follows, and so does the store's when the customer acts.
    expect(customer.get_by_text("Confirmed by the store")).to_be_visible()
    customer.get_by_role("button", name="Cancel request").click()
    customer.get_by_role("button", name="Cancel the request").click()
    expect(reload.get_by_text("Cancelled", exact=True).first).to_be_visible()
    store.keyboard.press("Escape")
    expect(store.get_by_role("dialog")).to_have_count(0)
    expect(store.get_by_text("Nothing is open")).to_be_visible()


@pytest.mark.requirement("S0-01")
@pytest.mark.requirement("S0-02")
def test_announcement_and_support_address_reach_an_open_page(counter):
    customer = counter.open(counter.page_of(counter.owner), "/items-out")
    admin = counter.open(counter.page_of(counter.staff[Role.ADMIN]), "/staff/settings/portal")
    admin.get_by_label("Announcement on every page").fill("Closed on Thursday.")
    admin.get_by_label("Email").fill("help@harbourline.example")
    admin.get_by_role("button", name="Save settings").click()
    expect(admin.get_by_text("Saved. It is in force now.")).to_be_visible()
    banner = customer.get_by_role("region", name="Announcement")
    expect(banner).to_contain_text("Closed on Thursday.")
    report = customer.get_by_role("link", name="Report a problem")
    expect(report).to_have_attribute("href", re.compile("^mailto:help@harbourline.example"))
    banner.get_by_role("button", name="Dismiss").click()
    expect(banner).to_have_count(0)
    customer.reload()
    expect(customer.get_by_role("link", name="Report a problem")).to_be_visible()
    expect(banner).to_have_count(0)


@pytest.mark.requirement("S0-01")
def test_closed_portal_sends_open_pages_to_the_door_and_lets_staff_work(counter):
    customer = counter.open(counter.page_of(counter.owner), "/items-out")
    admin = counter.open(counter.page_of(counter.staff[Role.ADMIN]), "/staff/settings/portal")
    admin.get_by_label("The portal is open to customers").uncheck()
    admin.get_by_label("What customers read while it is closed").fill("Back on Monday at 8.")
    admin.get_by_role("button", name="Save settings").click()
    expect(customer.get_by_text("Back on Monday at 8.")).to_be_visible()
    assert "/sign-in" in customer.url
    customer.goto(f"{counter.server.address}/requests")
    expect(customer.get_by_text("Back on Monday at 8.")).to_be_visible()
    counter.open(admin, "/staff/rental-requests")
    counter.open(admin, "/staff/settings/portal")
    admin.get_by_label("The portal is open to customers").check()
    admin.get_by_role("button", name="Save settings").click()
    expect(customer.get_by_text("Back on Monday at 8.")).to_have_count(0)
    counter.open(customer, "/items-out")
    expect(customer.get_by_text("Scissor lift, 26 ft").first).to_be_visible()


@pytest.mark.requirement("S0-03")
def test_answer_is_found_on_an_open_help_page_once_it_is_published(counter):
    reader = counter.open(counter.page_of(counter.owner), "/help")
    editor = counter.open(counter.page_of(counter.staff[Role.MANAGER]), "/staff/settings/help")
    editor.get_by_role("button", name="Write a question").first.click()
    editor.get_by_role("textbox", name="Question").fill("When do you open?")
    editor.get_by_label("Answer", exact=True).fill("At seven,\nevery weekday.")
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_role("dialog")).to_have_count(0)
    reader.get_by_text("When do you open?").click()
    expect(reader.get_by_text("every weekday.")).to_be_visible()
    reader.get_by_label("Search the help pages").fill("nothing of the kind")
    expect(reader.get_by_text("No question matches")).to_be_visible()
