"""What the database keeps sealed under the portal's secret: each value opens in its row alone."""

import logging
from binascii import Error as NotSealed
from datetime import date

from cryptography.exceptions import InvalidTag

from portal_app.core.secrets import seal, unseal
from portal_app.core.settings import settings

# What no text ends with that somebody typed, and the bytes to whose multiples a text is filled up.
_FILLING, _STEP = "\0", 32
log = logging.getLogger("portal.vault")


def keep(plain: str, *, place: str) -> str:
    """Seal a value for one place (`table:column:row`)."""
    master = settings().secret_key.get_secret_value()
    return seal(master, plain, place=place)


def opened(sealed: str, *, place: str) -> str:
    """Open what was kept for this place, also under the secret before.

    Raises InvalidTag if it was moved, altered or is lost.
    """
    master = settings().secret_key.get_secret_value()
    before = settings().secret_key_before.get_secret_value()
    try:
        return unseal(master, sealed, place=place)
    except InvalidTag:
        if not before:
            raise
        return unseal(before, sealed, place=place)


def renewed(sealed: str, *, place: str) -> str:
    """Return it sealed under today's secret: as it stands if it is; raises as `opened` does."""
    master = settings().secret_key.get_secret_value()
    try:
        unseal(master, sealed, place=place)
    except InvalidTag:
        return keep(opened(sealed, place=place), place=place)
    return sealed


def keep_day(day: date, *, place: str) -> str:
    """Seal a calendar day for one place."""
    return keep(day.isoformat(), place=place)


def day_in(sealed: str, *, place: str) -> date | None:
    """Open a calendar day; None where there is none, or it opens no longer, which is logged."""
    return date.fromisoformat(day) if (day := text_in(sealed, place=place)) else None


def keep_text(plain: str, *, place: str) -> str:
    """Seal a text for one place, filled up so that its length, too, is told in steps of 32 bytes.

    A "yes" is as long as a "no" then. `text_in` takes off again what was filled in.
    """
    return keep(plain + _FILLING * (-len(plain.encode()) % _STEP), place=place)


def text_in(sealed: str, *, place: str) -> str:
    """Open a text; "" where there is none, or it opens no longer, which is logged."""
    if not sealed:
        return ""
    try:
        return opened(sealed, place=place).rstrip(_FILLING)
    except (InvalidTag, NotSealed, ValueError):
        log.error("a sealed value does not open", extra={"place": place})  # noqa: TRY400
        return ""
