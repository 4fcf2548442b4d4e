"""Reading what somebody enters about themselves."""

from collections.abc import Callable, Mapping

import phonenumbers
from babel import Locale, UnknownLocaleError

from portal_app.core.entries import Entries
from portal_app.services import contact_details, wording

Entered = Mapping[str, object]
Reader = Callable[[Entries, Entered, str], dict[str, str]]

# Languages that customers may choose to be addressed in; the portal's own words are English.
LANGUAGES = (
    "en-US", "en-CA", "en-GB", "es-US", "es-MX", "fr-CA", "fr-FR", "de-DE", "pt-BR", "zh-CN",
)  # fmt: skip
_LONG = {"address_line1": 120, "address_line2": 120, "city": 80, "region": 80, "postal_code": 16}
_NAME = 80
_MISSING = {
    "given_name": "Enter the first name.",
    "family_name": "Enter the last name.",
    "address_line1": "Enter the street and number.",
    "city": "Enter the town or city.",
    "postal_code": "Enter the ZIP or postal code.",
}


def read_name(entered: Entries, values: Entered, _country: str) -> dict[str, str]:
    """Return a first and a last name."""
    return {
        "given_name": entered.line(
            "given_name", values.get("given_name", ""), limit=_NAME, missing="Enter the first name."
        ),
        "family_name": entered.line(
            "family_name",
            values.get("family_name", ""),
            limit=_NAME,
            missing="Enter the last name.",
        ),
    }


def read_address(entered: Entries, values: Entered, _country: str) -> dict[str, str]:
    """Return a postal address; the country is a code of two letters (ISO 3166-1)."""
    read = {
        name: entered.line(name, values.get(name, ""), limit=limit, missing=_MISSING.get(name, ""))
        for name, limit in _LONG.items()
    }
    country = entered.line("country", values.get("country", ""), limit=2).upper()
    if country not in phonenumbers.SUPPORTED_REGIONS:
        entered.refuse("country", "Choose a country.")
    return {**read, "postal_code": read["postal_code"].upper(), "country": country}


def read_language(entered: Entries, values: Entered, _country: str) -> dict[str, str]:
    """Return one of the languages that can be chosen."""
    locale = values.get("locale")
    if not isinstance(locale, str) or locale not in LANGUAGES:
        entered.refuse("locale", "Choose a language.")
        return {"locale": ""}
    return {"locale": locale}


def read_email(entered: Entries, values: Entered, _country: str) -> dict[str, str]:
    """Return an address that a letter could go to, as it was written."""
    limit = contact_details.LONGEST_EMAIL
    typed = entered.line("email", values.get("email", ""), limit=limit, has_numbers=True)
    if not contact_details.looks_like_email(typed):
        entered.refuse("email", "Enter an email address, such as name@example.com.")
    return {"email": typed}


def read_mobile(entered: Entries, values: Entered, country: str) -> dict[str, str]:
    """Return a number in E.164, read with the country that the person lives in."""
    typed = entered.line("mobile", values.get("mobile", ""), limit=40, has_numbers=True)
    number = contact_details.phone(typed, country)
    if not number:
        entered.refuse("mobile", "Enter a mobile number with its area code.")
    return {"mobile": number}


def language(locale: str) -> str:
    """Return a language as people call it, such as `French (Canada)`."""
    try:
        return Locale.parse(locale, sep="-").get_display_name("en") or locale
    except (UnknownLocaleError, ValueError):
        return locale


def countries() -> tuple[tuple[str, str], ...]:
    """Return every country by its name: code and name."""
    named = ((code, wording.country(code)) for code in phonenumbers.SUPPORTED_REGIONS)
    return tuple(sorted(named, key=lambda pair: pair[1]))


phone = wording.phone
