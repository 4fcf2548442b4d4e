"""An application from the staff's desk to two browsers that fill it in at once."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from portal_app.core import clock
from tests import factories as f
from tests.people import database_at
from tests.services.identity.people import change

NUMBER = "MA-60412"
DESK = f"/staff/applications/{NUMBER}?section=contacts&tab=centre"
SAMIRA, CALLUM = "Samira Holloway", "Callum Holloway"


def link_of(desk, name):
    """Copy somebody's link, and return its path."""
    row = desk.locator("#who li", has_text=name)
    box = desk.get_by_role("textbox", name="The link")
    earlier = box.input_value() if box.count() else ""
    row.get_by_role("button", name=re.compile("copy", re.IGNORECASE)).click()
    expect(desk.locator("#copied-h")).to_contain_text(name)
    expect(box).not_to_have_value(earlier)
    return "/i/" + box.input_value().rpartition("/i/")[2]


def newest_code(server):
    with database_at(server.database):
        sent = f.fetch_all(m.OutboundMessage, topic="identity.code")
    return re.search(r"\b\d{6}\b", max(sent, key=lambda one: one.id).text)[0]


def come_in(person, path, heading="Your mortgage application"):
    """Go by a link and a code to the application."""
    page = person.open(path)
    person.open(path)  # as a mail scanner does, and nothing is used up
    page.get_by_role("button", name="Send me the code").click()
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    page.get_by_label("Code").fill(newest_code(person.server))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    return person.settled()


def run_out(server):
    """Let the seven days of every link be over, and what the links opened with them."""
    now = clock.now()
    with database_at(server.database):
        for link in f.fetch_all(m.Invitation, purpose=m.InvitationPurpose.APPLICATION_ACCESS):
            change(link, expires_at=now)
        for session in f.fetch_all(m.PortalSession, stage=m.SessionStage.APPLICATION):
            change(session, absolute_until=now, idle_until=now)


@pytest.fixture
def desk(visit, own_portal):
    return visit(role="agent", server=own_portal).open(DESK)


@pytest.mark.requirement("S2-11")
def test_staff_go_from_the_list_to_contacts_to_the_customer_centre(visit, own_portal):
    page = visit(role="agent", server=own_portal).open("/staff/applications")
    page.get_by_role("link", name=NUMBER).click()
    page.get_by_role("button", name="Contacts").click()
    page.get_by_role("button", name="Customer Centre").click()
    solicitor = page.locator("#who li", has_text="Nathaniel Prue")
    expect(solicitor.get_by_role("checkbox")).to_be_disabled()
    expect(solicitor).to_contain_text("Only applicants and guarantors can be invited")
    expect(solicitor).to_contain_text("A mobile number that takes text messages is missing")


@pytest.mark.requirement("S2-01")
@pytest.mark.requirement("S2-07")
@pytest.mark.requirement("S2-08")
@pytest.mark.requirement("S2-18")
def test_two_fill_in_together_and_one_is_thrown_out(visit, own_portal, desk):
    first, second = visit(server=own_portal), visit(server=own_portal)
    samira = come_in(first, link_of(desk, SAMIRA))
    callum = come_in(second, link_of(desk, CALLUM))
    personal = samira.get_by_role("region", name="About you").get_by_role("link").first
    personal.click()
    samira.wait_for_url("**/personal/**")
    first.settled()
    here = samira.url
    callum.goto(here)
    second.settled()
    # What one types comes to the other, with a name and a time.
    samira.get_by_label("Family name").fill("Holloway-Reyes")
    expect(callum.get_by_label("Family name")).to_have_value("Holloway-Reyes")
    expect(callum.get_by_text(f"Changed by {SAMIRA}")).to_be_visible()
    # Who has not heard of what the other wrote meanwhile chooses: nothing is lost in silence.
    second.context.set_offline(True)
    callum.get_by_label("Given names").fill("Sam")
    samira.get_by_label("Given names").fill("Samira Jane")
    expect(samira.get_by_text("Changed by you").nth(1)).to_be_visible()
    second.context.set_offline(False)
    expect(callum.get_by_text("Which one stays?")).to_be_visible()
    callum.get_by_role("button", name="Keep mine").click()
    expect(samira.get_by_label("Given names")).to_have_value("Sam")
    # What was typed is there after a reload.
    samira.reload()
    first.settled()
    expect(samira.get_by_label("Family name")).to_have_value("Holloway-Reyes")
    # A deep link without the code leads to the challenge.
    stranger = visit(server=own_portal)
    stranger.page.goto(here)
    expect(stranger.page.get_by_role("heading", name="Enter your code")).to_be_visible()
    # Unchecking throws the other browser out.
    desk.locator("#who li", has_text=CALLUM).get_by_role("checkbox").click()
    expect(callum.get_by_role("heading", name="This link was taken back")).to_be_visible()
    expect(callum.get_by_role("button", name="Ask for a new link")).to_be_visible()


@pytest.mark.requirement("S2-08")
@pytest.mark.requirement("S2-21")
def test_what_was_typed_outlives_a_reload_and_the_end_of_a_link(visit, own_portal, desk):
    person = visit(server=own_portal)
    page = come_in(person, link_of(desk, SAMIRA))
    page.get_by_role("region", name="About you").get_by_role("link", name="Addresses").click()
    page.wait_for_url("**/addresses/**")
    person.settled()
    here = page.url
    box = page.locator("textarea, input[type=text]").first
    name = box.get_attribute("name")
    # Left before it was saved: it is there again, and saves itself.
    box.fill("Written just before")
    page.reload()
    person.settled()
    box = page.locator(f"[name='{name}']")
    expect(box).to_have_value("Written just before")
    expect(page.locator(f".field:has(> [name='{name}'])")).to_contain_text("Changed by you")
    # Typed when the link had run out: nothing is kept, and nothing is lost.
    run_out(own_portal)
    box.fill("Written too late")
    expect(page.get_by_role("heading", name="This link has run out")).to_be_visible()
    come_in(person, link_of(desk, SAMIRA))
    page.goto(here)
    person.settled()
    expect(page.locator(f"[name='{name}']")).to_have_value("Written too late")
    expect(page.locator(f".field:has(> [name='{name}'])")).to_contain_text("Changed by you")


@pytest.mark.requirement("S2-16")
@pytest.mark.requirement("S2-20")
def test_a_link_is_copied_with_the_keyboard_alone_and_no_letter_is_sent(visit, own_portal):
    person = visit(role="agent", server=own_portal)
    person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk = person.open(DESK)

    def letters():
        with database_at(own_portal.database):
            return f.fetch_all(m.OutboundMessage, topic="application.invitation")

    before = letters()
    copied = set()
    for name in (SAMIRA, CALLUM):
        row = desk.locator("#who li", has_text=name)
        row.get_by_role("button", name=re.compile("copy", re.IGNORECASE)).focus()
        desk.keyboard.press("Enter")
        expect(desk.locator("#copied-h")).to_contain_text(name)
        expect(desk.locator(".toasts")).to_contain_text("Copied.")
        shown = desk.get_by_role("textbox", name="The link").input_value()
        desk.wait_for_function(
            "async words => await navigator.clipboard.readText() === words", arg=shown
        )
        copied.add(shown)
    assert len(copied) == 2
    assert letters() == before
    # Where the browser does not let us copy, the link stands in a field to be taken by hand.
    desk.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); }")
    desk.get_by_role("button", name="Copy", exact=True).click()
    expect(desk.locator(".toasts")).to_contain_text("did not let us copy")
    expect(desk.get_by_role("textbox", name="The link")).to_have_value(shown)


@pytest.mark.requirement("S2-12")
@pytest.mark.requirement("S2-17")
def test_two_pressed_twice_get_one_letter_each_with_a_link_of_their_own(visit, own_portal):
    desk = visit(role="agent", server=own_portal).open(DESK)
    desk.get_by_role("button", name="Send invitation").click()
    sheet = desk.get_by_role("dialog")
    for name in (SAMIRA, CALLUM):
        expect(sheet.get_by_role("checkbox", name=name)).to_be_checked()
    sheet.get_by_role("checkbox", name="Vivian").uncheck()
    sheet.get_by_role("button", name="Preview").click()
    sheet.get_by_role("button", name=re.compile("^Send")).dblclick()
    expect(sheet).to_have_count(0)
    expect(desk.locator(".toasts")).to_contain_text("2 invitations on the way")
    with database_at(own_portal.database):
        sent = f.fetch_all(m.OutboundMessage, topic="application.invitation")
    links = {link for one in sent for link in re.findall(r"/i/[\w-]+", one.text)}
    assert (len(sent), len(links)) == (2, 2)
    assert len({one.recipient for one in sent}) == 2


@pytest.mark.requirement("S2-09")
def test_staff_watch_what_is_left_of_a_link_tick_away_until_it_is_over(visit, own_portal, desk):
    link_of(desk, CALLUM)
    row = desk.locator("#who li", has_text=CALLUM)
    left = row.locator("time")
    expect(left).to_have_text(re.compile(r"^(7 d 0 h|6 d 23 h) left$"))
    with database_at(own_portal.database):
        for link in f.fetch_all(m.Invitation, state=m.InvitationState.ISSUED):
            change(link, expires_at=clock.now() + timedelta(seconds=25))
    desk.reload()
    expect(left).to_have_text(re.compile(r"^\d+ s left$"))
    seen = [int((left.text_content() or "").removesuffix(" s left"))]
    for _ in range(4):
        expect(left).not_to_have_text(f"{seen[-1]} s left")
        seen.append(int((left.text_content() or "").removesuffix(" s left")))
    assert seen == list(range(seen[0], seen[0] - 5, -1)), "every second is told"
    expect(left).to_have_text("The link has run out", timeout=30_000)


@pytest.mark.requirement("S2-19")
def test_a_form_that_staff_tick_comes_and_goes_in_an_open_page(visit, own_portal, desk):
    page = come_in(visit(server=own_portal), link_of(desk, SAMIRA))
    expenses = page.get_by_role("region", name="About you").get_by_role("link", name="Expenses")
    expect(expenses).to_have_count(1)
    tick = desk.get_by_role("checkbox", name=re.compile("Expenses"))
    tick.click()
    expect(expenses).to_have_count(0)
    expect(tick).not_to_be_checked()
    tick.click()
    expect(expenses).to_have_count(1)


@pytest.mark.requirement("S4-16")
def test_who_came_by_a_link_takes_the_receipt_of_a_choice_away(visit, own_portal, desk):
    page = come_in(visit(server=own_portal), link_of(desk, SAMIRA))
    row = page.locator("#marketing li").filter(has_text="Post")
    expect(row.get_by_role("link")).to_have_count(0)
    row.get_by_role("switch").click()
    with page.expect_download() as taken:
        row.get_by_role("link", name=re.compile("^Receipt CN-")).click()
    assert taken.value.suggested_filename.startswith("Receipt CN-")
    address = row.get_by_role("link").get_attribute("href")
    other = come_in(visit(server=own_portal), link_of(desk, CALLUM))
    assert page.request.get(own_portal.address + address).status == 200
    assert other.request.get(own_portal.address + address).status == 404
