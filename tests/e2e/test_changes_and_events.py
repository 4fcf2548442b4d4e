"""Customers ask for changes, staff decide, open pages follow, and other systems hear of it."""

import json
import re
import shutil
import time
import tomllib
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP
from sqlmodel import Session, col, select
from standardwebhooks import Webhook

from portal_app import models as m
from tests.people import database_at
from tests.portal_server import running
from tests.webhooks import receiving

DEMO = tomllib.loads(Path("demo/staff.toml").read_text(encoding="utf-8"))
YUKI = next(one for one in DEMO["staff"] if one["email"] == "admin@harbourline.example.com")


@pytest.fixture(scope="module")
def portal(demo_template, tmp_path_factory):
    """A portal that may send events into this machine."""
    folder = tmp_path_factory.mktemp("changes")
    database = shutil.copy(demo_template, folder / "portal.db")
    with running(f"sqlite:///{database}", folder, PORTAL_WEBHOOKS_TO_LOOPBACK="true") as server:
        yield server


def letter(portal, topic: str, recipient: str = "") -> m.OutboundMessage:
    """Return the newest letter of a topic."""
    with database_at(portal.database) as engine, Session(engine) as session:
        wanted = select(m.OutboundMessage).where(m.OutboundMessage.topic == topic)
        if recipient:
            wanted = wanted.where(m.OutboundMessage.recipient == recipient)
        return session.exec(wanted.order_by(col(m.OutboundMessage.id).desc())).first()


def ask_for_name(person, given_name: str) -> None:
    person.open("/profile").get_by_role("link", name="Change Name").click()
    person.settled()
    person.fill_in("Send to our staff", given_name=given_name)
    person.page.wait_for_url("**/profile")
    expect(person.settled().get_by_text(f"You asked for {given_name}")).to_be_visible()


@pytest.mark.requirement("S0-11")
@pytest.mark.requirement("S0-13")
def test_a_name_waits_for_staff_and_both_decisions_reach_the_open_page(visit, portal):
    customer, agent = (
        visit("rental_billing", server=portal),
        visit(role="agent", server=portal),
    )
    queue = agent.open("/staff/requests")
    expect(queue.get_by_text("Nothing is waiting")).to_be_visible()
    ask_for_name(customer, "Joanna Maria")
    page = customer.page
    expect(page.locator("#main").get_by_text("Pending", exact=True)).to_be_visible()
    expect(page.locator("#main").get_by_text("Joanna Petrakis")).to_be_visible()

    # The queue has it without a reload: what is held now beside what is asked for.
    queue.get_by_role("link", name=re.compile("^CR-")).click()
    sheet = queue.get_by_role("dialog")
    compared = sheet.get_by_role("row", name=re.compile("First name"))
    expect(compared).to_contain_text("Joanna")
    expect(compared).to_contain_text("Joanna Maria")
    sheet.get_by_label("Note for colleagues (optional)").fill("Saw the passport.")
    sheet.get_by_role("button", name="Approve").click()
    expect(sheet.get_by_text("In force", exact=True).first).to_be_visible()

    # So has the customer's page, and what has happened lies in both boxes.
    expect(page.locator("#main").get_by_text("Joanna Maria Petrakis")).to_be_visible()
    expect(page.locator("#main").get_by_text("Pending", exact=True)).to_have_count(0)
    assert "Your name is changed" in letter(portal, "change.approved").subject
    expect(
        customer.open("/notifications").get_by_role("link", name="Your name is changed")
    ).to_be_visible()

    ask_for_name(customer, "Anna")
    queue.keyboard.press("Escape")
    expect(queue.get_by_role("dialog")).to_have_count(0)
    queue.get_by_role("link", name=re.compile("^CR-")).click()
    sheet.get_by_text("Reject this request").click()
    sheet.get_by_role("button", name="Reject", exact=True).click()
    expect(sheet.locator("#reason-err")).to_contain_text("Write why")
    sheet.get_by_label("Why?").fill("The passport says Joanna Maria.")
    sheet.get_by_role("button", name="Reject", exact=True).click()
    expect(sheet.get_by_text("Rejected", exact=True).first).to_be_visible()
    expect(page.get_by_text("Why: The passport says Joanna Maria.")).to_be_visible()
    expect(page.locator("#main").get_by_text("Joanna Maria Petrakis")).to_be_visible()
    assert "The passport says Joanna Maria." in letter(portal, "change.rejected").text


@pytest.mark.requirement("S0-12")
def test_a_new_email_address_is_proved_by_a_code_and_the_old_one_is_told(visit, portal):
    tomas = visit("rental_authorised", server=portal)
    page = tomas.open("/profile/email")
    page.get_by_role("link", name="Confirm it is you").click()
    page.wait_for_url("**/security?next=/profile/email")
    tomas.settled()
    tomas.fill_in("Confirm", password=DEMO["customers"]["password"])
    page.wait_for_url("**/profile/email")
    tomas.settled()
    tomas.fill_in("Send code", email="no address")
    expect(page.locator("#email-err")).to_be_visible()
    tomas.fill_in("Send code", email="tomas@new.example.com")
    expect(page.locator("#code")).to_be_focused()
    code = re.search(r"\d{6}", letter(portal, "change.code", "tomas@new.example.com").text)[0]
    tomas.fill_in("Confirm", code="000000" if code != "000000" else "111111")
    expect(page.locator("#code-err")).to_be_visible()
    tomas.fill_in("Confirm", code=code)
    page.wait_for_url("**/profile")
    expect(
        tomas.settled().locator("#main").get_by_text("tomas@new.example.com", exact=True)
    ).to_be_visible()
    assert letter(portal, "identity.email_changed").recipient == "tomas@pugetrim.example.com"


@pytest.mark.requirement("S0-05")
def test_what_is_switched_off_is_gone_from_every_open_page_and_comes_back(visit, portal):
    customer, admin = (
        visit("rental_customer", server=portal),
        visit(role="admin", server=portal),
    )
    page, form = customer.open("/profile"), customer.another_tab().open("/profile/address")
    form.get_by_label("Street and number").fill("14 Harbour Road")
    switches = admin.open("/staff/settings/features")
    switches.get_by_role("button", name="Switch off Edit their details").click()
    change = page.get_by_role("link", name="Change Address")
    expect(change).to_have_count(0)
    expect(form.get_by_text("That cannot be done in the portal.")).to_be_visible()
    switches.get_by_role("button", name="Switch on Edit their details").click()
    expect(change).to_be_visible()
    expect(form.get_by_label("Street and number")).to_be_visible()


def change_address(person, street: str) -> None:
    page = person.open("/profile/address")
    page.get_by_label("Country").select_option("US")
    person.fill_in("Save", address_line1=street, city="Tacoma", postal_code="98421")
    page.wait_for_url("**/profile")


def eventually(found, *, seconds: float = 15):
    deadline = time.monotonic() + seconds
    while not found() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found()


@pytest.mark.requirement("S0-14")
def test_accepted_changes_reach_the_operators_systems_and_a_dead_letter_is_sent_again(
    visit, portal
):
    customer, admin = (
        visit("rental_customer", server=portal),
        visit(role="admin", server=portal),
    )
    page = admin.open("/staff/settings/webhooks")
    page.get_by_role("link", name="Confirm it is you").click()
    page.wait_for_url("**/security?next=/staff/settings/webhooks")
    admin.settled()
    code = TOTP(YUKI["secret"]).now()
    admin.fill_in("Confirm", password=YUKI["password"], code=code)
    page.wait_for_url("**/staff/settings/webhooks")
    admin.settled()
    admin.fill_in("Make a token", name="Our CRM")
    token = page.locator("#secret").inner_text()

    with receiving() as crm:
        admin.fill_in("Add the address", url="http://10.0.0.1/hooks")
        expect(page.locator("#url-err")).to_be_visible()
        admin.fill_in("Add the address", url=crm.url)
        expect(page.locator("#secret")).to_contain_text("whsec_")
        secret = page.locator("#secret").inner_text()
        change_address(customer, "14 Harbour Road")
        eventually(lambda: crm.got)
        headers, body = crm.got[0]
        heard = Webhook(secret).verify(body, headers)
        assert heard["type"] == "person.address_changed"
        assert heard["data"]["after"]["address_line1"] == "14 Harbour Road"

        # The address says that it is gone: the event is given up, and nothing more is sent there.
        crm.answer = 410
        change_address(customer, "15 Harbour Road")
        expect(page.get_by_text("1 event given up")).to_be_visible()
        expect(page.get_by_text("Off", exact=True)).to_be_visible()
        expect(page.get_by_role("cell", name="Given up")).to_be_visible()
        crm.answer = 204
        page.get_by_role("button", name=f"Switch on {crm.url}").click()
        page.get_by_role("button", name=f"Send again {crm.url}").click()
        eventually(lambda: len(crm.got) == 3)
        assert json.loads(crm.got[2][1])["data"]["after"]["address_line1"] == "15 Harbour Road"
        assert crm.got[2][0]["webhook-id"] == crm.got[1][0]["webhook-id"]
        expect(page.get_by_text("Everything has arrived.")).to_be_visible()
        page.get_by_role("button", name="Delivered").click()
        expect(page.get_by_role("rowheader")).to_have_count(2)

    # Who reads the feed instead has missed nothing, until the token is revoked.
    feed = f"{portal.address}/api/v1/events"
    bearer = {"authorization": f"Bearer {token}"}
    read = httpx.get(feed, params={"after": 0}, headers=bearer).json()
    assert [one["data"]["after"]["address_line1"] for one in read["events"][-2:]] == [
        "14 Harbour Road",
        "15 Harbour Road",
    ]
    page.get_by_role("button", name="Revoke Our CRM").click()
    page.get_by_role("button", name="Revoke the token").click()
    expect(page.get_by_role("button", name="Revoke Our CRM")).to_have_count(0)
    assert httpx.get(feed, headers=bearer).status_code == 401
