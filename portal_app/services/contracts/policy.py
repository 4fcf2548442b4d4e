"""Who sees which account, and through it which contracts, invoices and statements."""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import ColumnElement, and_, case, false, literal, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import Account, AccountContact, Contract, PortalAccess


def visible_accounts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Account` for the accounts that this actor may see.

    A customer sees accounts on which they are a contact today (in the account's own time zone)
    and which are registered for the portal; staff see all of their brand; nobody sees none.
    """
    if actor.is_staff:
        return col(Account.brand_id) == actor.brand
    if actor.is_system:
        return col(Account.brand_id) == actor.brand if actor.brand else true()
    if not actor.is_consumer or not actor.person_id:
        return false()
    return and_(
        col(Account.brand_id) == actor.brand,
        col(Account.portal_access) == PortalAccess.REGISTERED,
        col(Account.ended_at).is_(None),
        # Which accounts at all, by index; else every account of the brand would be asked.
        col(Account.id).in_(_ever_contact(actor.person_id)),
        _is_contact(actor.person_id),
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Contract` for the contracts that this actor may see."""
    accounts = select(Account.id).where(visible_accounts(actor))
    return and_(col(Contract.ended_at).is_(None), col(Contract.account_id).in_(accounts))


def require_account(session: Session, actor: Actor, account_id: str) -> Account:
    """Return the account if this actor may see it; raises NotFound for every other case."""
    wanted = text.key(account_id)
    found = (
        session.exec(select(Account).where(Account.id == wanted, visible_accounts(actor))).first()
        if wanted
        else None
    )
    if found is None:
        raise NotFound
    return found


def require_contract(session: Session, actor: Actor, where: ColumnElement[bool]) -> Contract:
    """Return the one contract that fits and that this actor may see, else raise NotFound."""
    found = session.exec(select(Contract).where(where, visible_to(actor))).first()
    if found is None:
        raise NotFound
    return found


def _ever_contact(person_id: str) -> SelectOfScalar[str]:
    return select(AccountContact.account_id).where(AccountContact.person_id == person_id)


def _is_contact(person_id: str) -> ColumnElement[bool]:
    today = _local_today(clock.now())
    starts, ends = col(AccountContact.starts_on), col(AccountContact.ends_on)
    return (
        select(AccountContact.id)
        .where(
            AccountContact.account_id == Account.id,
            AccountContact.person_id == person_id,
            col(AccountContact.ended_at).is_(None),
            or_(starts.is_(None), starts <= today),
            or_(ends.is_(None), ends >= today),
        )
        .exists()
    )


def _local_today(moment: datetime) -> ColumnElement[date]:
    """Return today's date in the account's time zone, as the database can compare it."""
    day, quarter = moment.date(), moment.minute // 15 * 15
    ahead, behind = _zones_elsewhere(moment.replace(minute=quarter, second=0, microsecond=0))
    # One text with all the names and one LIKE: hundreds of parameters would cost more than the row.
    name = "%," + col(Account.timezone) + ",%"
    return case(
        (literal(ahead).like(name), literal(day + timedelta(days=1))),
        (literal(behind).like(name), literal(day - timedelta(days=1))),
        else_=literal(day),
    )


@lru_cache(maxsize=4)
def _zones_elsewhere(quarter: datetime) -> tuple[str, str]:
    """Name the zones where it is already tomorrow, and those where it is still yesterday.

    No zone changes its date within a quarter of an hour, so the answer is kept that long.
    """
    days = {name: quarter.astimezone(ZoneInfo(name)).date() for name in _zones()}

    def where(day: date) -> str:
        return f",{','.join(name for name, local in days.items() if local == day)},"

    day = quarter.date()
    return where(day + timedelta(days=1)), where(day - timedelta(days=1))


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))
