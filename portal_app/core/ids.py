"""Identifiers: sortable ones for rows, short ones that people read out on the telephone."""

import os
import secrets
from functools import cache

from uuid_utils.compat import uuid7

# Crockford's alphabet: no I, L, O or U, so nothing is misread or spells a word.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """Return a UUIDv7 as text: unique, and sorting by the time it was made."""
    return str(uuid7())


def reference(prefix: str, *, length: int = 6) -> str:
    """Return a random reference such as `OR-7K3M9Q` (30 bits at the default length)."""
    return f"{prefix}-{''.join(secrets.choice(_LETTERS) for _ in range(length))}"


def process_name() -> str:
    """Return a name for this process that no other has, not even the one it is a copy of."""
    return _name_of(os.getpid())


@cache
def _name_of(process: int) -> str:
    return f"{process}-{secrets.token_hex(12)}"
