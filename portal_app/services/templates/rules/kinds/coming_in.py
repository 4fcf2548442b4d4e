"""Messages that let somebody in, or prove who they are."""

from portal_app.services.templates.rules.kinds.kind import Kind, code, link
from portal_app.services.templates.rules.tags import Tag

COMING_IN = (
    Kind(
        "application.invitation",
        "Invitation to the portal",
        "Sent when you invite the people of an application.",
        (
            Tag("portal_link", "Their own link, which lets them in",
                "/activate/4f9a", is_required=True, is_private=True),
            Tag("application", "The application it is about", "Application A-1007"),
            Tag("until", "How long the link works", "6 December 2026 at 10:00"),
        ),
        has_choice=True,
    ),
    Kind(
        "invitation.account_setup",
        "Setting up an account",
        "Sent to holders of contracts who are not in the portal yet.",
        (
            link("Their own link, which lets them in", "/activate/4f9a", private=True),
            Tag("subject_of", "The contract it is about", "service contract SC-20417"),
            Tag("until", "How long the link works", "6 December 2026 at 10:00"),
        ),
    ),
    Kind(
        "invitation.contract_added",
        "A new contract in an account",
        "Sent to people who are in the portal and hold one more contract.",
        (
            link("The contract in the portal", "/contracts"),
            Tag("subject_of", "The contract it is about", "service contract SC-20417"),
        ),
    ),
    Kind("change.code", "Code that proves a new address or number",
         "Sent to a new email address or mobile number before it is taken over.",
         (code(),), has_text=True, knows_person=False),
    Kind("identity.code", "Sign-in code by text message",
         "Sent as the second step of signing in.",
         (code(),), has_letter=False, has_text=True, knows_person=False),
)  # fmt: skip
