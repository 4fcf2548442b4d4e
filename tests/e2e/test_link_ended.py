"""A link that ends while its page is open: the tab says so, and nothing typed is lost (S2-10)."""

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from portal_app.core import clock
from tests import factories as f
from tests.e2e.test_application_journey import DESK, SAMIRA, come_in, link_of, run_out
from tests.people import database_at
from tests.services.identity.people import change

RUN_OUT = {"expires_at": None}
TAKEN_BACK = {"state": m.InvitationState.REVOKED}


@pytest.fixture
def desk(visit, own_portal):
    return visit(role="agent", server=own_portal).open(DESK)


def end_links(server, **values):
    """Let every link be over in the database, and nobody hear of it."""
    if "expires_at" in values:
        values["expires_at"] = clock.now()
    with database_at(server.database):
        for link in f.fetch_all(m.Invitation, purpose=m.InvitationPurpose.APPLICATION_ACCESS):
            change(link, **values)


def write_into(page, person):
    """Open a form; return its address, the name of its first box, and the box."""
    page.get_by_role("region", name="About you").get_by_role("link", name="Addresses").click()
    page.wait_for_url("**/addresses/**")
    person.settled()
    box = page.locator("textarea, input[type=text]").first
    return page.url, f"[name='{box.get_attribute('name')}']", box


@pytest.mark.requirement("S2-10")
@pytest.mark.parametrize(
    ("how", "title"),
    [(RUN_OUT, "This link has run out"), (TAKEN_BACK, "This link was taken back")],
    ids=["run out", "taken back"],
)
def test_a_tab_whose_link_is_over_says_why_and_asks_for_a_new_one(
    visit, own_portal, desk, how, title
):
    person = visit(server=own_portal)
    page = come_in(person, link_of(desk, SAMIRA))
    here, name, box = write_into(page, person)
    end_links(own_portal, **how)
    typed = f"Written when it was over: {title}"
    box.fill(typed)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert page.url.endswith("/i/code?ended=expired")
    expect(page.get_by_text("What you wrote last and we could not save")).to_be_visible()
    page.get_by_role("button", name="Ask for a new link").click()
    expect(page.get_by_text("We have been told that you would like a new link")).to_be_visible()
    expect(page.get_by_role("button", name="Ask for a new link")).to_have_count(0)
    with database_at(own_portal.database):
        links = f.fetch_all(m.Invitation, purpose=m.InvitationPurpose.APPLICATION_ACCESS)
    assert any(one.renewal_asked_at for one in links)
    # The new link, opened in the same tab, brings back what could not be saved.
    come_in(person, link_of(desk, SAMIRA))
    page.goto(here)
    person.settled()
    expect(page.locator(name)).to_have_value(typed)
    expect(page.locator(f".field:has(> {name})")).to_contain_text("Changed by you")


@pytest.mark.requirement("S2-09")
@pytest.mark.requirement("S2-10")
def test_a_session_that_ended_with_its_link_says_so_however_the_tab_leaves(visit, own_portal, desk):
    person = visit(server=own_portal)
    page = come_in(person, link_of(desk, SAMIRA))
    run_out(own_portal)
    # Nobody does anything: the server cuts the line at the end of the seven days.
    over = page.get_by_role("heading", name="This link has run out")
    expect(over).to_be_visible()
    # So does a page whose time is up by its own count, and one that was asleep and is loaded again.
    for path in ("/sign-in?ended=idle", "/i/code"):
        page.goto(own_portal.address + path)
        expect(over).to_be_visible()
    page.get_by_role("button", name="Ask for a new link").click()
    expect(page.get_by_text("We have been told that you would like a new link")).to_be_visible()
    # Whoever has a sign-in of their own still gets to where they use it.
    page.goto(own_portal.address + "/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.requirement("S2-10")
@pytest.mark.requirement("S4-25")
def test_a_message_that_could_not_be_sent_is_there_again_and_a_sent_one_is_not(
    visit, own_portal, desk
):
    person = visit(server=own_portal)
    page = come_in(person, link_of(desk, SAMIRA))
    dialog = page.get_by_role("dialog", name="Send a message")

    def write(words):
        page.get_by_role("button", name="Send a message", exact=True).click()
        dialog.get_by_label("Your message").fill(words)

    write("When does the surveyor come?")
    end_links(own_portal, **RUN_OUT)
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="This link has run out")).to_be_visible()
    page = come_in(person, link_of(desk, SAMIRA))
    page.get_by_role("button", name="Send a message", exact=True).click()
    expect(dialog.get_by_label("Your message")).to_have_value("When does the surveyor come?")
    # Put away by mistake, or the page loaded again: it is still there.
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.reload()
    person.settled()
    page.get_by_role("button", name="Send a message", exact=True).click()
    expect(dialog.get_by_label("Your message")).to_have_value("When does the surveyor come?")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("When does the surveyor come?")
    page.get_by_role("button", name="Send a message", exact=True).click()
    expect(dialog.get_by_label("Your message")).to_have_value("")
    page.reload()
    person.settled()
    page.get_by_role("button", name="Send a message", exact=True).click()
    expect(dialog.get_by_label("Your message")).to_have_value("")
