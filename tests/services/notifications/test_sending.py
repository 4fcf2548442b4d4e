"""From the outbox to the carrier: each letter once, secrets forgotten, refusals final."""

import mrml
import pytest

from portal_app import wiring
from portal_app.core.settings import settings
from portal_app.integrations.mjml_letters import MjmlLetters
from portal_app.jobs import catalogue
from portal_app.jobs.engine import Worker
from portal_app.models import Job, MessageState, OutboundMessage
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.services import notifications
from portal_app.services.notifications import rules
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.services.notifications.test_telling import SYSTEM

TOPICS = {
    path.relative_to(rules.TEMPLATES / "email").with_suffix("").as_posix()
    for path in (rules.TEMPLATES / "email").glob("*/*.txt")
}


class Carrier:
    """Takes letters and texts, and answers as the script says."""

    def __init__(self, *answers):
        self.answers, self.taken = list(answers), []

    def send(self, letter):
        if self.answers and (answer := self.answers.pop(0)):
            raise answer
        self.taken.append(letter)


@pytest.fixture
def carrier(monkeypatch):
    made = Carrier()
    monkeypatch.setattr(wiring, "mailer", lambda: made)
    monkeypatch.setattr(wiring, "texts", lambda: made)
    return made


def write(**changed):
    given = {
        "topic": "identity.password_reset",
        "brand_id": f.brand().id,
        "recipient": "rosa@example.com",
        "facts": {},
        "dedupe_key": "k",
        "link": "/reset/secret-token",
        "carries_secret": True,
    } | changed
    with transaction(SYSTEM) as tx:
        notifications.send_mail(tx, **given)


def run():
    Worker(catalogue.JOBS).run_due()


def test_a_letter_goes_out_once_with_both_parts(any_db, clock, carrier):
    write()
    run()
    run()
    (letter,) = carrier.taken
    assert letter.recipient == "rosa@example.com"
    assert letter.sender_name == "Harbourline"
    for part in (letter.text, letter.html):
        assert "http://localhost:8100/reset/secret-token" in part
    kept = f.fetch(OutboundMessage)
    assert (kept.state, kept.sent_at) == (MessageState.SENT, clock())


def test_an_absent_carrier_is_waited_for_and_nothing_is_lost(any_db, clock, carrier):
    carrier.answers = [PortUnavailable("The mail server answered 451.")] * 9
    write()
    for _ in range(10):
        run()
        clock.advance(hours=2)
    assert len(carrier.taken) == 1
    assert f.fetch(OutboundMessage).state is MessageState.SENT


def test_a_refusal_is_final_and_says_why(any_db, clock, carrier):
    carrier.answers = [PortRefused("The mail server answered 550.")]
    write()
    run()
    clock.advance(days=1)
    run()
    assert carrier.taken == []
    kept = f.fetch(OutboundMessage)
    assert (kept.state, kept.error) == (MessageState.FAILED, "The mail server answered 550.")
    assert f.fetch(Job, name="send_message").status == "dead"


def test_a_letter_that_was_given_up_can_be_sent_after_all(any_db, clock, carrier):
    from portal_app.services import jobs

    carrier.answers = [PortRefused("The mail server answered 550.")]
    write()
    run()
    jobs.retry(SYSTEM, job_id=f.fetch(Job).id, key="k")
    run()
    assert f.fetch(OutboundMessage).state is MessageState.SENT


def test_a_letter_that_was_sent_is_not_sent_again_by_a_second_run(any_db, clock, carrier):
    write()
    run()
    message_id = f.fetch(OutboundMessage).id
    catalogue.JOBS["send_message"].work(message_id=message_id)
    assert len(carrier.taken) == 1


@pytest.mark.parametrize("answer", [None, PortRefused("no")], ids=["sent", "refused"])
def test_in_production_nothing_that_lets_somebody_in_stays(
    any_db, clock, carrier, monkeypatch, answer
):
    production = settings().model_copy(update={"env": "production"})
    sending = "portal_app.services.notifications.commands.sending.settings"
    monkeypatch.setattr(sending, lambda: production)
    carrier.answers = [answer]
    write()
    run()
    kept = f.fetch(OutboundMessage)
    assert "secret-token" not in kept.model_dump_json()
    assert kept.recipient == "rosa@example.com"


def test_a_text_with_a_code_ends_with_the_line_that_binds_it_to_this_site(any_db, clock, carrier):
    with transaction(SYSTEM) as tx:
        notifications.send_text(
            tx,
            topic="identity.code",
            brand_id=f.brand().id,
            recipient="+18135550100",
            facts={"code": "493021"},
            dedupe_key="k",
            carries_secret=True,
        )
    run()
    (text,) = carrier.taken
    assert text.recipient == "+18135550100"
    assert text.text.splitlines()[-1] == "@localhost #493021"


@pytest.mark.parametrize("template", sorted(TOPICS))
def test_every_letter_has_both_parts_and_both_say_the_same_facts(template):
    from jinja2 import meta, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    parse = ImmutableSandboxedEnvironment().parse

    def facts_of(suffix):
        source = (rules.TEMPLATES / "email" / f"{template}{suffix}").read_text(encoding="utf-8")
        tree = parse(source)
        assert not list(tree.find_all((nodes.Call, nodes.Getattr)))
        return meta.find_undeclared_variables(tree)

    standing = {"brand", "person", "address", "host", "link", "colour", "on_colour"}
    standing |= {"support_phone", "support_email", "support_hours", "preview", "subject"}
    assert facts_of(".mjml") - standing <= facts_of(".txt")
    facts = dict.fromkeys(facts_of(".txt") | facts_of(".mjml"), "<fact>") | dict.fromkeys(
        standing, "<standing>"
    )
    html = wiring.letters().html(template, facts)
    assert "&lt;fact&gt;" in html or not facts_of(".mjml") - standing
    assert "<fact>" not in html
    assert "<standing>" not in html
    assert "{{" not in html
    assert "mj-" not in html.replace("mj-column", "").replace("mj-outlook", "")
    topic = template.replace("/", ".")
    subject, text = rules.letter(topic, facts)
    assert subject
    assert text.count("<standing>") > 1


def test_the_form_of_a_letter_is_compiled_once_however_many_it_sets(any_db, clock, monkeypatch):
    compiled, really = [], mrml.to_html

    def compile_it(source, *rest):
        compiled.append(source)
        return really(source, *rest)

    monkeypatch.setattr(mrml, "to_html", compile_it)
    press, taken = MjmlLetters(), Carrier()
    monkeypatch.setattr(wiring, "letters", lambda: press)
    monkeypatch.setattr(wiring, "mailer", lambda: taken)
    for n in range(5):
        write(dedupe_key=f"k{n}", recipient=f"rosa{n}@example.com")
    run()
    assert (len(taken.taken), len(compiled)) == (5, 1)
    assert all("/reset/secret-token" in one.html for one in taken.taken)
