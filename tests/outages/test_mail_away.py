"""The mail server is away, hangs up or says no: letters wait, come once, or are shown to staff."""

import socket
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest

from portal_app import wiring
from portal_app.core.actor import Actor, Role
from portal_app.integrations.smtp_mailer import SmtpMailer
from portal_app.jobs import catalogue
from portal_app.jobs.engine import Worker
from portal_app.models import Job, MessageState, OutboundMessage
from portal_app.ports import PortUnavailable
from portal_app.services import jobs, notifications
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.integrations.test_smtp_mailer import LETTER
from tests.servers import free_port
from tests.smtp import PASSWORD, USERNAME, post_office

SYSTEM = Actor.system("tests")
PEOPLE = [f"person{number}@example.com" for number in range(9)]
REFUSED = ["550@example.com", "data554@example.com"]
PUT_OFF = "451@example.com"  # at every try


@pytest.fixture
def port(monkeypatch):
    chosen = free_port()
    account = {"username": USERNAME, "password": PASSWORD, "tls": "none", "patience_seconds": 3}
    carrier = SmtpMailer("127.0.0.1", chosen, **account)
    monkeypatch.setattr(wiring, "mailer", lambda: carrier)
    return chosen


def write(recipients):
    for recipient in recipients:
        with transaction(SYSTEM) as tx:
            notifications.send_mail(
                tx, topic="identity.password_changed", brand_id=f.brand().id,
                recipient=recipient, facts={}, dedupe_key=recipient,
            )  # fmt: skip


def try_again(worker, clock):
    """Let the worker try whatever is due, and wait until the next is; return how long that is."""
    worker.run_due()
    due = [job.run_at for job in f.fetch_all(Job, status="queued")]
    pause = max(due) - clock() if due else None
    clock.advance(seconds=pause.total_seconds() + 1 if pause else 0)
    return pause


def states():
    return {m.recipient: m.state for m in f.fetch_all(OutboundMessage)}


def test_an_outage_delays_letters_and_neither_loses_nor_doubles_one(any_db, clock, port, tmp_path):
    write([*PEOPLE, *REFUSED, PUT_OFF])
    worker = Worker({"send_message": catalogue.JOBS["send_message"]})
    pauses = [try_again(worker, clock) for _ in range(6)]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 8 * pauses[0]  # a server that is away is not run after
    assert set(states().values()) == {MessageState.QUEUED}
    with post_office(tmp_path, tls="none", port=port) as post:
        post.fail_first(PEOPLE[:3])
        post.drop_first(PEOPLE[3:6])
        for _ in range(3):
            try_again(worker, clock)
        assert sorted(post.recipients) == sorted(PEOPLE)
        assert len({letter["Message-ID"] for letter in post.taken}) == len(PEOPLE)
    found = states()
    assert [found[one] for one in PEOPLE] == [MessageState.SENT] * len(PEOPLE)
    assert [found[one] for one in REFUSED] == [MessageState.FAILED] * 2
    assert found[PUT_OFF] is MessageState.QUEUED
    shows_them_to_staff(len(REFUSED))
    while try_again(worker, clock):
        pass
    assert states()[PUT_OFF] is MessageState.FAILED
    shows_them_to_staff(len(REFUSED) + 1)


def shows_them_to_staff(number):
    manager = f.staff_actor(Role.MANAGER)
    assert jobs.board(manager, status="dead").counts["dead"] == number
    shown = notifications.outbox(manager, state="failed").rows
    assert len(shown) == number
    assert all(row.error for row in shown)


def test_a_line_cut_in_the_middle_of_a_letter_is_an_absence():
    with hanging_up_at_the_letter() as port, pytest.raises(PortUnavailable):
        long = replace(LETTER, text="A line of words.\n" * 60_000)
        SmtpMailer("127.0.0.1", port, tls="none", patience_seconds=5).send(long)


@contextmanager
def hanging_up_at_the_letter():
    """A server that asks for a letter, reads a little of it, and is gone."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            line, _ = listener.accept()
            with line, line.makefile("rb") as said:
                line.sendall(b"220 here\r\n")
                while (words := said.readline()) and not words.upper().startswith(b"DATA"):
                    line.sendall(b"250 fine\r\n")
                line.sendall(b"354 go on\r\n")
                said.read(2_000)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)
