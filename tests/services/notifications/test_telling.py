"""What people are told: in the portal, by letter, by text, in one commit with what caused it."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from portal_app.core.actor import Actor
from portal_app.models import Job, MessageState, Notification, OutboundMessage
from portal_app.services import notifications
from portal_app.services.notifications import rules
from portal_app.services.transaction import transaction
from tests import factories as f

SYSTEM = Actor.system("tests")
HOSTILE = (
    "Rosa\r\nBcc: all@example.com\n{{ 7*7 }}{% for x in y %}<script>alert(1)</script>&\x00\x1b"
)


@pytest.fixture
def words(tmp_path, monkeypatch):
    """Templates of the test's own, inside the frame of the real ones."""
    for kind in ("email", "sms"):
        (tmp_path / kind / "hires").mkdir(parents=True)
    frame = (rules.TEMPLATES / "email" / "layout.txt").read_text(encoding="utf-8")
    (tmp_path / "email" / "layout.txt").write_text(frame, encoding="utf-8")
    (tmp_path / "email" / "hires" / "moved.txt").write_text(
        "{{ brand }}: {{ number }} moved\n\nHello {{ person }},\n\nYour hire {{ number }} moved"
        " to {{ day }}.\n\nSee it here: {{ link }}\n",
        encoding="utf-8",
    )
    (tmp_path / "sms" / "hires" / "moved.txt").write_text("{{ number }} moved", encoding="utf-8")
    monkeypatch.setattr(rules, "TEMPLATES", tmp_path)
    return tmp_path


def tell(people, **changed):
    given = {
        "topic": "hire.moved",
        "brand_id": f.brand().id,
        "to": [person.id for person in people],
        "facts": {"number": "R-1", "day": "1 December"},
        "link": "/contracts/R-1",
    } | changed
    with transaction(SYSTEM) as tx:
        notifications.tell(tx, **given)


def mail(**changed):
    given = {
        "topic": "hire.moved",
        "brand_id": f.brand().id,
        "recipient": "rosa@example.com",
        "facts": {"number": "R-1", "day": "1 December"},
        "dedupe_key": "k",
    } | changed
    with transaction(SYSTEM) as tx:
        notifications.send_mail(tx, **given)


def test_each_person_finds_it_in_the_portal_and_gets_a_letter(any_db, clock, words):
    rosa, ben = f.person(given_name="Rosa"), f.person(given_name="Ben", email="ben@example.com")
    tell([rosa, ben, rosa])
    notice = f.fetch(Notification, person_id=ben.id)
    assert notice.title == "Harbourline: R-1 moved"
    assert notice.body == "Your hire R-1 moved to 1 December."
    assert notice.link == "/contracts/R-1"
    letter = f.fetch(OutboundMessage, recipient="ben@example.com")
    assert letter.subject == "Harbourline: R-1 moved"
    assert "Hello Ben Lindqvist," in letter.text
    assert "See it here: http://localhost:8100/contracts/R-1" in letter.text
    assert len(f.fetch_all(Notification)) == len(f.fetch_all(OutboundMessage)) == 2
    assert {job.name for job in f.fetch_all(Job)} == {"send_message"}


def test_a_person_without_an_address_is_told_in_the_portal_alone(db, clock, words):
    silent = f.person(email="")
    tell([silent])
    assert f.fetch(Notification).person_id == silent.id
    assert f.fetch_all(OutboundMessage) == f.fetch_all(Job) == []


def test_nothing_is_told_of_what_did_not_happen(any_db, clock, words):
    rosa = f.person()
    with pytest.raises(RuntimeError), transaction(SYSTEM) as tx:
        notifications.tell(
            tx,
            topic="hire.moved",
            brand_id=f.brand().id,
            to=[rosa.id],
            facts={"number": "R-1", "day": "x"},
        )
        raise RuntimeError
    assert f.fetch_all(Notification) == f.fetch_all(OutboundMessage) == f.fetch_all(Job) == []


def test_the_same_letter_is_written_once(any_db, clock, words):
    mail()
    mail()
    mail(dedupe_key="another")
    assert len(f.fetch_all(OutboundMessage)) == len(f.fetch_all(Job)) == 2


def test_a_job_names_a_letter_and_says_nothing_of_it(db, clock, words):
    mail(facts={"number": "R-1", "day": "x"})
    assert f.fetch(Job).args == {"message_id": f.fetch(OutboundMessage).id}


@pytest.mark.parametrize(
    "recipient", ["", "rosa", "a@b@c", "rosa@example.com, ben@example.com", "a b@example.com"]
)
def test_what_is_no_single_address_is_kept_and_never_sent(db, clock, words, recipient):
    mail(recipient=recipient)
    kept = f.fetch(OutboundMessage)
    assert kept.state is MessageState.SUPPRESSED
    assert kept.error
    assert f.fetch_all(Job) == []


def test_facts_are_text_and_nothing_in_them_is_a_template(db, clock, words):
    mail(facts={"number": HOSTILE, "day": "{{ brand }}"})
    letter = f.fetch(OutboundMessage)
    assert letter.subject == (
        "Harbourline: Rosa Bcc: all@example.com {{ 7*7 }}{% for x in y %}"
        "<script>alert(1)</script>& moved"
    )
    assert "moved to {{ brand }}." in letter.text
    assert "\r" not in letter.text
    with pytest.raises(TypeError):
        mail(facts={"number": 7, "day": "x"}, dedupe_key="another")


def test_a_fact_that_is_missing_is_a_mistake_and_not_a_hole(db, clock, words):
    with pytest.raises(Exception, match="day"):
        mail(facts={"number": "R-1"})
    assert f.fetch_all(OutboundMessage) == []


@pytest.mark.asvs("1.2.2")
@pytest.mark.parametrize(
    "link", ["https://evil.example/x", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_message_links_to_the_portal_only(db, clock, words, link):
    with pytest.raises(ValueError, match="portal only"):
        mail(link=link)


def test_a_brand_with_its_own_host_is_linked_there(db, clock, words):
    orchard = f.brand(key="orchard", name="Orchard", hosts=["orchard.localhost"])
    mail(brand_id=orchard.id, link="/contracts/R-1")
    assert "http://orchard.localhost:8100/contracts/R-1" in f.fetch(OutboundMessage).text


@pytest.mark.asvs("1.3.7")
@pytest.mark.parametrize(
    "payload",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ '%1000000000d'|format(1) }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    ],
)
def test_a_fact_that_looks_like_a_template_stays_what_it_is(db, clock, words, payload):
    mail(facts={"number": payload, "day": "x"})
    assert payload in f.fetch(OutboundMessage).text


@examples(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(fact=st.text(st.characters(), max_size=200))
def test_any_text_makes_a_subject_of_one_line(db, clock, words, fact):
    subject, text = rules.letter(
        "hire.moved",
        dict.fromkeys(("person", "link", "address"), "")
        | dict.fromkeys(("support_phone", "support_hours", "support_email"), "")
        | {"brand": "B"}
        | rules.printable({"number": fact, "day": fact}),
    )  # fmt: skip
    assert len(subject.splitlines()) == 1
    assert "\x00" not in text
    text.encode()
