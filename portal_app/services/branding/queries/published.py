"""What a brand has published of its portal: asked by everything that shows it."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.models import BrandPart, BrandRevision, VersionState
from portal_app.services.branding.rules import fields, texts
from portal_app.services.branding.rules.texts import Texts
from portal_app.services.transaction import reading


def published(session: Session, brand: str, part: BrandPart) -> Mapping[str, object]:
    """Return what is in force of a part; nothing while it is as it came."""
    row = session.exec(
        select(BrandRevision).where(
            col(BrandRevision.brand_id) == brand,
            col(BrandRevision.part) == part,
            col(BrandRevision.state) == VersionState.PUBLISHED,
        )
    ).first()
    return row.content if row else {}


def visible_fields(session: Session, *, brand: str) -> frozenset[str]:
    """Return the fields of a proposal that customers may see, such as `vehicle.mileage` (S4-11).

    Whoever shows a proposal asks this first and hands on nothing else. A page that does watches
    `settings:<brand>`, so that it follows a change at once.
    """
    return fields.visible(published(session, brand, BrandPart.FIELDS))


def texts_of(actor: Actor, *, brand: str) -> Texts:
    """Return the texts of a customer's page, the portal's own where nothing was written."""
    del actor  # what is published is for everybody
    with reading() as session:
        return texts.texts(published(session, text.key(brand), BrandPart.TEXT))
