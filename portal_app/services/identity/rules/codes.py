"""Codes: sent ones, those of an authenticator app, and those kept for the day it is lost."""

import secrets
from datetime import datetime, timedelta

from pyotp import random_base32
from pyotp.totp import TOTP

from portal_app.core import text
from portal_app.core.secrets import equal

DIGITS = 6
GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5
RECOVERY_CODES = 10
# Crockford's alphabet, ten letters: 50 bits.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RECOVERY_LENGTH = 10
_TOTP_SECONDS = 30
_LONGEST_TYPED = 40


def digits(typed: object) -> str:
    """Return a code as it is compared: spaces and hyphens are how people group digits."""
    short = text.key(typed, longest=_LONGEST_TYPED)
    return "".join(character for character in short if not character.isspace() and character != "-")


def is_code(typed: str) -> bool:
    """Say whether this has the form of a code of six digits."""
    code = digits(typed)
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def new_totp_secret() -> str:
    """Return 160 random bits for an authenticator app, in base32."""
    return random_base32()


def totp_address(secret: str, *, name: str, issuer: str) -> str:
    """Return the `otpauth:` address that an authenticator app reads from a picture."""
    return TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def totp_counter(secret: str, typed: str, *, at: datetime, after: int) -> int | None:
    """Return the counter whose code was typed, or None.

    The code before and the one to come are taken too, for clocks that differ; a counter not
    later than `after` has been used and is refused, so that a code works once.
    """
    if not is_code(typed):
        return None
    generator = TOTP(secret)
    present = int(at.timestamp()) // _TOTP_SECONDS
    near = (present - 1, present, present + 1)
    right = [c for c in near if equal(generator.generate_otp(c), digits(typed)) and c > after]
    return right[0] if right else None


def new_recovery_code() -> str:
    """Return one recovery code, in two groups so that it can be copied by hand."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_RECOVERY_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def recovery_letters(typed: str) -> str:
    """Return a recovery code as it is compared."""
    return digits(typed).upper().replace("O", "0").replace("I", "1").replace("L", "1")


def is_recovery_code(typed: str) -> bool:
    """Say whether this has the form of a recovery code."""
    letters = recovery_letters(typed)
    return len(letters) == _RECOVERY_LENGTH and all(letter in _LETTERS for letter in letters)
