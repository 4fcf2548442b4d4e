"""Messages about an application: at once in the log, in both directions (S4-24)."""

import pytest
from sqlmodel import Session

from portal_app import models as m
from portal_app.core import live
from portal_app.core.errors import Conflict, Invalid, NotFound, TooMany
from portal_app.services import messages, proposals
from tests import factories as f


def words(said):
    return [one.body for one in said]


@pytest.mark.requirement("S4-24")
def test_what_a_customer_writes_stands_in_the_log_and_the_answer_on_their_page(deal):
    deal.say("When can I collect it?")
    (asked,) = deal.log().said
    assert (asked.body, asked.by_name, asked.by_staff) == (
        "When can I collect it?", "Rosa Lindqvist", False,
    )  # fmt: skip
    deal.say("On Friday.", deal.clerk)
    assert words(deal.read().said) == ["When can I collect it?", "On Friday."]
    assert [one.is_own for one in deal.read().said] == [True, False]


@pytest.mark.requirement("S4-24")
def test_open_pages_hear_of_it(deal):
    heard = []
    live.on_announcement(heard.append)
    deal.say("Hello")
    topic = f"application-log:{deal.application.id}"
    assert any(topic in topics for topics in heard)
    assert topic in deal.read().topics and topic in deal.log().topics


@pytest.mark.requirement("S4-24")
@pytest.mark.parametrize("said", ["", "   \n ", None, 5, "x" * 4_001])
def test_nothing_and_too_much_are_refused(deal, said):
    with pytest.raises(Invalid) as refusal:
        deal.say(said)
    assert set(refusal.value.fields) == {"words"}
    assert f.fetch_all(m.Message) == []


def test_a_card_number_is_taken_out(deal):
    deal.say("Take it from 4242 4242 4242 4242 please")
    assert "4242 4242" not in f.fetch(m.Message).body


def test_the_same_click_twice_is_one_message(deal):
    deal.say("Hello", key="click")
    deal.say("Hello", key="click")
    assert len(f.fetch_all(m.Message)) == 1


def test_whoever_writes_very_much_waits_a_little(deal, clock):
    for n in range(messages.MOST_AN_HOUR):
        deal.say(f"{n}")
    with pytest.raises(TooMany):
        deal.say("One more")
    clock.advance(hours=1, minutes=1)
    deal.say("One more")


@pytest.mark.requirement("S4-24")
def test_everybody_who_is_let_in_is_told_of_an_answer(deal):
    deal.say("On Friday.", deal.clerk)
    told = {one.person_id for one in f.fetch_all(m.Notification, topic="proposal.replied")}
    assert told == {deal.rosa.person_id, deal.guarantor.person_id}
    assert len(f.fetch_all(m.OutboundMessage, topic="proposal.replied")) == 2


def test_parties_who_keep_to_their_own_do_not_read_one_another(deal, any_db):
    deal.say("I earn 10,000 a month.")
    assert words(deal.read(deal.guarantor).said) == ["I earn 10,000 a month."]
    with Session(any_db) as session, session.begin():
        held = session.get_one(m.Application, deal.application.id)
        held.sharing_mode = m.SharingMode.OWN_SECTIONS
    assert deal.read(deal.guarantor).said == ()
    assert words(deal.read().said) == ["I earn 10,000 a month."]
    assert words(deal.log().said) == ["I earn 10,000 a month."]


def test_strangers_write_nothing_and_nobody_once_it_has_ended(deal, any_db, clock):
    with pytest.raises(NotFound):
        deal.say("Hello", f.consumer_actor(f.account()))
    with Session(any_db) as session, session.begin():
        session.get_one(m.Application, deal.application.id).ended_at = f.clock.now()
    with pytest.raises(Conflict):
        deal.say("Hello", deal.clerk)
    assert f.fetch_all(m.Message) == []


def test_a_long_conversation_comes_page_by_page(deal, clock):
    for n in range(33):
        clock.advance(minutes=5)
        deal.say(f"{n}")
    newest = deal.read()
    assert words(newest.said) == [str(n) for n in range(3, 33)]
    before = proposals.proposal(deal.rosa, number=deal.number, before=newest.earlier)
    assert words(before.said) == ["0", "1", "2"]
    assert before.earlier == ""
