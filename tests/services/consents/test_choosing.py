"""What people agree to: a yes or no to each channel, kept for good, with a receipt (S4-16)."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.core.ids import new_id
from portal_app.integrations.captured_mailer import CapturedMailer
from portal_app.integrations.captured_texts import CapturedTexts
from portal_app.services import consents, notifications
from portal_app.services.consents import ConsentChannel
from portal_app.services.transaction import transaction
from tests import factories as f

SYSTEM = Actor.system("tests")
NEWS = {"subject": "Half price", "words": "Every Monday."}


class Paper:
    """Keeps what would have been printed."""

    def render(self, template, data):
        self.template, self.data = template, data
        return b"%PDF"


class Plain:
    def html(self, template, facts):
        return ""


@pytest.fixture
def rosa(any_db, clock):
    who = f.consumer_actor(f.account())
    with Session(any_db) as session, session.begin():
        session.get_one(m.Person, who.person_id).mobile_e164 = "+18135550123"
    return who


def choose(actor, channel="email", *, given=True, key=None, **more):
    return consents.choose(actor, channel=channel, given=given, key=key or new_id(), **more)


def standing(actor, **more):
    return {one.channel.value: one.given for one in consents.preferences(actor, **more).ways}


def market(staff, person_id, channel="email", **more):
    given = {"person": person_id, "channel": channel, "key": new_id()} | NEWS | more
    return notifications.send_marketing(staff, **given)


@pytest.mark.requirement("S4-16")
def test_nobody_has_agreed_to_anything_at_first(rosa):
    found = consents.preferences(rosa)
    assert standing(rosa) == {"email": False, "sms": False, "phone": False, "post": False}
    assert found.history == ()
    assert [one.words for one in found.ways] == [
        "Harbourline may send me news and offers by email.",
        "Harbourline may send me news and offers by text message.",
        "Harbourline may call me with news and offers.",
        "Harbourline may send me news and offers by post.",
    ]


@pytest.mark.requirement("S4-16")
def test_each_answer_is_kept_with_what_was_read_when_and_where(rosa, clock):
    first = choose(rosa)
    clock.advance(days=1)
    second = choose(rosa, given=False)
    assert standing(rosa)["email"] is False
    last, before = consents.preferences(rosa).history
    assert (last.receipt_no, last.given, before.receipt_no, before.given) == (
        second, False, first, True,
    )  # fmt: skip
    assert (before.words, before.by_name, before.source.value) == (
        "Harbourline may send me news and offers by email.", rosa.name, "portal",
    )  # fmt: skip
    assert (last.at - before.at).days == 1
    assert before.text_version.startswith("2026-11-")
    assert first != second
    trail = [row.action for row in f.fetch_all(m.AuditEvent)]
    assert trail[-2:] == ["consent:self:given", "consent:self:withdrawn"]


def test_what_is_so_already_is_not_written_down_again(rosa):
    assert choose(rosa, given=False) == ""
    first = choose(rosa)
    assert choose(rosa) == first
    assert len(f.fetch_all(m.ConsentEvent)) == 1


def test_the_same_click_twice_is_one_answer(rosa):
    first = choose(rosa, key="click")
    choose(rosa, given=False)
    assert choose(rosa, key="click") == first
    assert standing(rosa)["email"] is False
    assert len(f.fetch_all(m.ConsentEvent)) == 2


def test_a_channel_that_is_none_is_refused(rosa):
    for channel in ("fax", "", None, 5):
        with pytest.raises(Invalid):
            choose(rosa, channel)
    with pytest.raises(Invalid):
        choose(rosa, given="yes")
    assert f.fetch_all(m.ConsentEvent) == []


@pytest.mark.requirement("S4-16")
def test_staff_write_down_what_they_were_told_and_how(rosa):
    clerk = f.staff_actor()
    with pytest.raises(Invalid) as refusal:
        choose(clerk, "sms", person=rosa.person_id)
    assert set(refusal.value.fields) == {"note"}
    choose(clerk, "sms", person=rosa.person_id, note="By phone on Monday.")
    (answer,) = consents.preferences(clerk, person=rosa.person_id).history
    assert (answer.by_name, answer.source.value, answer.note) == (
        "Dana Okafor", "staff", "By phone on Monday.",
    )  # fmt: skip
    assert standing(rosa)["sms"] is True


def test_others_learn_nothing_and_change_nothing(rosa):
    receipt = choose(rosa)
    stranger = f.consumer_actor(f.account())
    elsewhere = f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id)
    for actor in (stranger, elsewhere, Actor()):
        with pytest.raises(NotFound):
            consents.preferences(actor, person=rosa.person_id)
        with pytest.raises(NotFound):
            choose(actor, person=rosa.person_id, note="x", given=False)
        with pytest.raises(NotFound):
            consents.receipt_document(actor, receipt=receipt, renderer=Paper())
        with pytest.raises(NotFound):
            market(actor, rosa.person_id)
    assert standing(rosa)["email"] is True


@pytest.mark.requirement("S4-16")
@pytest.mark.parametrize("statement", [
    "UPDATE consent_event SET given = NOT given",
    "DELETE FROM consent_event",
])  # fmt: skip
def test_no_answer_can_be_changed_or_removed_afterwards(rosa, any_db, statement):
    choose(rosa)
    with Session(any_db) as session, pytest.raises(DatabaseError, match="append-only"):
        session.connection().execute(text(statement))


@pytest.mark.requirement("S4-16")
def test_a_receipt_says_what_was_read_and_answered(rosa):
    paper = Paper()
    receipt = choose(rosa)
    document = consents.receipt_document(rosa, receipt=receipt, renderer=paper)
    assert document.filename == f"Receipt {receipt}.pdf"
    assert paper.template == "consent"
    shown = {name: paper.data[name] for name in ("sentence", "answer", "channel", "place", "by")}
    assert shown == {
        "sentence": "Harbourline may send me news and offers by email.",
        "answer": "Yes",
        "channel": "Email",
        "place": "In this portal",
        "by": rosa.name,
    }


@pytest.mark.requirement("S4-16")
@pytest.mark.parametrize(("channel", "consent"), [("email", "email"), ("text", "sms")])
def test_marketing_is_refused_until_they_agree_and_again_once_they_do_not(rosa, channel, consent):
    clerk = f.staff_actor()
    with pytest.raises(Conflict, match="have not agreed"):
        market(clerk, rosa.person_id, channel)
    assert f.fetch_all(m.OutboundMessage) == []
    choose(rosa, consent)
    market(clerk, rosa.person_id, channel)
    choose(rosa, consent, given=False)
    with pytest.raises(Conflict, match="have not agreed"):
        market(clerk, rosa.person_id, channel)
    (message,) = f.fetch_all(m.OutboundMessage)
    assert (message.message_class, message.person_id) == ("marketing", rosa.person_id)
    assert "Every Monday." in message.text
    assert "/privacy" in message.text


@pytest.mark.requirement("S4-16")
def test_what_a_service_needs_is_sent_whatever_they_agreed_to(rosa):
    with transaction(SYSTEM) as tx:
        notifications.tell(
            tx,
            topic="case.opened",
            brand_id=rosa.brand,
            to=[rosa.person_id],
            facts=dict.fromkeys(("number", "subject_line", "words", "who", "resolution"), "x"),
        )
    (message,) = f.fetch_all(m.OutboundMessage)
    assert (message.message_class, message.state) == ("service", "queued")


@pytest.mark.requirement("S4-16")
def test_what_was_written_before_they_took_it_back_does_not_leave(rosa):
    choose(rosa)
    market(f.staff_actor(), rosa.person_id)
    choose(rosa, given=False)
    (message,) = f.fetch_all(m.OutboundMessage)
    mailer = CapturedMailer()
    notifications.send(
        SYSTEM, message_id=message.id, mailer=mailer, texts=CapturedTexts(), letters=Plain()
    )
    kept = f.fetch(m.OutboundMessage, id=message.id)
    assert kept.state == m.MessageState.SUPPRESSED
    assert kept.sent_at is None
    assert "took their agreement back" in kept.error


def test_whoever_writes_news_says_something_and_has_an_address(rosa, any_db):
    clerk = f.staff_actor()
    choose(rosa, "sms")
    with pytest.raises(Invalid) as refusal:
        market(clerk, rosa.person_id, words="", subject="")
    assert set(refusal.value.fields) == {"subject", "words"}
    with Session(any_db) as session, session.begin():
        session.get_one(m.Person, rosa.person_id).mobile_e164 = ""
    with pytest.raises(Conflict, match="no address"):
        market(clerk, rosa.person_id, "text")


def test_the_answers_to_one_channel_say_nothing_of_another(rosa):
    choose(rosa, "post")
    with transaction(SYSTEM) as tx:
        allowed = {
            channel: consents.allows(tx.session, person_id=rosa.person_id, channel=channel)
            for channel in ConsentChannel
        }
    assert [channel.value for channel, may in allowed.items() if may] == ["post"]
