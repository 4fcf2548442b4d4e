"""The demonstration's brands: their faces, their staff, their settings and help pages."""

import tomllib
from pathlib import Path
from typing import Any

from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.core.errors import Invalid
from portal_app.services import branding, help_pages, identity

SOURCE = Path(__file__).parents[2] / "demo"
SYSTEM = Actor.system("demo")


def set_up(brand: dict[str, Any]) -> Actor:
    """Make what is missing of one brand; return the portal itself, acting for it."""
    brand_id = branding.found_brand(
        SYSTEM,
        name_in_addresses=brand["key"],
        name=brand["name"],
        hosts=brand["hosts"],
        looks=brand["looks"],
    )
    actor = Actor.system("demo", brand=brand_id)
    for one in _staff(brand["key"]):
        _add(actor, one)
    # Settings and help pages are written by staff; each key makes its step happen once.
    admin = Actor(ActorKind.STAFF, "demo", "", "Demo", brand_id, frozenset({Role.ADMIN}))
    _settings(admin, brand["settings"])
    _help(admin, brand["settings"]["support_phone"])
    return actor


def _staff(brand: str) -> list[dict[str, str]]:
    every = tomllib.loads((SOURCE / "staff.toml").read_text(encoding="utf-8"))["staff"]
    return [one for one in every if one["brand"] == brand]


def _add(actor: Actor, one: dict[str, str]) -> None:
    """Add a member of staff with a known authenticator, unless they are there already."""
    try:
        user = identity.create_staff(
            actor,
            brand=actor.brand,
            email=one["email"],
            name=one["name"],
            role=Role(one["role"]),
            password=one["password"],
        )
    except Invalid as refusal:
        if set(refusal.fields) == {"email"}:
            return
        raise
    identity.give_authenticator(actor, user=user, secret=one["secret"])


def _settings(admin: Actor, wanted: dict[str, str]) -> None:
    kept = branding.settings_of(admin, brand=admin.brand)
    branding.update_settings(admin, changes=wanted, version=kept.version, key=admin.brand)


def _help(admin: Actor, support: str) -> None:
    articles = tomllib.loads((SOURCE / "help.toml").read_text(encoding="utf-8"))["article"]
    for number, article in enumerate(articles):
        help_pages.save_article(
            admin,
            question=article["question"],
            answer=article["answer"].strip().replace("{support}", support),
            audience=article.get("audience", "consumer"),
            is_published=True,
            key=f"{admin.brand}-{number}",
        )
