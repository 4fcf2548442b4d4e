"""How readiness and the way into the portal are worded for staff."""

from portal_app.services.access import Check

STATES = {
    "not_ready": ("Not ready", "neutral"),
    "ready_unpublished": ("Ready, not published", "warn"),
    "registrable": ("May register", "info"),
    "registered": ("Registered", "good"),
    "suspended": ("Suspended", "bad"),
    "locked": ("Registration locked", "bad"),
}
NEXT = {
    "not_ready": "They cannot register. The list below says what is missing.",
    "ready_unpublished": (
        "Everything is there. They may register after the next publication: tonight, or as soon "
        'as somebody uses "Update website".'
    ),
    "registrable": (
        "They may register: with the main phone number typed in both fields of the sign-in page."
    ),
    "registered": "They sign in with their phone number and password.",
    "suspended": (
        "They are signed out and cannot sign in. Their password is kept: once nothing is missing "
        "below, they are back."
    ),
    "locked": (
        "Five tries to register did not match. Check with the customer which details they type, "
        "correct them here if ours are wrong, then unlock."
    ),
}
BY_CONTRACT = (
    "A service contract is on this account: its people come in by invitation, see People. The list "
    "below is about registering by phone, which only rental customers do."
)
LABELS = {
    Check.LICENCE: "The rental module is licensed",
    Check.ACCOUNT_TYPE: "They have an account with you",
    Check.PHONE: "There is a main phone number",
    Check.PHONE_UNIQUE: "No other account has that number",
    Check.EMAIL: "There is an email address",
    Check.POSTAL_CODE: "There is a ZIP or postal code",
    Check.OWNER: "Somebody is the account's owner today",
    Check.SWITCH: "Customer web portal is switched on",
    Check.HISTORY: "There is a contract, a reservation or a quote",
}
MISSING = {
    Check.LICENCE: "Without a licence nobody can enter. An admin finds it under Set up, Licence.",
    Check.ACCOUNT_TYPE: (
        "Customers who only pay in cash cannot use the portal. Change the account type in your "
        "own system."
    ),
    Check.PHONE: "It is what they sign in with. Type it below.",
    Check.PHONE_UNIQUE: "Each account needs a number of its own. Account {other} has this one.",
    Check.EMAIL: "The code to register goes to it. Type it below.",
    Check.POSTAL_CODE: "They type it to register. Type it below.",
    Check.OWNER: "Add the owner as a contact in your own system.",
    Check.SWITCH: "Switch it on here or below.",
    Check.HISTORY: "The portal opens with the first contract, reservation or quote.",
}
FIXES = {"switch_on": "Switch it on", "owners_phone": "Use the owner's number"}
ROLES = {"owner": "Owner", "authorised": "Authorised", "billing": "Billing"}
TYPES = {"account": "Pays on account", "cash_only": "Cash only"}
