"""The time zone in which somebody reads what happened when.

A page, a letter and a receipt must name the same hour of the same event.
"""

from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from portal_app.core.settings import settings
from portal_app.models import Account, AccountContact, Person


def zone_of_person(session: Session, person_id: str) -> str:
    """Return a person's own time zone, else that of their first account, else the portal's."""
    found = session.exec(
        select(Person.timezone, Account.timezone)
        .outerjoin(AccountContact, col(AccountContact.person_id) == Person.id)
        .outerjoin(Account, col(Account.id) == AccountContact.account_id)
        .where(Person.id == person_id)
        .order_by(col(AccountContact.id))
        .limit(1)
    ).first()
    named: tuple[str | None, ...] = tuple(found or ())
    return next((zone for one in named if (zone := _known(one))), settings().timezone)


def _known(name: str | None) -> str:
    """Return a zone's name, nothing for what is none."""
    try:
        return ZoneInfo(name).key if name else ""
    except (ValueError, OSError, KeyError):
        return ""
