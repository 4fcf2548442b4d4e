"""Households and grants as people read them."""

from collections.abc import Mapping
from datetime import date

from portal_app.services.households import Area, MemberRole, Reach
from portal_app.state.formats import short_day

AREAS = {
    Area.CONTRACTS: "contracts with what is on rent",
    Area.PAYMENTS: "payments with invoices and statements",
    Area.CASES: "cases",
    Area.DOCUMENTS: "documents",
    Area.APPLICATIONS: "applications",
}


def listed(words: list[str]) -> str:
    """Return words as a sentence names them, such as `contracts, cases and documents`."""
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


def reach(areas: Mapping[str, str], *, whose: str, may: str = "May") -> str:
    """Say how far a grant goes, such as `May see your cases, and act in them`, as sentences.

    `whose` is "your", or the name of whoever gives it with an 's.
    """
    seen = [word for area, word in AREAS.items() if areas.get(area) == Reach.VIEW]
    acted = [word for area, word in AREAS.items() if areas.get(area) == Reach.ACT]
    sees = f"{may} see {whose} {listed(seen)}." if seen else ""
    acts = f"{may} see {whose} {listed(acted)}, and act in them." if acted else ""
    return " ".join(sentence for sentence in (sees, acts) if sentence)


def period(starts_on: date | None, ends_on: date | None, *, is_to_come: bool = False) -> str:
    """Say since when and until when, such as `Since 1 Jan 2020, until 31 Dec 2026`."""
    since = short_day(starts_on)
    begins = f"{'From' if is_to_come else 'Since'} {since}" if since else ""
    ends = f"until {short_day(ends_on)}" if ends_on else ""
    if begins or ends:
        words = ", ".join(part for part in (begins, ends) if part)
        return words[0].upper() + words[1:]
    return "No dates are set"


def role(one: MemberRole, relationship: str) -> str:
    """Say what somebody is in a household."""
    return "Head of the household" if one is MemberRole.HEAD else relationship or "Member"
