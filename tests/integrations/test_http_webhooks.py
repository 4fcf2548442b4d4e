import json
import socket
import time
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from portal_app.integrations.http_webhooks import HttpWebhooks
from portal_app.ports import PortRefused, PortUnavailable, Webhook
from tests.webhooks import certificate, dribble, flood, hang_up, receiving

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
here = HttpWebhooks(to_loopback=True)
outside = HttpWebhooks()


def event(url, **values):
    given = {
        "message_id": "event-1",
        "url": url,
        "secret": SECRET,
        "body": '{"type": "person.name_changed"}',
        "sent_at": datetime.now(UTC),
    }
    return Webhook(**given | values)


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


def test_event_arrives_signed_so_that_the_standard_verifier_takes_it(receiver):
    assert here.send(event(receiver.url)) == 200
    ((headers, body),) = receiver.got
    assert Verifier(SECRET).verify(body, headers) == {"type": "person.name_changed"}
    assert headers["webhook-id"] == "event-1"
    assert headers["content-type"] == "application/json"
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(body.replace("name", "email"), headers)


@pytest.mark.parametrize("status", [204, 400, 410, 500])
def test_status_is_handed_back_as_it_is(receiver, status):
    receiver.answer = status
    assert here.send(event(receiver.url)) == status


@pytest.mark.asvs("15.3.2")
def test_redirect_is_not_followed(receiver):
    with receiving() as elsewhere:
        receiver.answer, receiver.headers = 307, {"location": elsewhere.url}
        assert here.send(event(receiver.url)) == 307
        assert elsewhere.got == []


@pytest.mark.parametrize("way", [dribble, flood, hang_up])
def test_server_that_misbehaves_is_left_in_time(receiver, way):
    receiver.answer = way
    started = time.monotonic()
    with pytest.raises(PortUnavailable):
        HttpWebhooks(to_loopback=True, patience_seconds=1).send(event(receiver.url))
    assert time.monotonic() - started < 3


def test_address_where_nobody_listens_is_tried_again_later():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(PortUnavailable):
        here.send(event(url))


@pytest.mark.asvs("12.3.2")
def test_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    server, trusting = certificate(tmp_path)
    with receiving(server) as receiver:
        with pytest.raises(PortUnavailable, match="certificate"):
            here.send(event(receiver.url))
        assert receiver.got == []
        trusted = HttpWebhooks(to_loopback=True, trusted=trusting)
        assert trusted.send(event(receiver.url)) == 200
        wrong_name = receiver.url.replace("127.0.0.1", "127.0.0.2")
        with pytest.raises(PortUnavailable):
            trusted.send(event(wrong_name))


@pytest.mark.asvs("1.3.6")
@pytest.mark.asvs("13.2.5")
@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "https://example.com:8443/", "ftp://example.com/", "file:///etc/passwd",
        "https://user:word@example.com/", "https://user@example.com/", "https://example.com/#part",
        "https://", "https:///path", "//example.com/", "example.com", "", "https://exa mple.com/",
        "https://example.com\\@127.0.0.1/", "https://example.com:abc/",
        "https://example.com/\r\nX: y",
        "https://ex\u00e4mple.com/", "https://[::1/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_address_that_is_not_plain_https_is_refused(url, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", resolves_to("8.8.8.8"))
    with pytest.raises(PortRefused):
        outside.check(url)


def resolves_to(*answers):
    """A name server that gives one answer after the other, and the last one from then on."""
    rest = list(answers)

    def look(_host, port, **_):
        found = rest.pop(0) if len(rest) > 1 else rest[0]
        each = found if isinstance(found, tuple) else (found,)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in each]

    return look


@pytest.mark.parametrize(
    "answer", ["127.0.0.1", "::1", "::ffff:10.0.0.1", "10.0.0.1", "169.254.169.254", "fe80::1%eth0"]
)
def test_name_that_stands_for_an_address_inside_is_refused(answer, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", resolves_to(answer))
    with pytest.raises(PortRefused):
        outside.check("https://crm.example.com/")
    with pytest.raises(PortRefused):
        outside.send(event("https://crm.example.com/"))


@pytest.mark.asvs("1.3.6")
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "127.1", "0x7f.1", "0177.0.0.1", "[::1]",
     "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254", "10.1.2.3",
     "0", "0.0.0.0", "[::]", "017700000001", "0x7f000001", "[::ffff:7f00:1]", "[::127.0.0.1]",
     "[fe80::1]", "[fd00::1]", "100.100.100.200", "192.0.0.8", "224.0.0.1", "255.255.255.255"],
)  # fmt: skip
def test_address_inside_is_refused_however_it_is_written(host):
    with pytest.raises((PortRefused, PortUnavailable)) as refusal:
        outside.check(f"https://{host}/")
    assert refusal.type is PortRefused
    with pytest.raises(PortRefused):
        outside.send(event(f"https://{host}/"))


@pytest.mark.asvs("1.3.6")
def test_name_with_one_address_inside_is_refused(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", resolves_to(("8.8.8.8", "10.0.0.1")))
    with pytest.raises(PortRefused):
        outside.check("https://example.com/")


@pytest.mark.asvs("1.3.6")
def test_name_that_changes_between_looks_is_connected_to_as_it_was_judged(monkeypatch, receiver):
    """A rebinding name: public when it is judged, ours when it is connected to."""
    monkeypatch.setattr("socket.getaddrinfo", resolves_to("203.0.114.9", "127.0.0.1"))
    reached = []

    def connect(place, *_, **__):
        reached.append(place)
        raise OSError("nobody is there")

    monkeypatch.setattr("socket.create_connection", connect)
    with pytest.raises(PortUnavailable):
        outside.send(event("https://rebinding.example/"))
    assert reached == [("203.0.114.9", 443)]
    with pytest.raises(PortRefused):
        outside.send(event("https://rebinding.example/"))
    assert len(reached) == 1
    assert receiver.got == []


def test_setting_for_tests_opens_this_machine_and_nothing_else(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", resolves_to(("127.0.0.1", "10.0.0.1")))
    for url in ("http://inside.example/", "https://inside.example/"):
        with pytest.raises(PortRefused):
            here.check(url)
    assert json.loads(event("x").body) == {"type": "person.name_changed"}
