"""The letters about requests: every one in text and in HTML, whatever people have typed."""

import pytest

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.integrations.mjml_letters import MjmlLetters
from portal_app.services import rentals, templates
from tests import factories as f

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
