"""A customer chooses to be told by text, and the portal's own jobs do as they chose."""

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from portal_app.core.ids import new_id
from portal_app.services import cases
from tests import factories as f
from tests.e2e.test_uploads import wait_until
from tests.e2e.test_uploads import working_yard as working_yard  # noqa: PLC0414 - a fixture
from tests.people import database_at
from tests.permissions import cases_world

MOBILE, SAVED = "+18135550111", "Saved. It counts from the next message on."


@pytest.mark.requirement("S1-16")
def test_a_text_is_sent_to_whoever_chose_texts_on_the_page_and_to_nobody_else(working_yard):
    yard = working_yard
    with database_at(yard.world.url):
        f.give(f.fetch(m.Person, id=cases_world.person(yard.world)), mobile_e164=MOBILE)
        number, agent = cases_world.case(yard.world), f.staff_actor(brand_id=yard.world.brand)

    def answer(words):
        """Have staff answer, and everything be sent; return what went out by text and letter."""
        with database_at(yard.world.url):
            told = {"number": number, "words": words, "key": new_id()}
            cases.add_comment(agent, **told)
        wait_until(lambda: all(one.state is m.MessageState.SENT for one in sent()))
        return [one.recipient for one in sent("text")], len(sent("email"))

    def sent(channel=""):
        with database_at(yard.world.url):
            every = f.fetch_all(m.OutboundMessage, topic="case.commented")
            return [one for one in every if channel in ("", one.channel.value)]

    assert answer("Before any choice.") == ([], 1)
    page = yard.visit("owner", "/notifications/choices")
    group = page.get_by_role("group", name="Cases")
    by_text = group.get_by_role("checkbox", name="By text")
    by_text.check()
    group.get_by_role("checkbox", name="By email").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert answer("Told by text.") == ([MOBILE], 1)
    (text,) = sent("text")
    assert number in text.text
    assert f"/cases/{number}" in text.text
    assert "Told by text." not in text.text, "what was said is read in the portal"

    yard.people[-1].open("/notifications/choices")
    expect(by_text).to_be_checked()
    by_text.uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert answer("Not by text any more.") == ([MOBILE], 1)
    with database_at(yard.world.url):
        notices = f.fetch_all(m.Notification, topic="case.commented")
    assert len(notices) == 3, "in the portal every time"
