"""A phone number as somebody types it, read in each country in which a brand has accounts.

Accounts hold theirs by their own country, and whoever types one does not say which that is.
"""

from sqlmodel import Session, col, select

from portal_app.core.settings import settings
from portal_app.models import Account
from portal_app.services import contact_details
from portal_app.services.reading import remembered


@remembered
def countries(session: Session, brand_id: str) -> tuple[str, ...]:
    """Return the countries in which a number may be meant: the portal's own is the first.

    One query that steps from country to country through an index, however many accounts there are.
    """
    of_brand = select(Account.country).where(Account.brand_id == brand_id)
    first = of_brand.order_by(col(Account.country)).limit(1).subquery()
    seen = select(first.c.country.label("country")).cte("seen", recursive=True)
    further = (
        of_brand.where(col(Account.country) > seen.c.country)
        .order_by(col(Account.country))
        .limit(1)
        .scalar_subquery()
    )
    seen = seen.union_all(select(further).where(seen.c.country.is_not(None)))
    at_home = settings().country
    found = session.exec(select(seen.c.country)).all()
    return (at_home, *(country for country in found if country and country != at_home))


def readings(session: Session, brand_id: str, typed: str) -> tuple[str, ...]:
    """Return each number in E.164 that may be meant, the likeliest first; none if it is none."""
    return contact_details.phones(typed, countries(session, brand_id))


def shown_again(typed: str) -> str:
    """Return a number for a form that reads it again: all that it may mean stays possible."""
    return contact_details.phone(typed, settings().country) or typed
