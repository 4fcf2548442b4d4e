"""Whether people sign in, and with what: for whoever decides on inviting them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from portal_app.models import LoginIdentifier, Person, PortalUser, UserStatus
from portal_app.services import contact_details


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person's own sign-in; `is_open` says that it works at this moment."""

    is_open: bool
    last_login_at: datetime | None


def sign_ins_of(session: Session, person_ids: Collection[str]) -> dict[str, SignIn]:
    """Return the sign-ins of these people, by person; whoever has never had one is not in it."""
    found = session.exec(
        select(PortalUser).where(
            col(PortalUser.person_id).in_(person_ids), col(PortalUser.password_hash).is_not(None)
        )
    )
    return {
        user.person_id or "": SignIn(user.status is UserStatus.ACTIVE, user.last_login_at)
        for user in found
    }


def names_in_use(session: Session, brand_id: str, values: Collection[str]) -> dict[str, str]:
    """Return who signs in with each of these addresses or numbers: a person id, "" for staff."""
    found = session.exec(
        select(LoginIdentifier.value, PortalUser.person_id)
        .join(PortalUser, col(PortalUser.id) == LoginIdentifier.user_id)
        .where(LoginIdentifier.brand_id == brand_id, col(LoginIdentifier.value).in_(values))
    )
    return {value: person_id or "" for value, person_id in found}


def person_called(
    session: Session, brand_id: str, *, email: str, family_name: str
) -> Person | None:
    """Return the one person of a brand with this address and last name, in any case of letters.

    None where there is nobody, or more than one.
    """
    if not (wanted := contact_details.email(email)):
        return None
    found = session.exec(
        select(Person)
        .where(col(Person.brand_id) == brand_id, col(Person.ended_at).is_(None))
        .where(func.lower(col(Person.email)) == wanted)
    ).all()
    named = [one for one in found if one.family_name.casefold() == family_name.strip().casefold()]
    return named[0] if len(named) == 1 else None
