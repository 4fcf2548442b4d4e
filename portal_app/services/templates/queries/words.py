"""The words in force: what a letter of a brand says now."""

from sqlmodel import Session, col, select

from portal_app.models import MessageTemplate, TemplateVersion, VersionState
from portal_app.services.templates.rules.kinds import KINDS
from portal_app.services.templates.rules.wording import Wording


def wording_in_force(session: Session, *, brand: str, kind: str) -> Wording | None:
    """Return the words that a brand has published for a kind; None: the portal's own are sent.

    Asks the database about kinds of the list only, so that other messages cost nothing.
    """
    if kind not in KINDS:
        return None
    found = session.exec(
        select(TemplateVersion)
        .join(MessageTemplate, col(MessageTemplate.id) == col(TemplateVersion.template_id))
        .where(
            col(MessageTemplate.brand_id) == brand,
            col(MessageTemplate.kind) == kind,
            col(MessageTemplate.is_standard),
            col(TemplateVersion.state) == VersionState.PUBLISHED,
        )
    ).first()
    return wording_of(found) if found else None


def wording_of(row: TemplateVersion) -> Wording:
    """Return the words of a version."""
    return Wording(row.subject, row.body, row.sms)
