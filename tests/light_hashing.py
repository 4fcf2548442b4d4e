"""Hashes that cost next to nothing, for the tests in which their cost is not the question."""

from collections.abc import Generator
from contextlib import contextmanager

from portal_app.services.identity.rules import hashing

_PRODUCTION = {name: getattr(hashing, name) for name in ("_SLOW", "_SMALL")}


def use() -> None:
    """Hash lightly in this process from now on; the servers that tests start do not."""
    for name in _PRODUCTION:
        setattr(hashing, name, hashing._argon2id(kibibytes=8, passes=1))


@contextmanager
def not_used() -> Generator[None]:
    """Hash as in production inside the block."""
    for name, hasher in _PRODUCTION.items():
        setattr(hashing, name, hasher)
    try:
        yield
    finally:
        use()
