"""What a reader of households and grants gets back."""

from dataclasses import dataclass

from portal_app.models import MemberRole


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in one household today; `zone` is where its days begin."""

    household_id: str
    name: str
    zone: str
    role: MemberRole
    is_primary: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One person who is in a household today."""

    household_id: str
    person_id: str
    name: str
    role: MemberRole
