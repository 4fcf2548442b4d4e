"""Many of a kind: applications of one person, readers of one letter, files for one document."""

import re

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from tests import factories as f
from tests import files
from tests.e2e.test_accessibility import judge
from tests.e2e.test_proposals import desk, theirs, visit, yard
from tests.people import database_at
from tests.services.proposals.conftest import LABEL
from tests.services.uploads.conftest import Finds

__all__ = ["yard"]


@pytest.mark.requirement("S2-01")
def test_a_customer_reaches_every_application_and_reads_so_where_there_is_none(yard):
    with database_at(yard.world.url):
        rosa = f.fetch(m.Person, id=yard.deal.rosa.person_id)
        for _ in range(24):
            f.party(f.application(brand_id=rosa.brand_id), rosa, portal_enabled=True)
    page = visit(yard, yard.deal.rosa, "/applications")
    rows = page.locator("#main li")
    expect(rows).to_have_count(20)
    assert judge(page, "") == ""
    page.get_by_role("button", name="Show more").click()
    expect(rows).to_have_count(25)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)
    with database_at(yard.world.url):
        for party in f.fetch_all(m.ApplicationParty, person_id=rosa.id):
            f.give(party, portal_enabled=False)
    page.reload()
    expect(page.get_by_text("No application is open to you")).to_be_visible()


@pytest.mark.requirement("S2-12")
def test_a_letter_to_too_many_says_so_beside_its_readers_and_keeps_what_was_typed(yard):
    with database_at(yard.world.url):
        for n in range(21):
            mobile = f"+12185550{100 + n}"
            who = f.person(given_name=f"N{n}", email=f"n{n}@example.com", mobile_e164=mobile)
            f.party(yard.deal.application, who, role=m.PartyRole.APPLICANT)
    page = desk(yard, "contacts&tab=centre")
    page.get_by_role("button", name="Send invitation").click()
    sheet = page.get_by_role("dialog")
    sheet.locator("[contenteditable]").first.fill("Welcome aboard")
    sheet.get_by_role("button", name="Preview").click()
    expect(sheet.locator("#errors")).to_contain_text("20 people at most")
    expect(sheet.locator("#parties, [id^=parties]").first).to_be_visible()
    expect(sheet.locator("[contenteditable]").first).to_have_text("Welcome aboard")
    chosen = sheet.locator("input[type=checkbox]:checked")
    while chosen.count() > 20:
        chosen.first.uncheck()
    sheet.get_by_role("button", name="Preview").click()
    expect(sheet.get_by_role("button", name="Send 20 letters")).to_be_visible()
    expect(sheet.get_by_text("Welcome aboard")).to_be_visible()


@pytest.mark.requirement("S4-31")
def test_a_refused_file_is_asked_for_again_on_both_pages_at_once(yard):
    with database_at(yard.world.url):
        yard.deal.ask_for()
        document = yard.deal.sent(files.pdf())
    page, papers = theirs(yard), desk(yard, "documents")
    expect(papers.locator("#asked")).to_contain_text("To look at")
    expect(page.locator("#asked")).to_contain_text("Received")
    with database_at(yard.world.url):
        yard.deal.check(document, Finds())
    expect(papers.locator("#asked")).to_contain_text("Asked for again")
    expect(papers.locator("#asked")).to_contain_text("harmful")
    expect(papers.locator(".toasts")).to_contain_text(f"{LABEL} has been asked for again")
    expect(page.locator("#asked")).to_contain_text(re.compile("Please send", re.IGNORECASE))
    expect(page.locator("#asked")).to_contain_text("harmful")
