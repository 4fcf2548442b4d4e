"""Identifiers: sortable ones for rows, short ones that people read out on the telephone."""

import secrets

from uuid_utils.compat import uuid7

# Crockford's alphabet: no I, L, O or U, so nothing is misread or spells a word.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """Return a UUIDv7 as text: unique, and sorting by the time it was made."""
    return str(uuid7())


def reference(prefix: str, *, length: int = 6) -> str:
    """Return a random reference such as `OR-7K3M9Q` (30 bits at the default length)."""
    return f"{prefix}-{''.join(secrets.choice(_LETTERS) for _ in range(length))}"
