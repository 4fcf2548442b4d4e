"""What somebody typed to say who they are."""

from collections.abc import Sequence
from typing import NamedTuple

from portal_app.services import contact_details

PHONE, EMAIL = "phone", "email"


class Identifier(NamedTuple):
    """A kind and the values that may be meant, the likeliest first; without any it is nobody's.

    A phone number has one for each country in which it can be read.
    """

    kind: str
    values: tuple[str, ...]

    @property
    def value(self) -> str:
        """Return the likeliest, "" for nobody's."""
        return self.values[0] if self.values else ""


def identifier(typed: str, countries: Sequence[str]) -> Identifier:
    """Read a phone number in the national format of any of these countries, or an email address."""
    if "@" in typed:
        return Identifier(EMAIL, (contact_details.email(typed),))
    return Identifier(PHONE, contact_details.phones(typed, countries))


def is_phone_typed_twice(who: Identifier, password: str, countries: Sequence[str]) -> bool:
    """Say whether the password is the same phone number: the wish to register (S3-11)."""
    if who.kind != PHONE:
        return False
    return not set(contact_details.phones(password, countries)).isdisjoint(who.values)
