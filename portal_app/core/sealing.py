"""Files as the private store keeps them: AES-256-GCM in pieces, each bound to its place.

A sealed file is a random prefix of seven bytes, then the pieces. The nonce of a piece is the
prefix, its number in four bytes, and whether it is the last: pieces can be neither moved nor left
out, nor can the file be cut short (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
Vizár, 2015). Each file has a key of its own.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 1_048_576
_PREFIX, _TAG = 7, 16


class Tampered(Exception):
    """What was kept is not what was sealed."""


def new_key() -> bytes:
    """Return the key of one file."""
    return AESGCM.generate_key(bit_length=256)


def sealed(key: bytes, content: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sealed form of a content, whatever pieces it comes in."""
    cipher, prefix = AESGCM(key), secrets.token_bytes(_PREFIX)
    yield prefix
    number, held = 0, b""
    for some in content:
        held += some
        while len(held) > PIECE:
            yield cipher.encrypt(_nonce(prefix, number, is_last=False), held[:PIECE], None)
            number, held = number + 1, held[PIECE:]
    yield cipher.encrypt(_nonce(prefix, number, is_last=True), held, None)


def unsealed(key: bytes, content: BinaryIO) -> Iterator[bytes]:
    """Yield the content again; raises Tampered where it is not what was sealed."""
    cipher, prefix = AESGCM(key), content.read(_PREFIX)
    number, piece = 0, content.read(PIECE + _TAG)
    while True:
        following = content.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, is_last=not following), piece, None)
        except (InvalidTag, ValueError) as fault:
            message = f"piece {number} does not open"
            raise Tampered(message) from fault
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if is_last else b"\x00")
