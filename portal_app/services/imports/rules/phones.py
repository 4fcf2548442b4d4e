"""Telephone numbers as E.164."""

import phonenumbers


def normalise_phone(text: str, country: str) -> str:
    """Return a number as E.164, read as it is written in `country`; "" when it is none."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or number.extension:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
