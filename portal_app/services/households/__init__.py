"""Households and their members, and what people let one another do for them."""

from portal_app.models import Area, MemberRole, Reach
from portal_app.services.households.commands.grants import give_grant, revoke_grant
from portal_app.services.households.commands.members import ask_to_add, ask_to_change, ask_to_end
from portal_app.services.households.policy import (
    current_members,
    is_on,
    standings,
)
from portal_app.services.households.queries.contexts import (
    context_about,
    context_of,
    contexts,
)
from portal_app.services.households.queries.desk import affairs
from portal_app.services.households.queries.homes import headed_homes, is_head, my_households
from portal_app.services.households.queries.openness import openness
from portal_app.services.households.queries.ties import tied
from portal_app.services.households.rules import MEMBERSHIP, key_of, parts_of
from portal_app.services.households.trust import grantees, grantors, trusting
from portal_app.services.households.views import (
    Affairs,
    Context,
    GrantRow,
    HeadedHome,
    HeadedHomes,
    Home,
    Member,
    MemberRow,
    Openness,
    Reached,
    Standing,
    Waiting,
    Why,
)

__all__ = [
    "MEMBERSHIP",
    "Affairs",
    "Area",
    "Context",
    "GrantRow",
    "HeadedHome",
    "HeadedHomes",
    "Home",
    "Member",
    "MemberRole",
    "MemberRow",
    "Openness",
    "Reach",
    "Reached",
    "Standing",
    "Waiting",
    "Why",
    "affairs",
    "ask_to_add",
    "ask_to_change",
    "ask_to_end",
    "context_about",
    "context_of",
    "contexts",
    "current_members",
    "give_grant",
    "grantees",
    "grantors",
    "headed_homes",
    "is_head",
    "is_on",
    "key_of",
    "my_households",
    "openness",
    "parts_of",
    "revoke_grant",
    "standings",
    "tied",
    "trusting",
]
