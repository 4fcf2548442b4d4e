"""The sample for the proxy, run as it stands before a running portal."""

import os
import shutil
import socket
import ssl
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlmodel import Session, col, select
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from portal_app import models as m
from tests.factories import brand
from tests.people import database_at
from tests.portal_server import running
from tests.servers import free_port, wait_for_port

NAME = "portal.example.com"
SAMPLE = Path("docs/nginx.conf")
WRAPPER = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; {user}
events {{}}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{sample}
}}
"""


def certificate(folder):
    """Write a certificate for the sample's name and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


class Proxy:
    """A running nginx with the sample, its two ports, and the portal behind it."""

    def __init__(self, folder, portal):
        self.folder, self.portal = folder, portal
        self.plain, self.tls = free_port(), free_port()
        sample = SAMPLE.read_text()
        for written, here in (
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            ("listen 443 ", f"listen 127.0.0.1:{self.tls} "),
            ("/etc/ssl/portal/", f"{folder}/"),
            ("127.0.0.1:8100", f"127.0.0.1:{portal.port}"),
        ):
            assert written in sample
            sample = sample.replace(written, here)
        user = "user root;" if os.geteuid() == 0 else ""
        text = WRAPPER.format(folder=folder, sample=sample, user=user)
        (folder / "nginx.conf").write_text(text)
        certificate(folder)

    def command(self, *more):
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        return [nginx, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), *more]

    @property
    def trust(self):
        return ssl.create_default_context(cafile=self.folder / "fullchain.pem")

    def ask(self, method, path, *, plain=False, **more):
        headers = {"host": NAME} | more.pop("headers", {})
        scheme, port = ("http", self.plain) if plain else ("https", self.tls)
        with httpx.Client(verify=self.trust) as client:
            return client.request(
                method, f"{scheme}://127.0.0.1:{port}{path}", headers=headers,
                extensions={"sni_hostname": NAME}, **more,
            )  # fmt: skip

    def handshake(self, *options):
        """Return what `openssl s_client` says of a handshake with these options."""
        address = ["-connect", f"127.0.0.1:{self.tls}", "-servername", NAME]
        command = ["openssl", "s_client", *address, *options]
        done = subprocess.run(command, input="", capture_output=True, text=True)
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def proxy(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    shutil.copy(sqlite_template, folder / "portal.db")
    url = f"sqlite:///{folder / 'portal.db'}"
    with database_at(url):
        brand()
    settings = {"PORTAL_PUBLIC_URL": f"https://{NAME}", "PORTAL_TRUSTED_PROXY_HOPS": "1"}
    with running(url, folder, **settings) as portal:
        made = Proxy(folder, portal)
        server = subprocess.Popen(made.command(), stderr=subprocess.DEVNULL)
        try:
            wait_for_port(made.tls)
            yield made
        finally:
            server.terminate()
            server.wait(10)


def test_the_sample_is_accepted_by_nginx(proxy):
    done = subprocess.run(proxy.command("-t"), capture_output=True, text=True)
    assert "test is successful" in done.stderr


@pytest.mark.asvs("4.1.2")
def test_only_pages_are_led_to_tls(proxy):
    answer = proxy.ask("GET", "/contracts?page=2", plain=True)
    assert answer.status_code == 301
    assert answer.headers["location"] == f"https://{NAME}/contracts?page=2"
    for method, path in (("POST", "/auth/sign-in"), ("GET", "/files/invoices/1"), ("POST", "/")):
        assert proxy.ask(method, path, plain=True).status_code == 403


def test_a_page_comes_through_with_the_portals_own_headers(proxy):
    answer = proxy.ask("GET", "/sign-in")
    assert answer.status_code == 200
    assert "max-age=31536000; includeSubDomains" in answer.headers["strict-transport-security"]
    assert f"wss://{NAME}" in answer.headers["content-security-policy"]
    assert answer.headers["server"] == "nginx"


@pytest.mark.asvs("12.1.1")
@pytest.mark.parametrize("version", ["-tls1", "-tls1_1"])
def test_old_tls_is_refused(proxy, version):
    # At this level openssl itself would speak it.
    said = proxy.handshake(version, "-cipher", "ALL:@SECLEVEL=0")
    assert "SSL alert number 70" in said


@pytest.mark.asvs("12.1.1")
@pytest.mark.parametrize(("option", "version"), [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")])
def test_present_tls_is_spoken(proxy, option, version):
    assert f"New, {version}" in proxy.handshake(option)


@pytest.mark.asvs("12.1.2")
@pytest.mark.parametrize(
    "suite", ["AES128-SHA", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256"]
)
def test_suites_without_authenticated_encryption_are_refused(proxy, suite):
    said = proxy.handshake("-tls1_2", "-cipher", f"{suite}:@SECLEVEL=0")
    assert "handshake failure" in said


def test_another_name_gets_no_certificate(proxy):
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{proxy.tls}", "-servername", "x.org"]
    done = subprocess.run(command, input="", capture_output=True, text=True)
    assert "unrecognized name" in done.stdout + done.stderr


@pytest.mark.asvs("4.4.1")
def test_a_tab_connects_over_tls_and_from_the_portals_own_pages_only(proxy):
    address = f"wss://{NAME}/_event/?token=abcdef012345&EIO=4&transport=websocket"

    def tab(origin):
        way = socket.create_connection(("127.0.0.1", proxy.tls), 10)
        return connect(address, sock=way, ssl=proxy.trust, origin=origin)

    with tab(f"https://{NAME}") as opened:
        assert "sid" in str(opened.recv())
    with pytest.raises(InvalidStatus) as refusal:
        tab("https://evil.example")
    assert refusal.value.response.status_code == 403


@pytest.mark.asvs("4.1.3")
def test_what_a_caller_says_of_its_own_address_is_not_believed(proxy):
    form = {"identifier": "nobody@example.com", "password": "wrong"}
    headers = {"origin": f"https://{NAME}", "x-forwarded-for": "6.6.6.6"}
    assert proxy.ask("POST", "/auth/sign-in", data=form, headers=headers).status_code == 303
    with database_at(proxy.portal.database) as engine, Session(engine) as session:
        newest = select(m.PortalSession.ip).order_by(col(m.PortalSession.id).desc())
        assert session.exec(newest).first() == "127.0.0.1"


def test_a_body_larger_than_any_feed_is_refused_before_it_is_sent(proxy):
    lines = ["POST /staff/imports HTTP/1.1", f"Host: {NAME}", "Content-Length: 60000000", "", ""]
    raw = socket.create_connection(("127.0.0.1", proxy.tls), 10)
    with proxy.trust.wrap_socket(raw, server_hostname=NAME) as sending:
        sending.sendall("\r\n".join(lines).encode())
        assert sending.recv(100).startswith(b"HTTP/1.1 413")
