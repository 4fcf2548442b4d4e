"""What somebody typed to say who they are."""

from typing import NamedTuple

from portal_app.services import contact_details

PHONE, EMAIL = "phone", "email"


class Identifier(NamedTuple):
    """A kind and the value that is compared; an empty value is nobody's."""

    kind: str
    value: str


def identifier(typed: str, country: str) -> Identifier:
    """Read a phone number in any national format, or an email address."""
    if "@" in typed:
        return Identifier(EMAIL, contact_details.email(typed))
    return Identifier(PHONE, contact_details.phone(typed, country))


def is_phone_typed_twice(who: Identifier, password: str, country: str) -> bool:
    """Say whether the password is the same phone number: the wish to register (S3-11)."""
    if who.kind != PHONE or not who.value:
        return False
    return contact_details.phone(password, country) == who.value
