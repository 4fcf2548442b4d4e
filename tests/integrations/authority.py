"""An authority of one's own, and the certificates that it makes for servers of this machine."""

import os
import pwd
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_PEM = serialization.Encoding.PEM


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


class Authority:
    """Signs certificates for this machine; `file` is what those who trust it are given."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, _named(name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        made = self._builder(self.name, self._key, timedelta(days=90)).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(_PEM))

    def issue(self, *, lasts: timedelta = timedelta(days=60), host: str = "localhost") -> tuple:
        """Return the files of a certificate and its key, for this machine by name and number."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [x509.DNSName(host), x509.IPAddress(ip_address("127.0.0.1"))]
        if host != "localhost":
            names = names[:1]
        made = self._builder(_named(host), key, lasts).add_extension(
            x509.SubjectAlternativeName(names), critical=False
        )
        stem = self.folder / f"server-{made._serial_number}"
        files = stem.with_suffix(".crt"), stem.with_suffix(".key")
        files[0].write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(_PEM))
        files[1].write_bytes(
            key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        files[1].chmod(0o600)
        return files

    def _builder(self, subject, key, lasts):
        now = datetime.now(UTC)
        return x509.CertificateBuilder(
            self.name, subject, key.public_key(), x509.random_serial_number(),
            now - timedelta(days=1), now + lasts,
        )  # fmt: skip


def readable_by_postgres(*files: Path) -> None:
    """Let PostgreSQL, which never runs as root, read what it needs of its own."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for file in files:
            os.chown(file, owner.pw_uid, owner.pw_gid)
