"""The doctor's look at the portal's own certificate, at real servers."""

import contextlib
import socket
import ssl
import threading
from datetime import timedelta

import pytest

from portal_app.cli import certificates
from portal_app.core.settings import Settings
from tests.integrations.authority import Authority
from tests.servers import free_port


@contextlib.contextmanager
def serving(certificate, key):
    """Answer handshakes with a certificate; yield the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer():
            with contextlib.suppress(OSError):
                while True:
                    line, _ = listener.accept()
                    with line, contextlib.suppress(OSError):
                        context.wrap_socket(line, server_side=True).close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.fixture
def look(monkeypatch):
    """Look at the portal at this address."""

    def looking(url):
        monkeypatch.setattr(
            certificates,
            "settings",
            lambda: Settings(_env_file=None, env="production", public_url=url),
        )
        return list(certificates.look())

    return looking


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "public")


@pytest.fixture
def known(authority, monkeypatch):
    """This machine's list of authorities, as if it held the one of the test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


@pytest.mark.asvs("12.2.2")
def test_a_certificate_of_an_authority_that_is_publicly_known_is_well(known, look):
    with serving(*known.issue()) as port:
        ((is_ok, words),) = look(f"https://localhost:{port}")
    assert is_ok and "good until" in words


@pytest.mark.asvs("12.2.2")
def test_one_that_no_public_authority_vouches_for_is_named(authority, look):
    with serving(*authority.issue()) as port:
        ((is_ok, words),) = look(f"https://localhost:{port}")
    assert not is_ok and "no browser trusts the one of localhost" in words


@pytest.mark.asvs("12.2.2")
@pytest.mark.parametrize(
    ("issued", "said"),
    [
        ({"host": "other.example.org"}, "no browser trusts"),
        ({"lasts": timedelta(hours=-1)}, "expired"),
        ({"lasts": timedelta(days=29)}, "renew it"),
    ],
)
def test_one_of_another_name_or_that_is_over_or_runs_out_soon_is_named(known, look, issued, said):
    with serving(*known.issue(**issued)) as port:
        ((is_ok, words),) = look(f"https://localhost:{port}")
    assert not is_ok and said in words


def test_an_address_that_is_out_of_reach_is_no_fault_of_the_certificate(look):
    assert [is_ok for is_ok, _ in look(f"https://localhost:{free_port()}")] == [True]


def test_without_tls_there_is_nothing_to_look_at(look):
    assert [is_ok for is_ok, _ in look("")] == [True]
