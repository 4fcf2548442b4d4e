"""Taking a logo, and taking it away again (S4-06)."""

import hashlib
from typing import BinaryIO

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Invalid
from portal_app.models import BrandLogo, BrandPart
from portal_app.services.branding import policy
from portal_app.services.branding.commands.revisions import (
    done,
    guard,
    in_force,
    put_in_force,
    write,
)
from portal_app.services.branding.rules.logos import Picture, read_logo
from portal_app.services.transaction import Transaction, transaction

ALT_LIMIT = 80


def set_logo(actor: Actor, *, content: BinaryIO | None, alt: object, seen: object, key: str) -> int:
    """Show a logo at the top of every page from now on, and return the revision's number.

    Without a file the present logo stays, with other words for who cannot see it. Raises
    Invalid(logo=…) for what is no picture or could do harm.
    """
    policy.require_applying(actor)
    picture = read_logo(content) if content is not None else None
    with transaction(actor) as tx:
        if (earlier := tx.earlier_answer(key, "branding.set_logo")) is not None:
            return int(earlier)
        entered = Entries()
        words = entered.line(
            "alt", alt, limit=ALT_LIMIT, missing="Say in words what the logo says.",
            has_numbers=True,
        )  # fmt: skip
        entered.done()
        newest = guard(tx, BrandPart.LOGO, seen)
        kept = _keep(tx, picture) if picture else in_force(tx, BrandPart.LOGO)
        if not kept:
            raise Invalid(logo="Choose a picture first.")
        row = write(tx, BrandPart.LOGO, newest + 1, {**kept, "alt": words})
        put_in_force(tx, row)
        done(tx, row, "published")
        return int(tx.answer(key, str(row.number)))


def _keep(tx: Transaction, picture: Picture) -> dict[str, object]:
    fingerprint = hashlib.sha256(picture.content).hexdigest()
    mine = select(BrandLogo).where(
        col(BrandLogo.brand_id) == tx.actor.brand, col(BrandLogo.fingerprint) == fingerprint
    )
    if tx.session.exec(mine).first() is None:
        tx.session.add(
            BrandLogo(
                brand_id=tx.actor.brand,
                fingerprint=fingerprint,
                media_type=picture.media_type,
                content=picture.content,
                width=picture.width,
                height=picture.height,
                sent_by=tx.actor.name,
                created_at=clock.now(),
            )
        )
    size = {"width": picture.width, "height": picture.height}
    return {"fingerprint": fingerprint, **size}
