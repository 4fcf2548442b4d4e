"""Writes who lives with whom, and who may act for whom."""

from datetime import date
from typing import Any

from demo.make.calendar import days_ago
from demo.make.source import Brand
from demo.make.tables import Feed


def write_households(feed: Feed, brand: Brand) -> None:
    """Write every household with its members, past and to come, and every grant."""
    for ref, household in brand.households.items():
        cells = {name: household[name] for name in ("name", "address", "timezone")}
        feed.add("households", external_id=ref, **cells)
        for index, member in enumerate(household["members"], start=1):
            feed.add(
                "household_memberships",
                external_id=f"{ref}-{index}",
                household=ref,
                person=brand.person_ref(member["person"]),
                role=member.get("role", "member"),
                relationship=member.get("relationship", ""),
                is_primary=member.get("is_primary", False),
                **_days(member),
            )
    for ref, grant in brand.grants.items():
        feed.add(
            "grants",
            external_id=ref,
            grantor=brand.person_ref(grant["grantor"]),
            grantee=brand.person_ref(grant["grantee"]),
            responsibility="authorized_representative",
            **_days(grant),
        )


def _days(cells: dict[str, Any]) -> dict[str, date | None]:
    ended = cells.get("ended")
    return {
        "starts_on": days_ago(cells["since"]),
        "ends_on": None if ended is None else days_ago(ended),
    }
