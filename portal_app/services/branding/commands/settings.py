"""Changes to what a brand has set. Each is audited, and open tabs follow."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.models import Action, Brand, Feature, PortalSettings, PortalUser
from portal_app.services.branding import policy
from portal_app.services.branding.rules import switches
from portal_app.services.transaction import transaction

Value = str | bool | date | None

_LIMITS = {
    "closed_message": 400,
    "announcement": 400,
    "support_phone": 40,
    "support_hours": 120,
}
_LOOKS = {"colour": 7, "radius": 4, "body_font": 40, "heading_font": 40, "headline": 120}
_SWITCHES = frozenset({"is_open", "demand_second_factor"})
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def update_settings(
    actor: Actor, *, changes: Mapping[str, object], version: object, key: str
) -> int:
    """Change some of the settings of the actor's brand and return their new version.

    `changes` maps names to values: is_open, closed_message, announcement, support_email,
    support_phone, support_hours, publish_at ("02:00"), demand_second_factor, cutover_date
    ("2026-11-16", "" for none). `version` is the one that was read: a colleague's change in
    between raises Conflict instead of being lost.
    """
    with transaction(actor) as tx:
        settings = policy.require_changeable(actor, policy.locked_settings(tx))
        if (earlier := tx.earlier_answer(key, "branding.update_settings")) is not None:
            return int(earlier)
        wanted = _read(changes)
        if version != settings.version:
            raise Conflict("A colleague changed the settings meanwhile. Look at them again first.")
        changed = [name for name, value in wanted.items() if getattr(settings, name) != value]
        _apply(settings, {name: wanted[name] for name in changed})
        tx.record(Action.SETTINGS_CHANGED, "portal_settings", settings.id, fields=sorted(changed))
        tx.touch(f"settings:{settings.brand_id}")
        return int(tx.answer(key, str(settings.version)))


def switch_feature(actor: Actor, *, feature: object, is_on: object, key: str) -> str:
    """Switch a capability of the brand's customers on or off; open tabs follow (S0-05)."""
    entered = Entries()
    problem = "That is not something that can be switched."
    chosen = entered.choice("feature", feature, Feature, problem=problem)
    wanted = entered.flag("is_on", is_on)
    with transaction(actor) as tx:
        settings = policy.require_changeable(actor, policy.locked_settings(tx))
        if chosen is not None and not switches.SWITCHES[chosen].is_built:
            entered.refuse("feature", problem)
        entered.done()
        if (
            earlier := tx.earlier_answer(key, "branding.switch_feature", feature, is_on)
        ) is not None:
            return earlier
        assert chosen is not None
        if switches.is_on(settings.features, chosen) != wanted:
            settings.features = {**settings.features, chosen.value: wanted}
            tx.record(
                Action.FEATURE_SWITCHED, "portal_settings", settings.id, feature=chosen, on=wanted
            )
            tx.touch(f"settings:{settings.brand_id}")
        return tx.answer(key, "on" if wanted else "off")


def dismiss_announcement(actor: Actor, *, version: object) -> None:
    """Do not show the present announcement to this person again; twice is the same as once."""
    with transaction(actor) as tx:
        if not actor.is_consumer and not actor.is_staff:
            raise NotFound
        user = tx.session.get(PortalUser, actor.user_id, with_for_update=True)
        where = col(PortalSettings.brand_id) == actor.brand
        current = tx.session.exec(select(PortalSettings).where(where)).first()
        if user is None or current is None or version != current.announcement_version:
            raise Conflict("There is a newer announcement. Read it first.")
        if user.dismissed_announcement < current.announcement_version:
            user.dismissed_announcement = current.announcement_version
            tx.record(Action.ANNOUNCEMENT_DISMISSED, "portal_settings", current.id, version=version)
            tx.touch(f"user:{actor.user_id}")


def found_brand(
    actor: Actor,
    *,
    name_in_addresses: str,
    name: str,
    hosts: Sequence[str] = (),
    looks: Mapping[str, str] | None = None,
) -> str:
    """Make a brand with its settings and return its id; one that is there already stays as it is.

    The first brand is the default one. `looks` may hold colour, radius, body_font, heading_font
    and headline. Only the portal itself does this, from the command line.
    """
    if not actor.is_system:
        raise NotFound
    wanted = _read_brand(name_in_addresses, name, hosts, looks or {})
    with transaction(actor) as tx:
        brands = tx.session.exec(select(Brand)).all()
        for brand in brands:
            if brand.key == wanted["key"]:
                return brand.id
        made = Brand(**wanted, is_default=not brands)
        tx.session.add(made)
        tx.session.flush()
        tx.session.add(PortalSettings(brand_id=made.id))
        tx.record(Action.SETTINGS_CHANGED, "brand", made.id, what="founded", name=made.name)
        tx.touch(f"settings:{made.id}")
        return made.id


def _read_brand(key: object, name: object, hosts: object, looks: object) -> dict[str, Any]:
    entered = Entries()
    wanted: dict[str, Any] = {
        "key": entered.line("key", key, limit=40, missing="Enter the brand's name in addresses."),
        "name": entered.line("name", name, limit=80, missing="Enter the name that people see."),
    }
    if isinstance(hosts, list | tuple):
        several = cast(Sequence[object], hosts)
        wanted["hosts"] = [entered.line("hosts", host, limit=253) for host in several]
    else:
        entered.refuse("hosts", "List the hosts.")
    for look, value in (
        cast(Mapping[object, object], looks).items() if isinstance(looks, Mapping) else ()
    ):
        if look in _LOOKS:
            wanted[str(look)] = entered.line("looks", value, limit=_LOOKS[str(look)])
        else:
            entered.refuse("looks", "That is no part of a brand's looks.")
    entered.done()
    return wanted


def _read(changes: Mapping[str, object]) -> dict[str, Value]:
    entered, wanted = Entries(), dict[str, Value]()
    if not isinstance(changes, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise Invalid(changes="Choose what to change.")
    for name, value in changes.items():
        if name in _SWITCHES:
            wanted[name] = entered.flag(name, value)
        elif name in _LIMITS:
            wanted[name] = entered.text(name, value, limit=_LIMITS[name])
        elif name == "support_email":
            wanted[name] = _email(entered, value)
        elif name == "publish_at":
            wanted[name] = _time(entered, value)
        elif name == "cutover_date":
            wanted[name] = _day(entered, value)
        else:
            raise Invalid(changes="That is not a setting of the portal.")
    entered.done()
    return wanted


def _email(entered: Entries, value: object) -> str:
    email = entered.line("support_email", value, limit=254, has_numbers=True)
    if email and not _EMAIL.fullmatch(email):
        entered.refuse("support_email", "Enter one email address, such as help@example.com.")
    return email


def _time(entered: Entries, value: object) -> str:
    time = entered.line("publish_at", value, limit=5)
    if not _TIME.fullmatch(time):
        entered.refuse("publish_at", "Enter a time of day, such as 02:00.")
    return time


def _day(entered: Entries, value: object) -> date | None:
    typed = entered.line("cutover_date", value, limit=10)
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        entered.refuse("cutover_date", "Choose a day, or leave it empty.")
        return None


def _apply(settings: PortalSettings, changed: Mapping[str, Value]) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    if "announcement" in changed:
        settings.announcement_version += 1  # shown again to those who dismissed the last one
    settings.version += 1
