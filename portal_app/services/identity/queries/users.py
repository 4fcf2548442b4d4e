"""Reading a portal user: by what was typed, and where letters to them go."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.models import (
    Brand,
    LoginIdentifier,
    Person,
    PortalSession,
    PortalSettings,
    PortalUser,
    SecondFactor,
    SessionStage,
    StaffUser,
    UserKind,
    UserStatus,
)
from portal_app.services import limits
from portal_app.services.identity.rules.devices import browser_words
from portal_app.services.identity.rules.identifiers import EMAIL, Identifier

_RECENT = 50


@dataclass(frozen=True, slots=True)
class Found:
    """Whom an identifier belongs to; empty for nobody, so that both cost the same."""

    user_id: str = ""
    password_hash: str | None = None
    status: UserStatus | None = None
    is_known_network: bool = False
    # By which of the values that may be meant, and which of them are somebody else's.
    value: str = ""
    of_others: frozenset[str] = frozenset()

    @property
    def is_active(self) -> bool:
        """Whether this person can sign in."""
        return self.status is UserStatus.ACTIVE


def find_user(session: Session, brand_id: str, who: Identifier, *, ip: str = "") -> Found:
    """Return the user of one brand with this identifier: whoever it means first.

    Only one, so that one password is compared whatever was typed. Where a number read in two
    countries is two people's, the one of the later country begins with + to be meant.
    """
    held = session.exec(
        select(PortalUser, LoginIdentifier.value)
        .join(LoginIdentifier, col(LoginIdentifier.user_id) == PortalUser.id)
        .where(LoginIdentifier.brand_id == brand_id, col(LoginIdentifier.value).in_(who.values))
        .where(LoginIdentifier.value != "")
    ).all()
    held = sorted(held, key=lambda row: who.values.index(row[1]))
    user, value = held[0] if held else (None, "")
    earlier = session.exec(
        select(PortalSession.ip)
        .where(PortalSession.user_id == (user.id if user else ""))
        .where(PortalSession.stage == SessionStage.FULL)
        .order_by(col(PortalSession.created_at).desc())
        .limit(_RECENT)
    ).all()
    if user is None:
        return Found()
    is_known = limits.network(ip) in {limits.network(address) for address in earlier}
    others = frozenset(value for other, value in held if other.id != user.id)
    return Found(user.id, user.password_hash, user.status, is_known, value, others)


def contact_email(session: Session, user: PortalUser) -> str:
    """Return where letters about a sign-in go: the address proved, else the one on file."""
    if user.kind is UserKind.STAFF:
        staff = session.exec(select(StaffUser).where(StaffUser.user_id == user.id)).first()
        return staff.email if staff else ""
    proved = session.exec(
        select(LoginIdentifier.value)
        .where(LoginIdentifier.user_id == user.id, LoginIdentifier.kind == EMAIL)
        .limit(1)
    ).first()
    person = session.get(Person, user.person_id) if user.person_id else None
    return proved or (person.email if person else "")


def mobile_number(session: Session, user: PortalUser) -> str:
    """Return the mobile number on file, "" without one."""
    person = session.get(Person, user.person_id) if user.person_id else None
    return person.mobile_e164 if person else ""


def must_have_factor(session: Session, user: PortalUser) -> bool:
    """Say whether a second factor is compulsory: for staff always, else where the brand says so."""
    if user.kind is UserKind.STAFF:
        return True
    return demands_second_factor(session, user.brand_id)


def demands_second_factor(session: Session, brand_id: str) -> bool:
    """Say whether a brand asks all its customers for a second factor."""
    chosen = session.exec(
        select(PortalSettings.demand_second_factor).where(PortalSettings.brand_id == brand_id)
    ).first()
    return bool(chosen)


def password_is_alone(session: Session, user: PortalUser) -> bool:
    """Say whether nothing but the password is asked for, so that it must be longer."""
    return user.second_factor is SecondFactor.NONE and not must_have_factor(session, user)


def context_words(session: Session, user: PortalUser) -> list[str]:
    """Return what others know about a person and the portal: no password is made of it."""
    brand = session.get(Brand, user.brand_id)
    words = [brand.name if brand else "", "portal"]
    identifiers = select(LoginIdentifier.value).where(LoginIdentifier.user_id == user.id)
    words += session.exec(identifiers).all()
    staff = session.exec(select(StaffUser).where(StaffUser.user_id == user.id)).first()
    person = session.get(Person, user.person_id) if user.person_id else None
    if staff:
        words += [staff.name, staff.email.partition("@")[0]]
    if person:
        words += [person.name, person.email.partition("@")[0], person.postal_code]
        words += [person.phone_e164, person.mobile_e164, person.city]
    return [word for word in words if word]


def brand_name(session: Session, brand_id: str) -> str:
    """Return the operator's name as customers know it."""
    brand = session.get(Brand, brand_id)
    return brand.name if brand else ""


def is_new_device(session: Session, user: PortalUser, user_agent: str) -> bool:
    """Say whether somebody who has been here before comes with a browser not seen before."""
    seen = session.exec(
        select(PortalSession.user_agent)
        .where(PortalSession.user_id == user.id, PortalSession.stage == SessionStage.FULL)
        .order_by(col(PortalSession.created_at).desc())
        .limit(_RECENT)
    ).all()
    return bool(seen) and browser_words(user_agent) not in seen
