"""The readiness checklist: what an account needs, what is missing, and what one click mends."""

from enum import StrEnum

from portal_app.services.access.rules import AccountFacts, Check, unmet
from portal_app.services.access.views import ReadinessCheck


class Fix(StrEnum):
    """A click that staff may make beside a missing item."""

    SWITCH_ON = "switch_on"
    OWNERS_PHONE = "owners_phone"


_ABOUT_PHONE = (Check.PHONE, Check.PHONE_UNIQUE)


def checks_of(facts: AccountFacts) -> tuple[ReadinessCheck, ...]:
    """Return every item of the checklist, met or not, in the order in which they are read."""
    missing = unmet(facts)
    return tuple(_check(check, facts, is_met=check not in missing) for check in Check)


def _check(check: Check, facts: AccountFacts, *, is_met: bool) -> ReadinessCheck:
    if is_met:
        return ReadinessCheck(check, is_met=True)
    if check is Check.SWITCH:
        return ReadinessCheck(check, is_met=False, fix=Fix.SWITCH_ON)
    other = facts.phone_also_on if check is Check.PHONE_UNIQUE else ""
    own = facts.owner.phone if facts.owner and check in _ABOUT_PHONE else ""
    if not own or own == facts.phone:
        return ReadinessCheck(check, is_met=False, other_account=other)
    return ReadinessCheck(
        check, is_met=False, fix=Fix.OWNERS_PHONE, fix_value=own, other_account=other
    )
