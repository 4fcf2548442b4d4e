"""What a licence is, how it is signed and read, and what it is worth at a moment.

The file is one line, `base64url(json).base64url(signature)`: an Ed25519 signature over the first
part as it stands. The keys that count are the portal's own; nothing in the file brings one.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from portal_app.core.signatures import decode, encode, is_signed, sign

GRACE = timedelta(days=14)
LONGEST_FILE = 16_384
_Word = Annotated[str, StringConstraints(min_length=1, max_length=120)]
_LATEST = 253_402_300_799  # the last second of the year 9999


class LicenceStatus(StrEnum):
    """What a licence is worth now."""

    MISSING = "missing"
    VALID = "valid"
    EARLY = "early"
    GRACE = "grace"
    EXPIRED = "expired"
    WRONG_INSTALLATION = "wrong_installation"
    UNREADABLE = "unreadable"


class Unreadable(Exception):
    """The text is no licence that one of our keys signed; the message says why."""


class Licence(BaseModel):
    """What was signed. Times are whole seconds since 1970; a field that is not here is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    typ: Literal["portal-licence"]
    kid: _Word
    id: _Word
    installation: _Word
    customer: _Word
    modules: list[_Word] = Field(max_length=50)
    nbf: int = Field(ge=0, le=_LATEST)
    exp: int = Field(ge=0, le=_LATEST - int(GRACE.total_seconds()))

    @property
    def starts_at(self) -> datetime:
        """The first moment at which it counts."""
        return datetime.fromtimestamp(self.nbf, UTC)

    @property
    def ends_at(self) -> datetime:
        """The first moment at which it no longer counts, but for the days of grace."""
        return datetime.fromtimestamp(self.exp, UTC)


def issue(private_key: str, licence: Licence) -> str:
    """Return the line that goes into the licence file."""
    payload = encode(json.dumps(licence.model_dump(), separators=(",", ":")).encode())
    return f"{payload}.{sign(private_key, payload)}"


def read(text: str, public_keys: Mapping[str, str]) -> Licence:
    """Return a licence whose signature one of our keys confirms; raises `Unreadable`.

    Nothing in it is looked at before its signature is known to be right.
    """
    payload, dot, signature = text.strip().partition(".")
    if len(text) > LONGEST_FILE or not dot:
        raise Unreadable("The file does not hold a licence.")
    signers = [kid for kid, key in public_keys.items() if is_signed(key, payload, signature)]
    if not signers:
        raise Unreadable("It was changed, or signed with a key that this portal does not know.")
    try:
        licence = Licence.model_validate_json(decode(payload))
    except (ValidationError, ValueError) as error:
        raise Unreadable("It was signed, but it is not a licence for the portal.") from error
    if licence.kid not in signers:
        raise Unreadable("It names another key than the one that signed it.")
    return licence


def judge(licence: Licence, *, installation: str, now: datetime) -> LicenceStatus:
    """Say what a licence is worth to an installation at a moment."""
    if licence.installation != installation:
        return LicenceStatus.WRONG_INSTALLATION
    if now < licence.starts_at:
        return LicenceStatus.EARLY
    if now < licence.ends_at:
        return LicenceStatus.VALID
    return LicenceStatus.GRACE if now < licence.ends_at + GRACE else LicenceStatus.EXPIRED
