"""The record types of who belongs together, and who may act for whom."""

from portal_app.models import (
    Grant,
    Household,
    HouseholdMembership,
    MemberRole,
    Responsibility,
)
from portal_app.services import households
from portal_app.services.imports.rules import cells, checks
from portal_app.services.imports.rules.fields import Apart, Draft, Fault, a_field, record_type


def not_to_oneself(draft: Draft) -> Fault | None:
    """Refuse a grant that somebody gives to themselves."""
    if draft.merged["grantor_id"] != draft.merged["grantee_id"]:
        return None
    return Fault("grantee", "This is the grantor as well. Name whoever may act for them.")


HOUSEHOLDS = record_type(
    "households",
    Household,
    a_field("name", is_required=True, is_personal=True),
    a_field("address", is_personal=True),
    a_field("timezone", cells.zone),
    portal_defaults=("timezone",),
    watched_as=(("household", "id"),),
)
HOUSEHOLD_MEMBERSHIPS = record_type(
    "household_memberships",
    HouseholdMembership,
    a_field("household", is_required=True, target="households"),
    a_field("person", is_required=True, target="people"),
    a_field("role", cells.one_of(MemberRole), is_required=True),
    a_field("starts_on", cells.day),
    a_field("ends_on", cells.day),
    a_field("is_primary", cells.flag),
    a_field("relationship"),
    checks=(checks.in_order("starts_on", "ends_on"),),
    apart=(
        Apart(
            ("household_id", "person_id"),
            "person",
            "{} has this person in the household at the same time. End one of the two.",
        ),
        Apart(
            ("household_id",),
            "role",
            "{} is the head of this household at the same time. A household has one head.",
            "role",
            MemberRole.HEAD,
        ),
        Apart(
            ("person_id",),
            "is_primary",
            "{} is this person's primary household at the same time. A person has one.",
            "is_primary",
            value=True,
        ),
    ),
    watched_as=(("household", "household_id"), ("person", "person_id")),
    changes_as=households.MEMBERSHIP,
)
GRANTS = record_type(
    "grants",
    Grant,
    a_field("grantor", is_required=True, target="people"),
    a_field("grantee", is_required=True, target="people"),
    a_field("responsibility", cells.one_of(Responsibility), is_required=True),
    a_field("starts_on", cells.day),
    a_field("ends_on", cells.day),
    checks=(checks.in_order("starts_on", "ends_on"), not_to_oneself),
    watched_as=(("person", "grantor_id"), ("person", "grantee_id")),
)
