"""What a party needs to be invited, and why somebody cannot be (S2-04 to S2-06)."""

from dataclasses import dataclass
from enum import StrEnum

from portal_app.models import INVITABLE, PartyRole
from portal_app.services import contact_details


class Need(StrEnum):
    """One thing that a party needs to be invited."""

    CURRENT = "current"
    ROLE = "role"
    NAME = "name"
    EMAIL = "email"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """Everything about a party that inviting them depends on."""

    role: PartyRole
    is_current: bool
    name: str
    email: str
    mobile: str


def unmet(facts: PartyFacts) -> tuple[Need, ...]:
    """Return what keeps a party from being invited, in order; nothing means that they can be."""
    is_met = {
        Need.CURRENT: facts.is_current,
        Need.ROLE: facts.role in INVITABLE,
        Need.NAME: bool(facts.name.strip()),
        Need.EMAIL: contact_details.looks_like_email(facts.email),
        Need.MOBILE: contact_details.takes_texts(facts.mobile),
    }
    return tuple(need for need in Need if not is_met[need])


def may_come_in(facts: PartyFacts) -> bool:
    """Say whether a link of theirs still opens: who they are, and where the code goes."""
    return not {Need.CURRENT, Need.ROLE, Need.MOBILE} & set(unmet(facts))
