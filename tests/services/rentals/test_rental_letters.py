"""The letters about requests: every one in text and in HTML, whatever people have typed."""

import re
from html import unescape
from typing import Any

import pytest

from portal_app import models as m
from portal_app import wiring
from portal_app.core.actor import Role
from portal_app.integrations.mjml_letters import MjmlLetters
from portal_app.jobs import catalogue
from portal_app.jobs.engine import Worker
from portal_app.services import rentals, templates
from portal_app.services.notifications.rules import one_line
from tests import factories as f
from tests.services.identity.people import change

# What letters hold since they are worded by templates, and those queued before do not.
NEWER = ("us", "is_pick_up", "edition")
NASTY = "<b>{{ brand }}</b> & Söhne"


@pytest.fixture
def letters(sqlite_hire) -> dict[str, m.OutboundMessage]:
    """One letter of every topic, by topic."""
    hire = sqlite_hire
    hire.line.description = NASTY
    f._save(hire.line)
    done = hire.ask(quantity=1, notes=NASTY)
    for command, entered in (
        (rentals.acknowledge, {}),
        (rentals.schedule, {"when": "2026-11-24T08:00"}),
        (rentals.reschedule, {"when": "2026-11-25T08:00"}),
        (rentals.receive_return, {}),
        (rentals.check_in, {"quantity": 1}),
    ):
        hire.step(command, done, **entered)
    hire.step(rentals.decline, hire.ask(quantity=1), reason=NASTY)
    hire.step(rentals.cancel_request, hire.ask(quantity=1), hire.owner)
    return {message.topic: message for message in f.fetch_all(m.OutboundMessage)}


def test_every_step_has_a_letter_that_says_the_same_in_text_and_in_html(letters):
    assert {topic.partition(".")[2] for topic in letters} == {
        "submitted", "received", "acknowledged", "scheduled", "rescheduled", "returned",
        "completed", "declined", "cancelled", "withdrawn",
    }  # fmt: skip
    for topic, message in letters.items():
        html = MjmlLetters().html(topic.replace("rental.", "rentals/"), message.facts)
        assert NASTY in message.text, topic
        assert "&lt;b&gt;{{ brand }}&lt;/b&gt; &amp; Söhne" in html, topic
        assert NASTY not in html, topic
        assert message.facts["number"] in message.subject, topic
        assert message.facts["link"] in message.text, topic
        assert message.facts["link"] in html, topic


def test_letters_lead_each_side_to_its_own_page(letters):
    number = letters["rental.submitted"].facts["number"]
    assert letters["rental.submitted"].facts["link"].endswith(f"/requests/{number}")
    store = letters["rental.received"]
    assert "/staff/rental-requests?open=OR-" in store.facts["link"]


def test_times_in_letters_are_the_stores(letters):
    assert "25 November 2026 at 08:00 (EST)" in letters["rental.rescheduled"].subject


@pytest.mark.requirement("S2-13")
def test_operators_words_are_sent_about_a_request(sqlite_hire):
    hire = sqlite_hire
    manager = f.sure(f.staff_actor(Role.MANAGER, brand_id=hire.account.brand_id))
    words = {
        "subject": "{{ us }} has {{ number }}",
        "text": "{{ quantity }} × {{ item }}: {{ link }}",
    }
    held = templates.save_draft(manager, kind="rental.submitted", **words, key="draft")
    templates.publish(manager, template=held, version=1, key="publish")
    number = hire.ask(quantity=1)
    letter = f.fetch(m.OutboundMessage, topic="rental.submitted")
    assert letter.subject == f"{hire.store.name} has {number}"
    assert letter.text.startswith(f"1 × {hire.line.description}: http")


class Press(MjmlLetters):
    """Sets letters, and notes in which form."""

    def __init__(self):
        super().__init__()
        self.forms: set[str] = set()

    def html(self, template, facts):
        self.forms.add(template)
        return super().html(template, facts)


def sent_now(monkeypatch) -> tuple[dict[str, Any], set[str]]:
    """Send everything that waits; return it by message, and the forms in which it was set."""
    sent: dict[str, Any] = {}

    class Carrier:
        def send(self, letter):
            sent[letter.message_id] = letter

    press = Press()
    monkeypatch.setattr(wiring, "mailer", Carrier)
    monkeypatch.setattr(wiring, "letters", lambda: press)
    Worker(catalogue.JOBS).run_due()
    assert {one.state for one in f.fetch_all(m.OutboundMessage)} == {m.MessageState.SENT}
    return sent, press.forms


@pytest.mark.requirement("S2-13")
def test_a_letter_that_a_former_version_queued_goes_out_in_both_parts_with_its_own_words(
    letters, monkeypatch
):
    waiting = f.fetch_all(m.OutboundMessage)
    for message in waiting:
        facts = {name: fact for name, fact in message.facts.items() if name not in NEWER}
        # The version before templates said it in words of its own.
        change(message, facts=facts, text=message.text.replace("call ", "ring the yard of "))
    sent, forms = sent_now(monkeypatch)
    assert (len(sent), forms) == (len(waiting), {"own"})
    assert any("ring the yard of" in letter.text for letter in sent.values())
    for topic, message in letters.items():
        letter = sent[message.id]
        said = one_line(unescape(re.sub(r"<(?!b>|/b>)[^>]+>", " ", letter.html)))
        body, signed, _ = letter.text.partition("\n\n--\n")
        assert signed, topic
        for paragraph in body.split("\n\n"):
            label, _, link = one_line(paragraph).partition(": http")
            assert (label if link else one_line(paragraph)) in said, topic
        assert message.facts["link"] in letter.html, topic
        assert " -- " not in said, "the frame signs it, and it alone"


def test_a_letter_is_set_in_a_form_only_if_it_is_the_one_it_was_written_for(letters, monkeypatch):
    """An upgrade may change what a form says, and ask for no other fact."""
    changed = letters["rental.scheduled"]
    for message in f.fetch_all(m.OutboundMessage, topic=changed.topic):
        change(message, facts=message.facts | {"edition": "of last year"})
    sent, forms = sent_now(monkeypatch)
    assert "own" in forms
    assert "rentals/scheduled" not in forms
    assert "rentals/rescheduled" in forms
    assert changed.facts["contact_phone"] in sent[changed.id].html
