"""Readings of brands and of what is set for them. None of it is secret."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import col, select

from portal_app.core import clock, live, text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import Brand, Feature, PortalSettings, PortalUser, database
from portal_app.services.branding import policy
from portal_app.services.branding.rules import palette, switches
from portal_app.services.branding.views import (
    BrandSettings,
    BrandView,
    Doorway,
    FeatureSwitch,
    Support,
)
from portal_app.services.transaction import reading

_FRESH = timedelta(seconds=5)
_LONGEST_HOST = 260  # a name and a port
_DOOR_FRESH = timedelta(seconds=1)


@dataclass(slots=True)
class _Remembered:
    """The brands as last read; every page asks for one, and they hardly ever change."""

    brands: tuple[BrandView, ...] = ()
    read_at: datetime | None = None
    origin: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_fresh(self, origin: str) -> bool:
        """Say whether they were read lately, and from this database."""
        if self.read_at is None or self.origin != origin:
            return False
        return timedelta() <= clock.now() - self.read_at < _FRESH


_remembered = _Remembered()
# By database and brand: whether customers may come in, and when that was read.
_doors: dict[tuple[str, str], tuple[datetime, bool]] = {}


def _forget(topics: frozenset[str]) -> None:
    if any(topic.startswith("settings:") for topic in topics):
        _remembered.read_at = None
        _doors.clear()


live.on_announcement(_forget)


def brand_for_host(actor: Actor, *, host: str) -> BrandView:
    """Return the brand that answers at a host (a port does not matter), else the default one.

    Raises NotFound only while there is no brand at all.
    """
    del actor  # a brand's face is public: it is shown before anybody signs in
    name = text.key(host, longest=_LONGEST_HOST).lower()
    bare = name if name.startswith("[") else name.partition(":")[0]
    every = _brands()
    named = (brand for brand in every if {name, bare} & set(brand.hosts))
    default = (brand for brand in every if brand.is_default)
    found = next(named, None) or next(default, None) or next(iter(every), None)
    if found is None:
        raise NotFound("The portal has not been set up yet. Load a feed or the demo first.")
    return found


def brands(actor: Actor) -> tuple[BrandView, ...]:
    """Return every brand of this installation, by its key; for the portal's own commands."""
    if not actor.is_system:
        raise NotFound
    return _brands()


def brand_css(actor: Actor, *, host: str) -> str:
    """Return the style sheet with the colours, corners and fonts of the host's brand."""
    brand = brand_for_host(actor, host=host)
    return palette.brand_css(
        colour=brand.colour,
        radius=float(brand.radius),
        body_font=brand.body_font,
        heading_font=brand.heading_font,
    )


def settings_of(actor: Actor, *, brand: str) -> BrandSettings:
    """Return what is set for a brand; the defaults while nothing has been."""
    del actor  # what is set decides what everybody sees
    brand = text.key(brand)
    with reading() as session:
        where = col(PortalSettings.brand_id) == brand
        row = session.exec(select(PortalSettings).where(where)).first()
    if row is None:
        return BrandSettings(brand)
    kept = row.model_dump(exclude={"id", "features"})
    return BrandSettings(**kept)


def support_of(actor: Actor, *, brand: str) -> Support:
    """Return whom the people of a brand turn to (S0-02)."""
    return settings_of(actor, brand=brand).support


def portal_state(actor: Actor, *, brand: str) -> Doorway:
    """Return whether the portal is open to this actor, and what they are to be told.

    A closed portal keeps customers out; staff still work in it (S0-01).
    """
    kept = settings_of(actor, brand=brand)
    is_news = bool(kept.announcement) and kept.announcement_version > _dismissed(actor)
    return Doorway(
        is_open=kept.is_open or actor.is_staff or actor.is_system,
        closed_message=kept.closed_message,
        announcement=kept.announcement if is_news else "",
        announcement_version=kept.announcement_version,
        support=kept.support,
    )


def is_open_to(actor: Actor) -> bool:
    """Say whether the portal is open to this actor; asked at every step, so kept for a second."""
    if not actor.is_consumer and not actor.is_guest:
        return True
    place = (str(database.engine().url), actor.brand)
    read_at, is_open = _doors.get(place, (None, True))
    if read_at is None or not timedelta() <= clock.now() - read_at < _DOOR_FRESH:
        is_open = settings_of(actor, brand=actor.brand).is_open
        _doors[place] = clock.now(), is_open
    return is_open


def features_on(actor: Actor) -> frozenset[Feature]:
    """Return what customers of the actor's brand may do now; pages hide the rest.

    A page that uses this watches `settings:<brand>`, so that it follows a switch at once.
    """
    with reading() as session:
        return policy.features_of(session, actor.brand)


def feature_switches(actor: Actor) -> tuple[FeatureSwitch, ...]:
    """Return every capability that can be switched, for administrators."""
    policy.require_admin(actor)
    with reading() as session:
        kept = policy.kept_switches(session, actor.brand)
    return tuple(
        FeatureSwitch(one.feature, one.name, one.words, switches.is_on(kept, one.feature))
        for one in switches.SWITCHES.values()
        if one.is_built
    )


def _dismissed(actor: Actor) -> int:
    if not actor.is_consumer and not actor.is_staff:
        return 0
    with reading() as session:
        user = session.get(PortalUser, actor.user_id)
        return user.dismissed_announcement if user else 0


def _brands() -> tuple[BrandView, ...]:
    origin = str(database.engine().url)
    if _remembered.is_fresh(origin):
        return _remembered.brands
    with reading() as session:
        found = tuple(_view(brand) for brand in session.exec(select(Brand).order_by(Brand.key)))
    with _remembered.lock:
        _remembered.brands, _remembered.origin = found, origin
        _remembered.read_at = clock.now()
    return found


def _view(brand: Brand) -> BrandView:
    facts = brand.model_dump(exclude={"hosts"})
    return BrandView(**facts, hosts=tuple(host.lower() for host in brand.hosts))
