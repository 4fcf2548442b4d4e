"""Phone numbers, email addresses and postal codes in the one form in which they are compared."""

import unicodedata
from collections.abc import Iterable

import phonenumbers

from portal_app.core import text

# Only the first five digits of a ZIP code are compared: people rarely know the other four.
_ZIP_DIGITS = 5
LONGEST_EMAIL = 254
_TYPE = phonenumbers.PhoneNumberType
# In some countries nobody can tell a mobile number from another; what is unknown is tried.
_TAKING_TEXTS = (_TYPE.MOBILE, _TYPE.FIXED_LINE_OR_MOBILE, _TYPE.UNKNOWN, _TYPE.PERSONAL_NUMBER)


def phone(typed: str, country: str) -> str:
    """Return a number in E.164 (`+18135551234`), however it was typed; "" if it is none.

    `country` is the ISO 3166-1 code of the country whose national formats are meant (S3-05).
    """
    try:
        parsed = phonenumbers.parse(text.key(typed), country or None)
    except phonenumbers.NumberParseException:
        return ""
    if parsed.extension or not _is_whole(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def phones(typed: str, countries: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers that may be meant in these countries, in their order, each once."""
    found = (phone(typed, country) for country in countries)
    return tuple(dict.fromkeys(number for number in found if number))


def _is_whole(parsed: phonenumbers.PhoneNumber) -> bool:
    """Say whether a number can be dialled from anywhere: "555-1234" lacks its area code."""
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    return reason == phonenumbers.ValidationResult.IS_POSSIBLE


def email(typed: str) -> str:
    """Return an email address as it is compared: without regard to case (S3-12)."""
    return unicodedata.normalize("NFC", text.key(typed, longest=LONGEST_EMAIL)).casefold()


def looks_like_email(typed: str) -> bool:
    """Say whether a letter could be sent there at all."""
    local, at, domain = email(typed).rpartition("@")
    has_space = any(character.isspace() for character in local + domain)
    return bool(local and at and "." in domain.strip(".")) and not has_space


def postal_code(typed: str, country: str) -> str:
    """Return a postal code as it is compared: upper case, no spaces, five digits in the US."""
    joined = "".join(text.key(typed).split()).upper()
    return joined[:_ZIP_DIGITS] if country == "US" else joined


def takes_texts(e164: str) -> bool:
    """Say whether a text message could arrive at a number: not at a landline, nor a service."""
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return False
    return _is_whole(parsed) and phonenumbers.number_type(parsed) in _TAKING_TEXTS
