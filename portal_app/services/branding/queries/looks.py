"""How each brand looks now, and as it is being changed."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from sqlmodel import Session, col, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid, NotFound
from portal_app.models import Brand, BrandLogo, BrandPart, BrandRevision, VersionState
from portal_app.services.branding import policy
from portal_app.services.branding.queries.published import published
from portal_app.services.branding.rules import sheets, themes
from portal_app.services.branding.views import BrandView, Design, Logo, LogoFile, Revision, Trial
from portal_app.services.transaction import reading

Looks = Mapping[tuple[str, BrandPart], Mapping[str, object]]
MOST_SHOWN = 20
PREVIEW_SCOPE = "#brand-preview"
_LOOKS = (BrandPart.THEME, BrandPart.LOGO)


def published_looks(session: Session) -> Looks:
    """Return the themes and logos in force, by brand."""
    wanted = select(BrandRevision).where(
        col(BrandRevision.state) == VersionState.PUBLISHED, col(BrandRevision.part).in_(_LOOKS)
    )
    return {(row.brand_id, row.part): row.content for row in session.exec(wanted)}


def view_of(brand: Brand, looks: Looks) -> BrandView:
    """Return a brand with its style sheet and its logo."""
    facts = brand.model_dump(exclude={"hosts", "colour"})
    theme = looks.get((brand.id, BrandPart.THEME), {})
    logo = looks.get((brand.id, BrandPart.LOGO), {})
    return BrandView(
        **facts,
        colour=sheets.accent_of(themes.theme_of(theme), brand.colour),
        hosts=tuple(host.lower() for host in brand.hosts),
        logo=logo_in(logo),
        sheet=_sheet(
            json.dumps(theme), brand.colour, brand.radius, brand.body_font, brand.heading_font
        ),
    )


def logo_in(content: Mapping[str, object]) -> Logo | None:
    """Return the logo that a revision names, if it names one."""
    if not content.get("fingerprint"):
        return None
    width, height = cast("int", content["width"]), cast("int", content["height"])
    return Logo(str(content["fingerprint"]), str(content["alt"]), width, height)


def colour_of(session: Session, *, brand: Brand) -> str:
    """Return the one colour of a brand that letters and documents are made with."""
    theme = themes.theme_of(published(session, brand.id, BrandPart.THEME))
    return sheets.accent_of(theme, brand.colour)


def logo_file(actor: Actor, *, brand: str, fingerprint: object) -> LogoFile:
    """Return a logo of a brand as it is served: it is for everybody who opens a page."""
    del actor
    with reading() as session:
        found = session.exec(
            select(BrandLogo).where(
                col(BrandLogo.brand_id) == text.key(brand),
                col(BrandLogo.fingerprint) == text.key(fingerprint),
            )
        ).first()
    if found is None:
        raise NotFound
    return LogoFile(found.media_type, found.content)


def design(actor: Actor, *, part: object) -> Design:
    """Return one part of the brand's portal for changing, with its history."""
    policy.require_designer(actor)
    if not isinstance(part, str) or part not in {one.value for one in BrandPart}:
        raise Invalid(part="That is no part of the portal that can be changed.")
    which = BrandPart(part)
    wanted = select(BrandRevision).where(
        col(BrandRevision.brand_id) == actor.brand, col(BrandRevision.part) == which
    )
    newest = wanted.order_by(col(BrandRevision.number).desc()).limit(MOST_SHOWN)
    with reading() as session:
        rows = session.exec(newest).all()
    now = next((row for row in rows if row.state is not VersionState.REPLACED), None)
    return Design(
        which,
        now.content if now else {},
        seen=rows[0].number if rows else 0,
        has_draft=bool(now and now.state is VersionState.DRAFT),
        history=tuple(_revision(row) for row in rows),
    )


def trial_sheet(actor: Actor, *, content: object) -> Trial:
    """Return how a theme looks that is being put together, and how far its words stand out.

    What cannot be read yet is shown all the same; a colour that is none is as the brand's own.
    The sheet is about what stands in the element `PREVIEW_SCOPE` alone.
    """
    policy.require_designer(actor)
    with reading() as session:
        brand = session.get_one(Brand, actor.brand)
    given: Mapping[str, object] = content if isinstance(content, Mapping) else {}  # pyright: ignore[reportUnknownVariableType]
    theme = themes.trial_theme(given, colour=brand.colour)
    accent = sheets.accent_of(theme, brand.colour)
    pairs = themes.pairs_of(theme, colour=accent)
    where = {"scope": PREVIEW_SCOPE, "colour": brand.colour, "radius": brand.radius}
    made = sheets.preview_sheet(theme, **where)
    return Trial(made, pairs, themes.dark_pairs(accent))


@lru_cache(maxsize=64)
def _sheet(theme: str, colour: str, radius: str, body_font: str, heading_font: str) -> str:
    return sheets.sheet(
        themes.theme_of(json.loads(theme)),
        colour=colour,
        radius=radius,
        body_font=body_font,
        heading_font=heading_font,
    )


def _revision(row: BrandRevision) -> Revision:
    return Revision(row.number, row.state, row.written_by, row.written_at, row.published_at)
