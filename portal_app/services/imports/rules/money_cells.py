"""How the cells about cards and accounts are read: never the number of one."""

import re

from portal_app.services import chargeable
from portal_app.services.imports.rules import cells
from portal_app.services.imports.rules.cells import Reader, Surroundings, Unreadable, Value

_LAST_DIGITS = re.compile(r"^\d{2,4}$", re.ASCII)
_LIKE_A_CARD = re.compile(r"^[\d \-]{12,23}$", re.ASCII)
_MONTHS = 12
_FIRST, _LAST = 1990, 2199


def last_digits(cell: str, _around: Surroundings) -> str:
    """Read the last two to four digits of a card or an account: never more of it."""
    if not _LAST_DIGITS.match(cell):
        raise Unreadable("Give the last four digits only, such as 4242.")
    return cell


def month(cell: str, around: Surroundings) -> int:
    """Read a month from 1 to 12."""
    if not 1 <= (found := cells.whole(cell, around)) <= _MONTHS:
        raise Unreadable("Write the month as a number from 1 to 12.")
    return found


def year(cell: str, around: Surroundings) -> int:
    """Read a year of four figures."""
    if not _FIRST <= (found := cells.whole(cell, around)) <= _LAST:
        raise Unreadable("Write the year with four figures, such as 2029.")
    return found


def charged(cell: str, around: Surroundings) -> int:
    """Read an amount, 0 or more, that the gateway is asked for: one that it need not round."""
    found = cells.price(cell, around)
    if why := chargeable.why_not(found, around.currency):
        raise Unreadable(why)
    return found


def gateway_token(longest: int) -> Reader:
    """Return a reader of what a gateway calls a method; a card's own number is refused."""
    read = cells.text(longest)

    def token(cell: str, around: Surroundings) -> Value:
        if _LIKE_A_CARD.match(cell):
            raise Unreadable("Never send a card number. Send what your gateway calls the card.")
        return read(cell, around)

    return token
