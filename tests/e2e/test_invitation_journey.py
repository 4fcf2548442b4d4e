"""From a vehicle's number on the phone to somebody who sees their contract (S0-07 to S0-10)."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, delete

from portal_app import models as m
from tests.door import newest_code, rows
from tests.people import database_at, user_called

VIN = "7HLDMA320LX003303"
CONTRACT = "SD-41355"
PASSWORD = "eleven kettles on a hill"


def newest_link(server):
    """The address in the newest letter that invites somebody."""
    letters = [r for r in rows(server, m.OutboundMessage) if r.topic == "invitation.account_setup"]
    return re.search(r"/activate/[\w-]+", letters[-1].text)[0]


@pytest.fixture
def own_portal(own_portal):
    """The demo before Idris Aldous had a sign-in."""
    user = user_called(own_portal.database, "Idris", "Aldous")
    with database_at(own_portal.database) as engine, Session(engine) as session:
        for mine in (m.LoginIdentifier.user_id, m.PortalUser.id):
            session.exec(delete(mine.class_).where(col(mine) == user))
        session.commit()
    return own_portal


def find_by_vin(agent):
    """Search as a caller dictates it, with a space in it, and open who is found."""
    page = agent.open("/staff/customers")
    page.get_by_role("searchbox", name="VIN").fill(f"{VIN[:9]} {VIN[9:]}".lower())
    row = page.get_by_role("row").filter(has_text=CONTRACT)
    expect(page.get_by_role("rowheader")).to_have_count(1)
    row.get_by_role("link").first.click()
    page.wait_for_url("**/staff/customers/10503*")
    return agent.settled()


@pytest.mark.requirement("S0-08")
@pytest.mark.requirement("S0-09")
@pytest.mark.requirement("S0-10")
def test_staff_find_a_holder_by_vin_and_the_holder_sees_the_contract(visit, own_portal):
    agent, idris = visit(role="agent", server=own_portal), visit(server=own_portal)
    desk = find_by_vin(agent)
    sheet = desk.get_by_role("dialog", name="Idris Aldous")
    expect(sheet).to_contain_text(CONTRACT)
    sheet.get_by_role("button", name="Request verification").click()
    expect(sheet.get_by_text("Invited", exact=True).first).to_be_visible()
    first = newest_link(own_portal)

    # Verified on the phone meanwhile: the second link replaces the first.
    sheet.get_by_text("You have verified them").click()
    sheet.get_by_role("button", name="Verify and invite").click()
    expect(sheet.locator("#note-err")).to_contain_text("how you checked")
    sheet.locator("#note").fill("Called back on the number on file.")
    sheet.get_by_role("button", name="Verify and invite").click()
    expect(sheet.get_by_text("Replaced", exact=True)).to_be_visible()
    expect(sheet).to_contain_text("Called back on the number on file.")
    second = newest_link(own_portal)
    assert first != second

    idris.open(first)
    expect(idris.page.get_by_role("heading", level=1)).to_have_text("This link was replaced")

    # Looking uses nothing up, however often a scanner looks.
    for _ in range(3):
        idris.open(second)
        expect(idris.page.get_by_role("heading", level=1)).to_have_text("Set up your account")
    expect(idris.page.locator("#main")).to_contain_text(CONTRACT)
    idris.page.get_by_role("button", name="Continue").click()
    idris.page.wait_for_url("**/activate/code")
    idris.settled()
    topics = [r.topic for r in rows(own_portal, m.OutboundMessage)]
    topic = "identity.code" if "identity.code" in topics else "invitation.code"
    idris.fill_in("Continue", code=newest_code(own_portal, topic))
    idris.page.wait_for_url("**/activate/password")
    idris.settled()
    idris.fill_in("Set up my account", new_password="too short")
    expect(idris.page.locator("#errors")).to_be_focused()
    idris.fill_in("Set up my account", new_password=PASSWORD)
    idris.page.wait_for_url("**/sign-in")
    expect(idris.page.get_by_role("alert")).to_contain_text("Your account is set up")
    expect(sheet.get_by_text("Signs in", exact=True).first).to_be_visible()

    idris.fill_in("Sign in", identifier="idris.aldous@example.com", password=PASSWORD)
    idris.page.wait_for_url(f"{own_portal.address}/")
    home = idris.settled()
    expect(home.locator("#main")).to_contain_text(CONTRACT)
    for rental in ("Items out", "Quotes", "Statements"):
        expect(home.get_by_role("link", name=rental)).to_have_count(0)
    home.get_by_role("link", name=re.compile("Honda Fit")).first.click()
    home.wait_for_url(f"**/contracts/{CONTRACT}")
    expect(idris.settled().locator("#main")).to_contain_text(VIN)

    # The link is worth nothing any more, and says what to do.
    idris.open(second)
    expect(idris.page.get_by_role("heading", level=1)).to_have_text("This link was used already")
