"""How invitations are worded: to whoever opens a link, and to staff."""

from portal_app.services.invitations import InvitationLine, Need, Standing
from portal_app.state.formats import moment

# Heading, and what happened and what to do, by what a link is worth.
OVER = {
    Standing.EXPIRED: (
        "This link has run out",
        "A link works for seven days. Ask for a new one: somebody looks at it and sends it to you.",
    ),
    Standing.REVOKED: (
        "This link was taken back",
        "We have taken this link back. If you did not expect that, ask for a new one or call us.",
    ),
    Standing.SUPERSEDED: (
        "This link was replaced",
        "We have made a newer link for you since. Use the one in our newest email. If you cannot "
        "find it, ask for another.",
    ),
    Standing.ADDRESS_CHANGED: (
        "This link was for another address",
        "The email address that we hold for you has changed since, so this link no longer works. "
        "Ask for a new one.",
    ),
    Standing.CLOSED: (
        "This link does not work at the moment",
        "What it is for is not open on the portal now. Ask for a new link, or call us: we look at "
        "what is missing.",
    ),
    Standing.ACTIVATED: (
        "This link was used already",
        "Your account is set up. Sign in with your email address and the password that you chose.",
    ),
    Standing.HAS_SIGN_IN: (
        "You have a sign-in already",
        "There is nothing to set up. Sign in as you always do.",
    ),
    Standing.UNKNOWN: (
        "We do not know this link",
        "Check that you have opened the whole of it, to its last character. If you typed or copied "
        "it, open it from our email instead.",
    ),
}
STATES = {
    "issued": ("Invited", "info"),
    "opened": ("Opened", "info"),
    "activated": ("Set up", "good"),
    "expired": ("Run out", "warn"),
    "revoked": ("Taken back", "neutral"),
    "superseded": ("Replaced", "neutral"),
}
NOT_INVITED = ("Not invited", "neutral")
SIGNS_IN = ("Signs in", "good")
ASKS = ("Asks for a new link", "warn")
NEEDS = {
    Need.CURRENT: "They hold a contract in force, are a contact, or act for one of these today",
    Need.NO_SIGN_IN: "They have no sign-in yet",
    Need.EMAIL: "There is an email address",
    Need.EMAIL_FREE: "Nobody else signs in with that address",
    Need.ACCOUNT_TYPE: "They have an account with you",
    Need.SWITCH: "Customer web portal is switched on",
    Need.OPEN: "There is something for them to see",
}
MISSING = {
    Need.CURRENT: "What they had here has ended. Your own system says who is what to the account.",
    Need.NO_SIGN_IN: "They sign in already, and can choose a new password themselves.",
    Need.EMAIL: "They sign in with it, and the link goes to it. Add it in your own system.",
    Need.EMAIL_FREE: "Two people cannot share an address here. Give one of them their own.",
    Need.ACCOUNT_TYPE: (
        "Customers who only pay in cash cannot use the portal. Change the account type in your "
        "own system."
    ),
    Need.SWITCH: "Switch it on for the account.",
    Need.OPEN: (
        "The account has no service contract and is not published. See why in the list on the "
        "left of this page."
    ),
}
METHODS = {"email": "by email", "copied_link": "by a copied link"}


def told(line: InvitationLine, zone: str) -> str:
    """Say how and when a link was made, such as `by email on 1 December 2026 at 14:05`."""
    how = METHODS.get(line.method, line.method)
    who = f", {line.invited_by}" if line.invited_by else ", by itself"
    return f"{how} on {moment(line.created_at, zone)}{who}"


def since(line: InvitationLine, zone: str) -> str:
    """Say what has become of a link since."""
    ended = moment(line.ended_at, zone) if line.ended_at else ""
    return {
        "issued": f"Works until {moment(line.expires_at, zone)}",
        "opened": f"Opened on {moment(line.opened_at, zone)}, "
        f"works until {moment(line.expires_at, zone)}",
        "activated": f"Used on {moment(line.activated_at, zone)}",
        "expired": f"Ran out on {moment(line.expires_at, zone)}",
        "revoked": f"Taken back on {ended}",
        "superseded": f"Replaced on {ended}",
    }.get(line.state, "")
