"""What stands on every document of a brand."""

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.settings import settings
from portal_app.models import Brand, PortalSettings
from portal_app.services import branding, wording
from portal_app.services.documents.rules import ink_on
from portal_app.services.documents.views import Printed

_LETTER_PAPER = {"US", "CA", "MX", "PH"}


def sheet(session: Session, printed: Printed) -> dict[str, object]:
    """Return all that a template needs: the document's own values on the brand's letterhead."""
    chosen = settings()
    return {
        "page": "us-letter" if chosen.country in _LETTER_PAPER else "a4",
        "lang": f"{chosen.language}-{chosen.country}",
        "brand": _letterhead(session, printed.brand_id),
        "generated_at": wording.moment(clock.now(), printed.zone),
        "title": printed.title,
        **printed.values,
    }


def _letterhead(session: Session, brand_id: str) -> dict[str, object]:
    brand = session.get(Brand, brand_id)
    kept = session.exec(
        select(PortalSettings).where(col(PortalSettings.brand_id) == brand_id)
    ).first()
    colour = branding.colour_of(session, brand=brand) if brand else ""
    return {
        "name": brand.name if brand else "",
        "colour": colour,
        "on_colour": ink_on(colour),
        "address_lines": [],
        "phone": kept.support_phone if kept else "",
        "email": kept.support_email if kept else "",
    }
