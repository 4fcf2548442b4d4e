"""What every page keeps to in a real browser: policy, secrets, storage, frames, narrow screens."""

import json
import re

import pytest
from playwright.sync_api import expect

from portal_app.routes import ROUTES
from tests.e2e.addresses import CONSUMER, DOORS, PAYER, STAFF

COOKIE = "__Host-portal"
WALKS = {"rental_customer": CONSUMER, "head": PAYER, "admin": STAFF, "": DOORS}
STORES = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"


def secret_of(person):
    return next((c["value"] for c in person.context.cookies() if c["name"] == COOKIE), "")


def listen(person):
    """Collect all that goes over the person's sockets."""
    frames = []

    def opened(socket):
        frames.append(socket.url)
        socket.on("framesent", lambda frame: frames.append(str(frame)))
        socket.on("framereceived", lambda frame: frames.append(str(frame)))

    person.page.on("websocket", opened)
    return frames


def test_every_page_without_a_parameter_is_walked():
    walked = {path for walk in WALKS.values() for path in walk}
    assert {route.path for route in ROUTES if "[" not in route.path} <= walked


@pytest.mark.asvs("3.3.4")
@pytest.mark.asvs("3.4.3")
@pytest.mark.asvs("14.2.1")
@pytest.mark.asvs("14.2.3")
@pytest.mark.asvs("14.3.3")
@pytest.mark.parametrize("who", WALKS)
def test_pages_break_no_policy_leak_no_secret_and_fit_a_narrow_screen(visit, who):
    """`visit` fails on any console error, broken policy or request to another host."""
    staff = {"role": who} if who == "admin" else {"key": who}
    person = visit(**staff, viewport={"width": 320, "height": 640})
    frames, addresses, wide = listen(person), [], []
    person.page.on("request", lambda request: addresses.append(request.url))
    for path in WALKS[who]:
        page = person.open(path)
        measured = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if over := page.evaluate(measured):
            wide.append((path, over))
        if secret := secret_of(person):
            assert secret not in page.content()
            assert secret not in page.evaluate(STORES)
    assert wide == []
    assert len(frames) > len(WALKS[who])
    if secret := secret_of(person):
        assert not [frame for frame in frames if secret in frame]
        assert not [address for address in addresses if secret in address]
    kept = json.loads(person.page.evaluate(STORES))
    assert set(kept[0]) <= {"theme"}
    scrolled = json.loads(kept[1].pop("react-router-scroll-positions", "{}"))
    assert [height for height in scrolled.values() if not isinstance(height, int | float)] == []
    assert set(kept[1]) <= {"token"}
    assert kept[2] == ""


@pytest.mark.requirement("S3-18")
@pytest.mark.asvs("7.4.4")
@pytest.mark.asvs("14.3.1")
def test_signing_out_leaves_nothing_in_the_browser_and_back_shows_the_door(visit):
    person = visit("past_due")
    page = person.open("/invoices")
    tab = page.evaluate("sessionStorage.getItem('token')")
    other = person.another_tab()
    other.open("/contracts")
    page.locator("button.acct").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in**")
    other.page.wait_for_url("**/sign-in**")
    person.settled()
    assert secret_of(person) == ""
    kept = json.loads(page.evaluate(STORES))
    assert set(kept[0]) <= {"theme"}  # the page of the door has set it anew
    assert kept[1].get("token") != tab
    page.go_back()
    page.wait_for_url("**/sign-in**")
    assert "Left to pay" not in page.content()


@pytest.mark.asvs("3.4.6")
def test_no_page_shows_inside_a_frame(visit):
    person = visit("rental_customer")
    person.page.goto(f"{person.server.address}/healthz")
    person.page.evaluate(
        """address => new Promise(done => {
            const frame = Object.assign(document.createElement('iframe'), {src: address});
            frame.onload = done;
            document.documentElement.append(frame);
        })""",
        f"{person.server.address}/sign-in",
    )
    framed = person.page.frames[1]
    assert framed.url.startswith("chrome-error:")
    person.forgive("frame-ancestors")


def test_keyboard_users_skip_the_menu_and_land_where_links_lead(visit):
    person = visit("rental_customer")
    page = person.open("/contracts")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    # Another page inside the app: its heading has the focus, its name is the title.
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Invoices").press("Enter")
    heading = page.get_by_role("heading", level=1, name="Invoices")
    expect(heading).to_be_focused()
    expect(page).to_have_title("Invoices")
    person.settled()
    link = page.locator("tbody").get_by_role("link").first
    link.focus()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("INV-")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_wrong_form_leads_to_its_fields(visit):
    person = visit("rental_customer")
    page = person.open("/statements")
    day = page.get_by_label("Statement for a date")
    day.fill("2999-01-31")
    page.get_by_role("button", name="Show statement").click()
    expect(page.locator("#errors")).to_be_focused()
    page.locator("#errors").get_by_role("link").press("Enter")
    expect(day).to_be_focused()
    expect(day).to_have_attribute("aria-invalid", "true")
    expect(day).to_have_attribute("aria-describedby", "as_of-err as_of-hint")


def test_what_opens_over_a_page_takes_the_focus_and_gives_it_back(visit):
    person = visit(role="manager")
    page = person.open("/staff/settings/help")
    write = page.get_by_role("button", name="Write a question")
    write.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    for _ in range(12):  # the Tab key stays inside
        page.keyboard.press("Tab")
        assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(write).to_be_focused()
    account = page.locator("button.acct")
    account.press("Enter")
    menu = page.get_by_role("group", name="Account")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    first = menu.locator(".menu-i").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(menu.locator(".menu-i").last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(account).to_be_focused()


def test_a_lost_connection_is_said_and_what_was_typed_stays(visit):
    person = visit("rental_customer")
    page = person.open("/statements")
    day = page.get_by_label("Statement for a date")
    day.fill("2026-01-31")
    bar = page.get_by_text("You are offline. Nothing you typed is lost.")
    person.context.set_offline(True)
    expect(bar).to_be_visible()
    person.context.set_offline(False)
    expect(bar).to_have_count(0)
    expect(day).to_have_value("2026-01-31")
    person.faults.clear()  # the browser's own words about the lost connection


@pytest.mark.asvs("7.3.1")
def test_who_does_nothing_is_warned_may_stay_and_is_signed_out(visit):
    person = visit("rental_customer")
    person.page.clock.install()
    page = person.open("/items-out")
    page.clock.fast_forward("28:05")
    warning = page.get_by_role("alertdialog", name="You will be signed out in 2 minutes")
    expect(warning).to_be_visible()
    expect(warning.get_by_role("button", name="Stay signed in")).to_be_focused()
    expect(warning.locator("#idle-left")).to_contain_text(re.compile(r"1:[0-5]\d"))
    # Time is counted from the server's answer: jumping ahead of it would put the end off.
    with page.expect_response("**/auth/stay"):
        page.keyboard.press("Escape")  # staying
    expect(warning).to_have_count(0)
    page.clock.fast_forward("28:05")
    expect(warning).to_be_visible()
    # A page that has lost its line, and with it what it knew, is told the limit once more.
    page.evaluate("portal.idle(0), portal.idle(1800)")
    page.clock.fast_forward("02:00")
    page.wait_for_url("**/sign-in?ended=idle", timeout=60_000)
    expect(person.settled().locator("#main")).to_contain_text("nothing happened for a while")


def test_choosing_dark_darkens_at_once_also_what_the_browser_itself_draws(visit):
    page = visit("past_due").open("/statements")
    for name, scheme in (("Dark", "dark"), ("Light", "light")):
        page.locator("button.acct").click()
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_label("Statement for a date")).to_have_css("color-scheme", scheme)
        page.keyboard.press("Escape")
