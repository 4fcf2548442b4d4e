"""Who may change what a brand has set, and what is switched on for its customers."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound, SwitchedOff
from portal_app.models import Feature, PortalSettings
from portal_app.services.branding.rules import switches
from portal_app.services.reading import remembered
from portal_app.services.transaction import Transaction

CONFIRM_FIRST = (
    "Confirm that it is you first: customers see this at once. What you typed can be saved as a "
    "draft meanwhile."
)


def may_change(actor: Actor, settings: PortalSettings) -> bool:
    """Administrators change the settings of their own brand, and nobody else does."""
    return actor.has(Access.ADMIN) and actor.brand == settings.brand_id


def require_changeable(actor: Actor, settings: PortalSettings | None) -> PortalSettings:
    """Return the settings if this actor may change them."""
    if not actor.is_staff or settings is None or settings.brand_id != actor.brand:
        raise NotFound
    if not may_change(actor, settings):
        raise NotAllowed("Only an administrator can change the portal's settings.")
    return settings


def require_admin(actor: Actor) -> None:
    """Refuse everybody but administrators."""
    if not actor.is_staff:
        raise NotFound
    if not actor.has(Access.ADMIN):
        raise NotAllowed("Only an administrator can change what customers may do.")


@remembered
def kept_for(session: Session, brand: str) -> PortalSettings | None:
    """Return what a brand has set; None while it has set nothing."""
    where = col(PortalSettings.brand_id) == brand
    return session.exec(select(PortalSettings).where(where)).first()


def require_designer(actor: Actor) -> None:
    """Let administrators decide how the portal looks, and nobody else (S4-02)."""
    if not actor.is_staff:
        raise NotFound
    if not actor.has(Access.ADMIN):
        raise NotAllowed("Only an administrator can change how the portal looks.")


def require_applying(actor: Actor) -> None:
    """Refuse also an administrator who has not proved within ten minutes who they are."""
    require_designer(actor)
    if not actor.is_stepped_up:
        raise NotAllowed(CONFIRM_FIRST)


def locked_settings(tx: Transaction) -> PortalSettings | None:
    """Return the settings of the actor's brand; changes of one brand wait for each other here."""
    where = col(PortalSettings.brand_id) == tx.actor.brand
    return tx.session.exec(select(PortalSettings).where(where).with_for_update()).first()


def kept_switches(session: Session, brand: str) -> Mapping[str, bool]:
    """Return what a brand has switched, by the feature's value; the rest is as it started."""
    row = kept_for(session, brand)
    return row.features if row else {}


def is_on(session: Session, brand: str, feature: Feature) -> bool:
    """Say whether customers of a brand may use a capability now (S0-05)."""
    return switches.is_on(kept_switches(session, brand), feature)


def features_of(session: Session, brand: str) -> frozenset[Feature]:
    """Return every capability that customers of a brand may use now."""
    kept = kept_switches(session, brand)
    return frozenset(feature for feature in Feature if switches.is_on(kept, feature))


def require_on(tx: Transaction, feature: Feature) -> None:
    """Refuse a customer a capability that their brand has not switched on (S0-04, S0-05).

    Staff and the portal itself are not bound by the switches (S0-28).
    """
    if tx.actor.is_consumer and not is_on(tx.session, tx.actor.brand, feature):
        raise SwitchedOff(feature.value)
