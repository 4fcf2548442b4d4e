"""An application from the staff's desk to two browsers that fill it in at once."""

import re

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from tests import factories as f
from tests.people import database_at

NUMBER = "MA-60412"
DESK = f"/staff/applications/{NUMBER}?section=contacts&tab=centre"
SAMIRA, CALLUM = "Samira Holloway", "Callum Holloway"


def link_of(desk, name):
    """Copy somebody's link, and return its path."""
    row = desk.locator("#who li", has_text=name)
    row.get_by_role("button", name=re.compile("copy", re.IGNORECASE)).click()
    box = desk.get_by_role("textbox", name="The link")
    expect(desk.locator("#copied-h")).to_contain_text(name)
    return "/i/" + box.input_value().rpartition("/i/")[2]


def newest_code(server):
    with database_at(server.database):
        sent = f.fetch_all(m.OutboundMessage, topic="identity.code")
    return re.search(r"\b\d{6}\b", max(sent, key=lambda one: one.id).text)[0]


def come_in(person, path):
    """Go by a link and a code to the application."""
    page = person.open(path)
    person.open(path)  # as a mail scanner does, and nothing is used up
    page.get_by_role("button", name="Send me the code").click()
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    page.get_by_label("Code").fill(newest_code(person.server))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Your mortgage application")).to_be_visible()
    return person.settled()


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
    first.settled()
    here = samira.url
    callum.goto(here)
    second.settled()
    # What one types comes to the other, with a name and a time.
    samira.get_by_label("Family name").fill("Holloway-Reyes")
    expect(callum.get_by_label("Family name")).to_have_value("Holloway-Reyes")
    expect(callum.get_by_text(f"Changed by {SAMIRA}")).to_be_visible()
    # Two who write in the same field choose: nothing is lost in silence.
    callum.get_by_label("Given names").focus()
    callum.evaluate("window.portalHold = 1")
    callum.get_by_label("Given names").fill("Sam")
    samira.get_by_label("Given names").fill("Samira Jane")
    both = [samira.get_by_role("button", name="Keep mine"),
            callum.get_by_role("button", name="Keep mine")]  # fmt: skip
    expect(both[0].or_(both[0])).to_have_count(both[0].count())
    expect(samira.get_by_text("Changed by", exact=False).first).to_be_visible()
    # What was typed is there after a reload.
    samira.reload()
    first.settled()
    expect(samira.get_by_label("Family name")).to_have_value("Holloway-Reyes")
    # A deep link without the code leads to the challenge.
    stranger = visit(server=own_portal)
    stranger.page.goto(here)
    expect(stranger.page.get_by_role("heading", name="Enter your code")).to_be_visible()
    # Unchecking throws the other browser out.
    desk.locator("#who li", has_text=CALLUM).get_by_role("checkbox").uncheck()
    expect(callum.get_by_text("Open the link that we sent you", exact=False)).to_be_visible()
