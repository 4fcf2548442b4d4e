"""Ed25519 signatures over text, and their keys as URL-safe text. No other algorithm is spoken."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_key() -> tuple[str, str]:
    """Return a new private key and its public key."""
    private_key = encode(Ed25519PrivateKey.generate().private_bytes_raw())
    return private_key, public_key_of(private_key)


def public_key_of(private_key: str) -> str:
    """Return the public key that belongs to a private one; raises ValueError when it is none."""
    private = Ed25519PrivateKey.from_private_bytes(decode(private_key))
    return encode(private.public_key().public_bytes_raw())


def sign(private_key: str, text: str) -> str:
    """Return the signature of a text; raises ValueError when the key is none."""
    private = Ed25519PrivateKey.from_private_bytes(decode(private_key))
    return encode(private.sign(text.encode()))


def is_signed(public_key: str, text: str, signature: str) -> bool:
    """Say whether the holder of the key signed exactly this text."""
    try:
        public = Ed25519PublicKey.from_public_bytes(decode(public_key))
        public.verify(decode(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def encode(raw: bytes) -> str:
    """Return bytes as URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return the bytes of such a text; raises ValueError for any other way to write them."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        message = "this is not base64url"
        raise ValueError(message) from error
    if encode(raw) != text:
        message = "this is not the one way to write these bytes"
        raise ValueError(message)
    return raw
