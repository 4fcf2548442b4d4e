"""Invitations: links with which people set up their sign-in."""

from portal_app.services.invitations.commands.activation import (
    ask_for_new_link,
    finish_activation,
    start_activation,
)
from portal_app.services.invitations.commands.codes import (
    CODE_STEP,
    PASSWORD_STEP,
    confirm_activation,
    resend_activation_code,
)
from portal_app.services.invitations.commands.expiry import expire_invitations
from portal_app.services.invitations.commands.greeting import greet_holders
from portal_app.services.invitations.commands.inviting import (
    copy_link,
    request_verification,
    revoke,
    set_renewal_aside,
    verify_and_invite,
)
from portal_app.services.invitations.commands.issuing import announce, move
from portal_app.services.invitations.commands.opening import ask_for_another, open_way
from portal_app.services.invitations.queries.links import link_page
from portal_app.services.invitations.queries.lists import MOST_COUNTED, View, invitations, waiting
from portal_app.services.invitations.queries.people import inviting, people
from portal_app.services.invitations.rules import (
    GOOD_FOR,
    LIVE,
    OF_STATE,
    RENEWABLE,
    Event,
    Need,
    Standing,
    after,
    state_at,
)
from portal_app.services.invitations.views import (
    Greeted,
    InvitationLine,
    InvitationList,
    InvitationRow,
    InvitedPerson,
    Inviting,
    LinkPage,
    NeedCheck,
    People,
)

__all__ = [
    "CODE_STEP",
    "GOOD_FOR",
    "LIVE",
    "MOST_COUNTED",
    "OF_STATE",
    "PASSWORD_STEP",
    "RENEWABLE",
    "Event",
    "Greeted",
    "InvitationLine",
    "InvitationList",
    "InvitationRow",
    "InvitedPerson",
    "Inviting",
    "LinkPage",
    "Need",
    "NeedCheck",
    "People",
    "Standing",
    "View",
    "after",
    "announce",
    "ask_for_another",
    "ask_for_new_link",
    "confirm_activation",
    "copy_link",
    "expire_invitations",
    "finish_activation",
    "greet_holders",
    "invitations",
    "inviting",
    "link_page",
    "move",
    "open_way",
    "people",
    "request_verification",
    "resend_activation_code",
    "revoke",
    "set_renewal_aside",
    "start_activation",
    "state_at",
    "verify_and_invite",
    "waiting",
]
