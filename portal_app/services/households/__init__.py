"""Households and their members, and what people let one another do for them."""

from portal_app.models import Area, MemberRole, Reach
from portal_app.services.households.policy import (
    current_members,
    grantees,
    grantors,
    is_on,
    standings,
)
from portal_app.services.households.views import Member, Standing

__all__ = [
    "Area",
    "Member",
    "MemberRole",
    "Reach",
    "Standing",
    "current_members",
    "grantees",
    "grantors",
    "is_on",
    "standings",
]
