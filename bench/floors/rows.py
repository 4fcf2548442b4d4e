"""What both floors show, read from the portal's own database by plain SQL."""

import os
import sqlite3
import threading

COOKIE = "floor"
_NEWEST = (
    "SELECT number, kind, status, listed_on FROM contract"
    " WHERE account_id = ? AND phase = 'current' AND ended_at IS NULL"
    " ORDER BY listed_on DESC, id DESC LIMIT 20"
)
_BALANCE = "SELECT coalesce(sum(amount_minor), 0) FROM ledger_entry WHERE account_id = ?"
_PERSON = (
    "SELECT c.account_id, u.password_hash FROM login_identifier i"
    " JOIN portal_user u ON u.id = i.user_id JOIN account_contact c ON c.person_id = u.person_id"
    " WHERE i.value = ?"
)
_local = threading.local()


def _connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        _local.connection = sqlite3.connect(
            f"file:{os.environ['FLOOR_DATABASE']}?mode=ro", uri=True
        )
    return _local.connection


def newest(account: str) -> list[tuple[str, str, str, str]]:
    """Return the 20 newest contracts: number, kind, status, day."""
    return _connection().execute(_NEWEST, (account,)).fetchall()


def balance(account: str) -> str:
    """Return what an account owes, as text."""
    (minor,) = _connection().execute(_BALANCE, (account,)).fetchone()
    return f"${minor / 100:,.2f}"


def account_of(phone: str, password: str) -> str:
    """Return the account of whoever signs in, by the portal's own hash; "" for nobody."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    found = _connection().execute(_PERSON, (phone,)).fetchone()
    try:
        return found[0] if found and PasswordHasher().verify(found[1], password) else ""
    except VerificationError:
        return ""
