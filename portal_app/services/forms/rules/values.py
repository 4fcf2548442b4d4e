"""How an answer is read, kept and shown, by the kind of its field."""

import re
from datetime import date

from portal_app.core.entries import Entries
from portal_app.core.money import Money
from portal_app.services import wording
from portal_app.services.forms.rules.definitions import FieldKind, FormField

LINE, WORDS = 200, 2000
# A comma sets thousands apart; anywhere else it was meant otherwise, and is not guessed at.
_GROUPED = re.compile(r"[^\d]*\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?[^\d]*", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,4})?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_YES_NO = {"yes": "Yes", "no": "No"}


class Unreadable(ValueError):
    """An answer that cannot be kept; its text says what to do."""


def read(field: FormField, typed: object, currency: str) -> str:
    """Return an answer in the one form in which it is kept; "" for none.

    Raises Unreadable with a sentence that may be shown.
    """
    text = _clean(field, typed)
    if not text:
        return ""
    if field.kind in (FieldKind.TEXT, FieldKind.WORDS):
        return text
    if field.kind is FieldKind.NUMBER:
        return _number(text)
    if field.kind is FieldKind.MONEY:
        return _money(text, currency)
    if field.kind is FieldKind.DATE:
        return _day(text)
    return _one_of(text, field)


def shown(field: FormField, value: str, currency: str) -> str:
    """Return an answer as people read it; "" for none."""
    if not value:
        return ""
    if field.kind is FieldKind.MONEY:
        return wording.money(Money(int(value), currency))
    if field.kind is FieldKind.DATE:
        return wording.day(date.fromisoformat(value))
    if field.kind is FieldKind.YES_NO:
        return _YES_NO.get(value, value)
    if field.kind is FieldKind.CHOICE:
        return dict(field.options).get(value, value)
    return value


def typed(field: FormField, value: str, currency: str) -> str:
    """Return an answer as it stands in the control that takes it."""
    if value and field.kind is FieldKind.MONEY:
        return Money(int(value), currency).decimal
    return value


def _clean(field: FormField, typed: object) -> str:
    entries = Entries()
    limit = WORDS if field.kind is FieldKind.WORDS else LINE
    take = entries.text if field.kind is FieldKind.WORDS else entries.line
    # A long figure is somebody's income or a telephone number, never a card: those are words.
    is_plain = field.kind in (FieldKind.TEXT, FieldKind.WORDS)
    text = take("value", typed, limit=limit, has_numbers=not is_plain)
    if entries.problems:
        raise Unreadable(entries.problems["value"])
    return text


def _number(text: str) -> str:
    plain = text.replace(",", "").replace(" ", "")
    if not _has_clear_commas(text) or not _NUMBER.fullmatch(plain):
        raise Unreadable("Write a number, such as 3 or 2.5.")
    return plain


def _money(text: str, currency: str) -> str:
    plain = "".join(mark for mark in text if mark.isascii() and (mark.isdigit() or mark in "-."))
    rest = [mark for mark in text if not (mark.isdigit() or mark in "-., ")]
    is_sign = not rest or "".join(rest) in {currency, "$", "£", "€", "¥"}
    try:
        if not is_sign or not _has_clear_commas(text):
            raise ValueError  # noqa: TRY301 - the same sentence for whatever is no amount
        return str(Money.parse(plain, currency).amount_minor)
    except ValueError:
        example = wording.money(Money(123450, currency))
        raise Unreadable(f"Write an amount, such as {example}.") from None


def _has_clear_commas(text: str) -> bool:
    return "," not in text or _GROUPED.fullmatch(text.replace(" ", "")) is not None


def _day(text: str) -> str:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Unreadable("Choose a day from the calendar.") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Unreadable(f"The year must lie between {_FIRST_YEAR} and {_LAST_YEAR}.")
    return found.isoformat()


def _one_of(text: str, field: FormField) -> str:
    allowed = _YES_NO if field.kind is FieldKind.YES_NO else dict(field.options)
    if text not in allowed:
        raise Unreadable("Choose one of the answers.")
    return text
