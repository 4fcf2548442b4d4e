"""A proposal in two browsers: messages, documents and ticks appear on the other side at once."""

import json
import re

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Role
from portal_app.integrations.disk_store import DiskStore
from portal_app.services import branding
from tests import factories as f
from tests import files
from tests.e2e.conftest import PATIENCE, Person, let_in, watch
from tests.e2e.test_accessibility import judge
from tests.e2e.test_uploads import look, opened
from tests.people import database_at
from tests.services.identity.people import change
from tests.services.proposals.conftest import LABEL, make_deal
from tests.services.proposals.test_proposal import set_shown

SECTIONS = [
    "Customer information", "Marketing preferences", "Calls to action", "Vehicle details",
    "Finance details", "Attached documents",
]  # fmt: skip


@pytest.fixture
def yard(browser, sqlite_template, tmp_path):
    with opened(browser, sqlite_template, tmp_path, PORTAL_JOBS="off") as made:
        store = DiskStore(made.server.documents, secret="none is signed here", now=clock.now)
        with database_at(made.world.url):
            made.deal = make_deal(store)
        yield made


def visit(yard, actor, path, **options):
    context = yard.browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []
    watch(context, faults)
    let_in(context, yard.server, actor.user_id)
    person = Person(context.new_page(), context, yard.server, faults)
    yard.people.append(person)
    frames: list[str] = []
    person.page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))),
    )
    page = person.open(path)
    page.frames_heard = frames
    return page


def theirs(yard, **options):
    return visit(yard, yard.deal.rosa, f"/applications/{yard.deal.number}", **options)


def desk(yard, section):
    return visit(yard, yard.deal.clerk, f"/staff/applications/{yard.deal.number}?section={section}")


@pytest.mark.requirement("S4-01")
@pytest.mark.requirement("S4-14")
@pytest.mark.requirement("S4-17")
def test_six_sections_stand_in_their_order(yard):
    page = theirs(yard)
    headings = page.locator("#main h2").all_inner_texts()
    assert [one for one in headings if one in SECTIONS] == SECTIONS
    assert page.get_by_text("Not provided").count() == 2
    for verb in ("Send documents", "Send a message"):
        expect(page.get_by_role("button", name=verb)).to_be_enabled()
    look(page, "proposal")
    assert judge(page, "") == ""


@pytest.mark.requirement("S4-11")
def test_what_is_not_ticked_is_in_no_frame(yard):
    with database_at(yard.world.url):
        set_shown(vehicle__mileage=False, finance__rate=False, customer__mobile=False)
    page = theirs(yard)
    expect(page.get_by_text("Volvo V60")).to_be_visible()
    heard = json.dumps(page.frames_heard)
    assert "Pine grey" in heard
    for hidden in ("18,250", "18250", "6.125", "6125", "5550123", "555-0123", "Mileage"):
        assert hidden not in heard


@pytest.mark.requirement("S4-12")
def test_what_holds_nothing_of_vehicle_and_finance_is_not_there_at_all(yard):
    with database_at(yard.world.url):
        change(yard.deal.application, balloon_minor=None, rate_milli=None)
        change(f.fetch(m.Asset, id=yard.deal.application.asset_id), mileage=None, doors=None)
        bare = f.application(brand_id=yard.deal.application.brand_id, kind="motor_finance")
        rosa = f.fetch(m.Person, id=yard.deal.rosa.person_id)
        f.party(bare, rosa, portal_enabled=True)
    page = theirs(yard)
    expect(page.get_by_text("Volvo V60")).to_be_visible()
    labels = page.locator("#main dt").all_inner_texts()
    assert {"Fuel type", "Deposit", "Settlement"} <= set(labels)
    assert not {"Mileage", "Doors", "Rate", "Balloon"} & set(labels)
    page.goto(f"{yard.server.address}/applications/{bare.number}")
    yard.people[-1].settled()
    headings = page.locator("#main h2").all_inner_texts()
    gone = {"Vehicle details", "Finance details"}
    assert [one for one in headings if one in SECTIONS] == [
        one for one in SECTIONS if one not in gone
    ]


@pytest.mark.requirement("S4-09")
@pytest.mark.requirement("S4-13")
def test_what_nobody_has_said_is_not_provided_and_leads_to_where_to_say_it(yard):
    with database_at(yard.world.url):
        content = {"message_placeholder": "Ask Wren at the front desk"}
        admin = f.sure(f.staff_actor(Role.ADMIN, brand_id=yard.deal.application.brand_id))
        text = {"part": "text", "seen": 0, "publish": True, "key": "words"}
        branding.save_revision(admin, content=content, **text)
    page = theirs(yard)
    phone = page.locator(".kv > div, .li, dl > div").filter(has_text="Phone").first
    expect(phone).to_contain_text("Not provided")
    # Nothing of the vehicle or of the money is ever "not provided": it is left out.
    for title in ("Vehicle details", "Finance details"):
        assert "Not provided" not in page.get_by_role("region", name=title).inner_text()
    page.get_by_role("button", name="Send a message", exact=True).click()
    box = page.get_by_role("dialog").locator("#words")
    expect(box).to_have_attribute("placeholder", "Ask Wren at the front desk")
    page.keyboard.press("Escape")
    # What a profile cannot hold is told in a message; the rest is supplied where it is kept.
    phone.get_by_role("button", name="Tell us").click()
    expect(page.get_by_role("dialog", name="Send a message")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile("^Supply it.*Address")).click()
    page.wait_for_url("**/profile/address")


@pytest.mark.requirement("S4-24")
@pytest.mark.requirement("S4-25")
def test_messages_appear_on_the_other_side_at_once(yard):
    page, log = theirs(yard), desk(yard, "log")
    page.get_by_role("button", name="Send a message", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog.locator(".err").first).to_contain_text("Write something first.")
    dialog.locator("#words").fill("When can I collect it?")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".toasts")).to_contain_text("Your message is sent.")
    expect(log.locator("#log")).to_contain_text("When can I collect it?")
    log.locator("#log-words").fill("On Friday, at nine.")
    log.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("On Friday, at nine.")
    look(log, "log")
    look(page, "messages")


@pytest.mark.requirement("S4-10")
@pytest.mark.requirement("S4-18")
@pytest.mark.requirement("S4-22")
@pytest.mark.requirement("S4-23")
@pytest.mark.requirement("S4-29")
def test_documents_are_sent_shown_and_taken_away_while_both_look_on(yard, tmp_path):
    page, papers = theirs(yard), desk(yard, "documents")
    sent = []
    for name, content in (("one.pdf", files.pdf()), ("two.jpg", files.picture()),
                          ("three.png", files.picture("PNG"))):  # fmt: skip
        (tmp_path / name).write_bytes(content)
        sent.append(tmp_path / name)
    page.get_by_role("button", name="Send documents", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.locator("#label").select_option(LABEL)
    look(page, "dialog")
    box, privacy = dialog.locator(".uploader"), dialog.locator(".prose")
    expect(privacy).to_contain_text("encrypted")
    assert box.bounding_box()["y"] < privacy.bounding_box()["y"]
    dialog.locator("#proposal-files").set_input_files(sent)
    expect(dialog).to_have_count(0)
    look(page, "sent-documents")
    expect(page.locator(".toasts")).to_contain_text("Everything is sent.")
    expect(papers.locator("#imported .li")).to_have_count(3)
    expect(papers.locator("#imported")).to_contain_text("Being checked")
    expect(papers.locator("#imported input[type=checkbox]")).to_have_count(0)
    with database_at(yard.world.url):
        for one in f.fetch_all(m.Document):
            yard.deal.check(one.id)
        given = {"label": "Signed agreement", "name": "deal.pdf"}
        attached = yard.deal.kept(files.pdf() + b"\n%%EOF\n", yard.deal.clerk, **given)
    expect(papers.locator("#imported input[type=checkbox]")).to_have_count(3)
    row = papers.locator("#attached .li", has_text="deal.pdf")
    expect(page.locator("#documents .li")).to_have_count(3)
    look(papers, "papers")
    row.locator("input").click()
    expect(page.locator("#documents .li")).to_have_count(4)
    address = f"{yard.server.address}/files/documents/{attached}"
    assert page.request.get(address).status == 200
    row.locator("input").click()
    expect(page.locator("#documents .li")).to_have_count(3)
    assert page.request.get(address).status == 404


@pytest.mark.requirement("S4-23")
def test_the_dialog_stays_with_what_did_not_arrive(yard, tmp_path):
    page = theirs(yard)
    (tmp_path / "good.pdf").write_bytes(files.pdf())
    (tmp_path / "bad.txt").write_bytes(b"words")
    page.get_by_role("button", name="Send documents", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.locator("#label").select_option(LABEL)
    dialog.locator("#proposal-files").set_input_files([tmp_path / "good.pdf", tmp_path / "bad.txt"])
    expect(dialog.locator("[data-step=failed]")).to_have_count(1)
    expect(page.locator("#documents .li")).to_have_count(1)
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Remove bad.txt").click()
    expect(dialog.locator("[data-step=failed]")).to_have_count(0)


@pytest.mark.requirement("S4-16")
def test_a_switch_of_the_privacy_page_leaves_a_receipt_to_take_away(yard):
    page = visit(yard, yard.deal.rosa, "/privacy")
    switch = page.get_by_role("switch", name="Harbourline may send me news and offers by email.")
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    look(page, "privacy")
    assert judge(page, "") == ""
    with page.expect_download() as taken:
        page.get_by_role("link", name="Receipt CN-").click()
    assert taken.value.suggested_filename.startswith("Receipt CN-")
    switch.click()
    expect(page.locator("#choices .li")).to_have_count(2)
