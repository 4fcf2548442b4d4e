"""Mail over a real SMTP server: taken once, tried again when that helps, given up when not."""

import contextlib
import socket
import ssl
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_app import wiring
from portal_app.integrations.captured_mailer import CapturedMailer
from portal_app.integrations.mime_letter import mime_letter
from portal_app.integrations.smtp_mailer import SmtpMailer
from portal_app.jobs import catalogue
from portal_app.jobs.engine import Worker
from portal_app.models import Job, MessageState, OutboundMessage
from portal_app.ports import Email, PortRefused, PortUnavailable
from portal_app.services import notifications
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.jobs.test_engine import SYSTEM, wait_until
from tests.servers import free_port
from tests.smtp import PASSWORD, USERNAME, Post, certificate, post_office

LETTER = Email(
    message_id="0193b2a4-7c1e-7d3f-9a51-0f2e4d6c8b1a",
    sender="portal@example.com",
    sender_name="Harbourline & Söhne",
    recipient="rosa@example.com",
    subject="Your pick-up is on 1 December – früh",
    text="Hello Rosa,\n\n.\nA line that is a dot alone, and ünïcode.\n",
    html="<!doctype html><p>Hello Rosa, ünïcode</p>",
    written_at=datetime(2026, 11, 20, 15, tzinfo=UTC),
)
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
    "Content-Type", "Content-Transfer-Encoding",
}  # fmt: skip


@pytest.fixture
def post(tmp_path):
    with post_office(tmp_path) as made:
        yield made


def mailer_for(post: Post, folder, **changed) -> SmtpMailer:
    given = {
        "username": USERNAME,
        "password": PASSWORD,
        "tls": "starttls",
        "patience_seconds": 5,
        "trusted": ssl.create_default_context(cafile=str(folder / "certificate.pem")),
    } | changed
    return SmtpMailer("127.0.0.1", post.port, **given)


def test_a_letter_arrives_as_it_was_written(post, tmp_path):
    mailer_for(post, tmp_path).send(LETTER)
    (letter,) = post.taken
    assert post.recipients == ["rosa@example.com"]
    assert letter["From"].addresses[0].display_name == "Harbourline & Söhne"
    assert letter["From"].addresses[0].addr_spec == "portal@example.com"
    assert letter["Subject"] == "Your pick-up is on 1 December – früh"
    assert letter["Message-ID"] == "<0193b2a4-7c1e-7d3f-9a51-0f2e4d6c8b1a@example.com>"
    assert letter["Date"].datetime == LETTER.written_at
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "multipart/alternative"
    plain, html = letter.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content_type() == "text/html"
    assert html.get_content().strip() == LETTER.html


def test_a_letter_without_html_is_plain(post, tmp_path):
    mailer_for(post, tmp_path).send(replace(LETTER, html=""))
    assert post.taken[0].get_content_type() == "text/plain"


@pytest.mark.parametrize("recipient", ["451@example.com", "data452@example.com"])
def test_not_now_is_tried_again(post, tmp_path, recipient):
    with pytest.raises(PortUnavailable):
        mailer_for(post, tmp_path).send(replace(LETTER, recipient=recipient))


@pytest.mark.parametrize("recipient", ["550@example.com", "data554@example.com"])
def test_never_is_given_up(post, tmp_path, recipient):
    with pytest.raises(PortRefused):
        mailer_for(post, tmp_path).send(replace(LETTER, recipient=recipient))


@pytest.mark.parametrize("recipient", ["jörg@example.com", "用户@example.com", "rosé+a@例え.jp"])
def test_an_address_with_any_letters_is_sent_to_where_the_server_takes_them(
    post, tmp_path, recipient
):
    mailer_for(post, tmp_path).send(replace(LETTER, recipient=recipient))
    local, _, domain = recipient.partition("@")
    known = f"{local}@{domain.encode('idna').decode()}"
    assert post.recipients == [known]
    (letter,) = post.taken
    assert _raw(letter["To"]) == known
    assert _raw(letter["Subject"]) == LETTER.subject
    assert _raw(letter["From"]) == f"{LETTER.sender_name} <{LETTER.sender}>"
    assert letter.get_body(("html",)).get_content().strip() == LETTER.html


def test_such_an_address_is_refused_in_words_where_the_server_does_not(tmp_path):
    with post_office(tmp_path, takes_all_letters=False) as post:
        with pytest.raises(PortRefused, match="does not offer SMTPUTF8"):
            mailer_for(post, tmp_path).send(replace(LETTER, recipient="jörg@example.com"))
        assert post.tries == post.taken == []
        # A host with such letters has another name that every server knows.
        mailer_for(post, tmp_path).send(replace(LETTER, recipient="rosa@exämple.com"))
        assert post.recipients == ["rosa@xn--exmple-cua.com"]


def test_a_letter_to_such_an_address_is_given_up_at_once_and_the_outbox_says_why(
    db, tmp_path, monkeypatch
):
    with post_office(tmp_path, takes_all_letters=False) as post:
        monkeypatch.setattr(wiring, "mailer", lambda: mailer_for(post, tmp_path))
        with transaction(SYSTEM) as tx:
            notifications.send_mail(
                tx,
                topic="identity.password_changed",
                brand_id=f.brand().id,
                recipient="jörg@example.com",
                facts={},
                dedupe_key="k",
            )
        Worker({"send_message": catalogue.JOBS["send_message"]}).run_due()
    (message,) = f.fetch_all(OutboundMessage)
    assert (message.state, "SMTPUTF8" in message.error) == (MessageState.FAILED, True)
    (job,) = f.fetch_all(Job)
    assert (job.status, job.attempts) == ("dead", 1)


def test_a_wrong_password_is_the_operators_to_mend_and_no_letter_is_lost(post, tmp_path):
    with pytest.raises(PortUnavailable, match="535"):
        mailer_for(post, tmp_path, password="wrong").send(LETTER)


def test_a_server_that_hangs_is_left_at_the_deadline(post, tmp_path):
    began = time.monotonic()
    with pytest.raises(PortUnavailable):
        mailer_for(post, tmp_path, patience_seconds=1).send(
            replace(LETTER, recipient="hang@example.com")
        )
    assert time.monotonic() - began < 4


def test_a_server_that_dribbles_is_left_at_the_deadline():
    with dribbling() as port:
        began = time.monotonic()
        with pytest.raises(PortUnavailable):
            SmtpMailer("127.0.0.1", port, patience_seconds=1).send(LETTER)
        assert time.monotonic() - began < 4


@contextlib.contextmanager
def dribbling():
    """A server that says a little every tenth of a second and never comes to an end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def dribble():
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                while True:
                    connection.sendall(b"2")
                    time.sleep(0.1)

        thread = threading.Thread(target=dribble)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)


def test_no_server_is_no_loss(tmp_path):
    with pytest.raises(PortUnavailable):
        SmtpMailer("127.0.0.1", free_port(), patience_seconds=2).send(LETTER)


@pytest.mark.asvs("12.3.2")
def test_a_certificate_that_nobody_vouches_for_gets_neither_password_nor_letter(post, tmp_path):
    with pytest.raises(PortUnavailable):
        mailer_for(post, tmp_path, trusted=None).send(LETTER)
    assert post.tries == post.taken == []


@pytest.mark.asvs("12.3.2")
def test_a_certificate_of_another_host_gets_neither(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with post_office(tmp_path) as post:
        certificate(elsewhere, host="127.0.0.2")
        with pytest.raises(PortUnavailable):
            mailer_for(post, elsewhere).send(LETTER)
        assert post.tries == []


@pytest.mark.asvs("12.3.1")
def test_a_server_without_tls_gets_nothing_when_tls_is_demanded(tmp_path):
    with post_office(tmp_path, tls="none") as post:
        with pytest.raises(PortUnavailable):
            mailer_for(post, tmp_path).send(LETTER)
        assert post.tries == post.taken == []


@pytest.mark.parametrize("tls", ["tls", "none"])
def test_the_other_ways_to_connect_work_too(tmp_path, tls):
    with post_office(tmp_path, tls=tls) as post:
        mailer_for(post, tmp_path, tls=tls).send(LETTER)
        assert len(post.taken) == 1


@pytest.mark.asvs("1.3.11")
@settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.text(st.characters(), max_size=80),
    subject=st.text(st.characters(), max_size=200)
    | st.text(st.sampled_from("\r\n\x0b\x0c\x85\u2028 :Bc=?"), max_size=60),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
)
def test_nothing_that_is_written_makes_a_header_or_another_recipient(name, subject, text):
    letter = replace(LETTER, sender_name=name, subject=subject, text=text, html=text)
    sent = _parsed(mime_letter(letter))
    assert set(sent.keys()) <= HEADERS
    assert len(sent.keys()) == len(set(sent.keys()))
    assert [address.addr_spec for address in sent["To"].addresses] == ["rosa@example.com"]
    assert [address.addr_spec for address in sent["From"].addresses] == ["portal@example.com"]


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize(
    "subject", ["Hi\r\nBcc: all@example.com", "Hi\nBcc: all@example.com", "Hi\r\n\r\nbody"]
)
def test_a_subject_with_line_ends_stays_a_subject_on_the_wire(post, tmp_path, subject):
    mailer_for(post, tmp_path).send(replace(LETTER, subject=subject))
    assert post.recipients == ["rosa@example.com"]
    assert post.taken[0]["Bcc"] is None
    assert post.taken[0]["Subject"] == " ".join(subject.split())


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize(
    "recipient",
    [
        "rosa@example.com\r\nRCPT TO:<all@example.com>",
        "rosa@example.com>\r\nDATA",
        "rosa@example.com, ben@example.com",
        "rosa",
        "",
        "rosa@",
        "@example.com",
        "a@b@c",
        " rosa@example.com",
        "jörg x@example.com",
        "jörg,ben@example.com",
        "jörg>\r\nDATA@example.com",
        "jörg..x@example.com",
        "rosa@ex..ämple.com",
    ],
)
@pytest.mark.parametrize("carrier", [CapturedMailer().send, mime_letter])
def test_what_is_no_single_address_is_refused_before_any_server_hears_of_it(carrier, recipient):
    with pytest.raises(PortRefused):
        carrier(replace(LETTER, recipient=recipient))


def _raw(header):
    """Read a header that was sent as it is written; the parser knows only encoded ones."""
    return str(header).encode("utf-8", "surrogateescape").decode()


def _parsed(letter):
    from email import message_from_bytes, policy

    return message_from_bytes(letter.as_bytes(), policy=policy.default)


def test_letters_survive_a_bad_hour_and_a_stuck_one_delays_nobody(
    any_db, post, tmp_path, monkeypatch
):
    """451 to every third, one that hangs, one that is refused: nothing lost, nothing doubled."""
    carrier = mailer_for(post, tmp_path, patience_seconds=6)
    monkeypatch.setattr(wiring, "mailer", lambda: carrier)
    spec = catalogue.JOBS["send_message"]
    specs = {"send_message": replace(spec, backoff=0.3)}
    people = [f"person{number}@example.com" for number in range(30)]
    post.fail_first(people[::3])
    brand = f.brand().id
    with transaction(SYSTEM) as tx:
        for recipient in ["hang@example.com", "550@example.com", *people]:
            notifications.send_mail(
                tx,
                topic="identity.password_changed",
                brand_id=brand,
                recipient=recipient,
                facts={},
                dedupe_key=recipient,
            )
    worker = Worker(specs, threads=3, poll_seconds=0.1)
    worker.start()
    try:
        wait_until(lambda: len(f.fetch_all(OutboundMessage, state=MessageState.SENT)) == 30)
        assert f.fetch(OutboundMessage, recipient="hang@example.com").state is MessageState.QUEUED
    finally:
        worker.shutdown(12)
    assert sorted(post.recipients) == sorted(people)
    assert len({letter["Message-ID"] for letter in post.taken}) == 30
    refused = f.fetch(OutboundMessage, recipient="550@example.com")
    assert refused.state is MessageState.FAILED
    assert len(f.fetch_all(Job, status="dead")) == 1
    begun = min(moment for _, moment in post.tries)
    firsts = {}
    for recipient, moment in post.tries:
        firsts.setdefault(recipient, moment - begun)
    assert max(firsts.values()) < 6  # before the stuck one was let go


def test_a_line_cut_after_the_letter_was_taken_repeats_it_under_the_same_name(
    db, post, tmp_path, monkeypatch, clock
):
    carrier = mailer_for(post, tmp_path)
    monkeypatch.setattr(wiring, "mailer", lambda: carrier)
    with transaction(SYSTEM) as tx:
        notifications.send_mail(
            tx,
            topic="identity.password_changed",
            brand_id=f.brand().id,
            recipient="cut@example.com",
            facts={},
            dedupe_key="k",
        )
    worker = Worker({"send_message": catalogue.JOBS["send_message"]})
    for _ in range(2):
        worker.run_due()
        clock.advance(minutes=5)
    assert len(post.taken) >= 1
    assert len({letter["Message-ID"] for letter in post.taken}) == 1
