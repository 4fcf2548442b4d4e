"""Tokens, fingerprints and sealed values: HMAC-SHA256, SHA-256, AES-256-GCM, HKDF, no others."""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12


def new_token() -> str:
    """Return 256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return six random digits, for a message to the person's own address or number."""
    return f"{secrets.randbelow(1_000_000):06d}"


def fingerprint(token: str) -> str:
    """Return the SHA-256 of a token in hex: what the database keeps instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def bind(key: str, *parts: str) -> str:
    """Return an HMAC-SHA256 in hex over the parts; no two different lists collide."""
    message = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


def equal(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


@lru_cache(maxsize=16)  # a form is hundreds of values; the master itself is in memory as well
def _derive(master: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(
        master.encode()
    )


def seal(master: str, plain: str, *, place: str) -> str:
    """Encrypt a value for one place (`table:column:row`); it opens nowhere else."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_derive(master, "field")).encrypt(nonce, plain.encode(), place.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(master: str, sealed: str, *, place: str) -> str:
    """Decrypt what `seal` made for this place; raises InvalidTag if it was moved or altered."""
    raw = base64.urlsafe_b64decode(sealed)
    key = AESGCM(_derive(master, "field"))
    return key.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
