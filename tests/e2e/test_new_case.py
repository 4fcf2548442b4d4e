"""A customer opens a case with papers: what is refused keeps what was typed and what was sent."""

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from portal_app.core.actor import Actor, ActorKind
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import households
from tests import factories as f
from tests import files
from tests.e2e.test_accessibility import judge
from tests.e2e.test_uploads import look, photo
from tests.e2e.test_uploads import yard as yard  # noqa: PLC0414 - a fixture
from tests.people import database_at
from tests.permissions import cases_world


@pytest.mark.requirement("S1-10")
@pytest.mark.requirement("S1-16")
def test_a_case_is_opened_with_papers_that_outlive_a_refusal(yard):
    page = yard.visit("owner", "/cases/new", viewport={"width": 390, "height": 844})
    page.get_by_label("What can we do for you?").fill("The key broke in the lock.")
    page.get_by_label("Choose files").set_input_files(
        [photo("tool.exe", b"MZ"), photo("key.jpg", files.picture())]
    )
    row = page.get_by_role("listitem").filter(has_text="key.jpg")
    expect(row.get_by_text("Being checked", exact=True)).to_be_visible()
    yard.check()
    expect(row.get_by_text("Received", exact=True)).to_be_visible()

    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("alert").get_by_text("Say in a line what it is.")).to_be_visible()
    expect(page.get_by_label("What can we do for you?")).to_have_value("The key broke in the lock.")
    expect(row.get_by_text("Received", exact=True)).to_be_visible()
    look(page, "new-case-phone")
    assert judge(page, "") == ""
    page.set_viewport_size({"width": 1280, "height": 900})
    look(page, "new-case")

    # One that was chosen by mistake is taken off again, and may be chosen once more.
    for _ in range(2):
        page.get_by_label("Choose files").set_input_files(
            [photo("wrong.jpg", files.picture(size=(9, 9)))]
        )
        wrong = page.get_by_role("listitem").filter(has_text="wrong.jpg")
        wrong.get_by_role("button", name="Remove wrong.jpg").click()
        expect(wrong).to_have_count(0)
    expect(page.get_by_label("Choose files")).to_be_focused()
    yard.check()
    expect(page.get_by_role("listitem").filter(has_text="key.jpg")).to_be_visible()

    page.get_by_label("Subject").fill("A broken key")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_text("Your case is open")).to_be_visible()
    expect(page.get_by_role("link", name="key.jpg")).to_be_visible()
    expect(page.get_by_text("wrong.jpg")).to_have_count(0)
    kept = [one for one in yard.documents() if one.state is not m.UploadState.ABANDONED]
    assert [(one.owner_type, one.state) for one in kept] == [("case", m.UploadState.IMPORTED)]


@pytest.mark.requirement("S1-20")
def test_a_head_takes_up_a_household_by_a_link_and_goes_back(yard):
    with database_at(yard.world.url):
        home, member = cases_world.led_household(yard.world)
        f.give(f.fetch(m.Person, id=member), given_name="Juniper", family_name="Vale")
        about = f.fetch(m.Person, id=member)
        number = cases_world.case(yard.world)
        f.give(f.fetch(m.Case, number=number), consumer_id=member, household_id=home)
        own = cases_world.case(yard.world)
    page = yard.visit("owner", f"/cases/{number}")
    bar = page.get_by_role("region", name="Acting for somebody")
    expect(bar).to_contain_text(f"You are acting for {about.name}.")
    page.goto(f"{yard.server.address}/cases")
    expect(page.get_by_text(f"Only what is about {about.name}.")).to_be_visible()
    expect(page.get_by_role("link", name=number)).to_be_visible()
    expect(page.get_by_role("link", name=own)).to_have_count(0)
    page.get_by_label("Status").select_option("closed")
    expect(page.get_by_text("No case has this status")).to_be_visible()
    page.get_by_label("Status").select_option("")
    expect(page.get_by_role("link", name=number)).to_be_visible()
    look(page, "acting")
    assert judge(page, "") == ""
    page.set_viewport_size({"width": 390, "height": 844})
    look(page, "acting-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    bar.get_by_role("button", name="Back to your own").click()
    expect(bar).to_have_count(0)
    expect(page.get_by_role("link", name=own)).to_be_visible()

    page.goto(f"{yard.server.address}/choose-account")
    row = page.get_by_role("listitem").filter(has_text=about.name)
    look(page, "choose")
    row.get_by_role("button").click()
    expect(bar).to_contain_text(f"You are acting for {about.name}.")


@pytest.mark.requirement("S1-09")
@pytest.mark.requirement("S1-20")
def test_the_notice_that_one_may_act_for_somebody_leads_to_acting_for_them(yard):
    with database_at(yard.world.url):
        giver = f.person(brand_id=yard.world.brand, given_name="Idris", family_name="Vale")
        user, to = f.user(giver), f.fetch(m.Person, id=cases_world.person(yard.world))
        f.give(to, email="wanda.crowe@example.com", family_name="Crowe")
        signed_in = yard.world.people["owner"].user_id
        f.give(f.fetch(m.PortalUser, id=signed_in), password_hash="of no use")
        actor = Actor(ActorKind.CONSUMER, user.id, giver.id, giver.name, giver.brand_id)
        households.give_grant(
            f.sure(actor), email="wanda.crowe@example.com", family_name="Crowe",
            areas={"cases": "act"}, starts_on="", ends_on="", limiter=LimitsLimiter(), key="k",
        )  # fmt: skip
    page = yard.visit("owner", "/notifications")
    page.get_by_role("link").filter(has_text="Idris Vale").click()
    page.wait_for_url(f"**/cases?about={giver.id}")
    bar = page.get_by_role("region", name="Acting for somebody")
    expect(bar).to_contain_text("You are acting for Idris Vale.")
    expect(page.get_by_text("Only what is about Idris Vale.")).to_be_visible()
    heading, place = page.get_by_role("heading", level=1), bar.bounding_box()
    assert place["y"] > heading.bounding_box()["y"], "the head stands still when it comes"
    bar.get_by_role("button", name="Back to your own").click()
    expect(bar).to_have_count(0)
    page.wait_for_url("**/cases")
