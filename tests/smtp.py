"""A real SMTP server for the tests, in a process of its own: it signs people in, speaks TLS, and
answers as the recipient says."""

import asyncio
import base64
import contextlib
import json
import signal
import ssl
import subprocess
import sys
import time
import warnings
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import free_port, wait_for_port

USERNAME, PASSWORD = "portal", "only-in-tests"
ROOT = Path(__file__).parent.parent


@dataclass
class Post:
    """What the server has been asked and has taken, as it wrote it down."""

    port: int
    folder: Path

    def drop_first(self, recipients: list[str]) -> None:
        """Have the line cut at the first letter to each, before it was taken."""
        (self.folder / "drops-first").write_text("\n".join(recipients))

    def fail_first(self, recipients: list[str]) -> None:
        """Have the first try of each be answered with 451."""
        (self.folder / "fails-first").write_text("\n".join(recipients))

    @property
    def tries(self) -> list[tuple[str, float]]:
        return [(each["to"], each["at"]) for each in self._notes() if each["what"] == "try"]

    @property
    def recipients(self) -> list[str]:
        return [to for each in self._taken() for to in each["to"]]

    @property
    def taken(self) -> list[EmailMessage]:
        contents = [base64.b64decode(each["content"]) for each in self._taken()]
        return [message_from_bytes(content, policy=policy.default) for content in contents]

    def _taken(self) -> list[dict[str, Any]]:
        return [each for each in self._notes() if each["what"] == "letter"]

    def _notes(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "notes").read_text().splitlines()]


@dataclass
class Clerk:
    """Answers with the number that a recipient begins with; `hang@…` gets no answer.

    `cut@…` loses the line after the letter was taken, `data452@…` is answered at the letter itself.
    """

    folder: Path

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self._note(what="try", to=address, at=time.monotonic())
        name = address.partition("@")[0]
        if self._is_first("fails-first", address):
            return "451 Try again later"
        if name.isdigit():
            return f"{name} Scripted answer"
        if name == "hang":
            await asyncio.sleep(60)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        name = envelope.rcpt_tos[0].partition("@")[0]
        if name.startswith("data") and name[4:].isdigit():
            return f"{name[4:]} Scripted answer"
        if self._is_first("drops-first", envelope.rcpt_tos[0]):
            server.transport.abort()
            return "451 Nobody hears this"
        content = base64.b64encode(envelope.content).decode()
        self._note(what="letter", to=envelope.rcpt_tos, content=content)
        if name == "cut":
            server.transport.abort()
        return "250 Taken"

    def _is_first(self, what: str, address: str) -> bool:
        waiting = (self.folder / what).read_text().splitlines()
        if address in waiting:
            waiting.remove(address)
            (self.folder / what).write_text("\n".join(waiting))
            return True
        return False

    def _note(self, **facts: Any) -> None:
        with (self.folder / "notes").open("a") as notes:
            notes.write(json.dumps(facts) + "\n")


@contextlib.contextmanager
def post_office(
    folder: Path, *, tls: str = "starttls", port: int = 0, takes_all_letters: bool = True
) -> Generator[Post]:
    """Run the server until the block ends; `tls` is "starttls", "tls" or "none".

    `takes_all_letters` has it offer SMTPUTF8, for addresses that are written with any letters.
    """
    post = Post(port or free_port(), folder)
    certificate(folder)
    for name in ("notes", "fails-first", "drops-first"):
        (folder / name).touch()
    utf8 = "utf8" if takes_all_letters else "ascii"
    command = [sys.executable, "-m", "tests.smtp", str(post.port), str(folder), tls, utf8]
    with subprocess.Popen(command, cwd=ROOT) as server:
        try:
            wait_for_port(post.port)
            yield post
        finally:
            server.kill()


def serve(port: int, folder: Path, tls: str, letters: str) -> None:
    """Be the server, until killed."""
    warnings.simplefilter("ignore")  # it says that it is not safe to be as we test it
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    options: dict[str, Any] = {"auth_required": True, "authenticator": _sign_in}
    options |= {"enable_SMTPUTF8": letters == "utf8"}
    if tls == "starttls":
        options |= {"tls_context": serving, "require_starttls": True}
    else:
        options |= {"auth_require_tls": False}
    if tls == "tls":
        options |= {"ssl_context": serving}
    Controller(Clerk(folder), hostname="127.0.0.1", port=port, **options).start()
    signal.pause()


def _sign_in(server, session, envelope, mechanism, data) -> AuthResult:
    right = data == LoginPassword(USERNAME.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def certificate(folder: Path, *, host: str = "127.0.0.1") -> tuple[Path, Path]:
    """Return a certificate for a host that signs for itself, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return paths


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:5])
