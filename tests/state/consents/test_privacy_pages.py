"""The privacy page and the staff's card of marketing preferences, in words (S4-16)."""

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.ids import new_id
from portal_app.services import consents
from portal_app.state.consents.desk import MarketingState
from portal_app.state.consents.own import PrivacyState
from tests import factories as f
from tests.state.tabs import Tab


@pytest.fixture
def rosa(db, clock):
    return f.consumer_actor(f.account())


async def privacy(actor):
    tab = Tab(actor).at("/privacy")
    await tab.call(PrivacyState.load)
    return tab, tab.state(PrivacyState)


async def desk(actor, person):
    tab = Tab(actor).at(f"/staff/people/{person}", person=person)
    await tab.call(MarketingState.load)
    return tab, tab.state(MarketingState)


@pytest.mark.requirement("S4-16")
async def test_a_switch_for_each_channel_is_off_at_first_and_says_so(rosa):
    _, state = await privacy(rosa)
    assert [(one.label, one.is_on) for one in state.view.ways] == [
        ("Email", False), ("Text message", False), ("Phone", False), ("Post", False),
    ]  # fmt: skip
    assert {one.since for one in state.view.ways} == {"You have not agreed to this."}
    assert state.view.history == []


@pytest.mark.requirement("S4-16")
async def test_switching_leaves_a_dated_answer_with_a_receipt(rosa):
    tab, state = await privacy(rosa)
    await tab.call(PrivacyState.agree, "email", state.view.ways[0].key)
    assert tab.said == "Saved. Your receipt is in the list."
    way, (answer,) = state.view.ways[0], state.view.history
    assert way.is_on and way.since.startswith("On since ")
    assert answer.title == "Email switched on"
    assert answer.href == f"/files/consents/{answer.receipt}"
    await tab.call(PrivacyState.withdraw, "email", way.key)
    assert not state.view.ways[0].is_on
    assert [one.title for one in state.view.history] == ["Email switched off", "Email switched on"]


async def test_another_open_tab_follows(rosa):
    tab, state = await privacy(rosa)
    heard = []
    live.on_announcement(heard.append)
    consents.choose(rosa, channel="post", given=True, key=new_id())
    assert any(f"consent:{rosa.person_id}" in topics for topics in heard)
    await tab.call(PrivacyState.refresh)
    assert state.view.ways[3].is_on


@pytest.mark.requirement("S4-16")
async def test_staff_see_who_said_what_when_and_write_down_more(rosa):
    consents.choose(rosa, channel="email", given=True, key=new_id())
    tab, state = await desk(f.staff_actor(), rosa.person_id)
    (answer,) = state.view.history
    assert answer.meta.endswith(f"by {rosa.name}")
    form = {"person": rosa.person_id, "channel": "email", "choice": "off", "note": "By phone."}
    await tab.call(MarketingState.write_down, form | {"key": state.view.key})
    assert state.view.history[0].title == "Email switched off"
    assert state.view.history[0].note == "How they told us: By phone."
    assert state.view.history[0].meta.endswith("written down by Dana Okafor")


@pytest.mark.requirement("S4-16")
async def test_news_is_refused_in_words_until_they_agree(rosa):
    tab, state = await desk(f.staff_actor(), rosa.person_id)
    form = {"person": rosa.person_id, "by": "email", "subject": "Half price", "words": "Monday."}
    await tab.call(MarketingState.send, form | {"key": state.view.key})
    assert "have not agreed" in state.problem
    consents.choose(rosa, channel="email", given=True, key=new_id())
    await tab.call(MarketingState.send, form | {"key": state.view.key})
    assert state.problem == ""
    assert f.fetch(m.OutboundMessage).subject == "Half price"


async def test_a_customer_does_not_read_who_of_our_staff_wrote_it_down(rosa):
    clerk = f.staff_actor()
    whom = {"person": rosa.person_id, "note": "By phone."}
    consents.choose(clerk, channel="post", given=True, key=new_id(), **whom)
    _, state = await privacy(rosa)
    (answer,) = state.view.history
    assert answer.meta.endswith("written down by our staff")
    assert answer.note == ""


async def test_staff_read_of_the_customer_not_of_themselves(rosa):
    _, state = await desk(f.staff_actor(), rosa.person_id)
    assert {one.since for one in state.view.ways} == {"They have not agreed to this."}
