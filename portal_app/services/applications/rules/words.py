"""Applications in words."""

from portal_app.models import PartyRole, ShareState

ROLES = {
    PartyRole.PRIMARY_APPLICANT: "Primary applicant",
    PartyRole.APPLICANT: "Applicant",
    PartyRole.GUARANTOR: "Guarantor",
    PartyRole.OTHER: "Other",
}
ORDER = {role: place for place, role in enumerate(ROLES)}
OTHERS_TO_GO = (
    "Your part is complete. The others on this application still have questions to answer: it can "
    "be handed in once they have."
)
OPEN = (ShareState.SHARED, ShareState.IN_PROGRESS, ShareState.REOPENED)
"""A form in one of these takes answers."""


def kind_words(kind: str) -> str:
    """Return what is applied for as people read it: `motor_finance` is `Motor finance`."""
    words = " ".join(kind.replace("_", " ").split())
    return words[:1].upper() + words[1:]
