"""Customers as staff see them: the list, and one with everything that keeps them out."""

from sqlmodel import Session, col, func, select, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.paging import PAGE_SIZE, page_size
from portal_app.models import (
    Account,
    AccountContact,
    Person,
    PortalAccess,
    PortalSession,
    PortalUser,
    RegistrationAttempt,
    SessionStage,
    Store,
    UserStatus,
)
from portal_app.services.access import policy
from portal_app.services.access.queries.facts import facts_of, owners_of
from portal_app.services.access.queries.readiness import checks_of
from portal_app.services.access.queries.search import matches, matching
from portal_app.services.access.rules import is_current
from portal_app.services.access.views import (
    Attempt,
    Customer,
    CustomerContact,
    CustomerList,
    CustomerRow,
    Match,
)
from portal_app.services.transaction import reading

MOST_ATTEMPTS = 10


def customers(
    actor: Actor, *, search: str = "", state: str = "", after: str = "", size: int = PAGE_SIZE
) -> CustomerList:
    """Return a page of the brand's customers by name.

    `search` finds names, numbers, phones, emails, contract numbers and VINs: see `matching`.
    `state` is a `PortalAccess` or "" for any; `after` is the `after` of the page before.
    """
    policy.require_staff(actor)
    size = page_size(size)
    wanted = (
        select(Account)
        .where(Account.brand_id == actor.brand, col(Account.ended_at).is_(None))
        .order_by(col(Account.name), col(Account.id))
        .limit(size + 1)
    )
    if state in list(PortalAccess):
        wanted = wanted.where(Account.portal_access == PortalAccess(state))
    words = text.search_words(search)
    with reading() as session:
        if words:
            wanted = wanted.where(matching(session, actor.brand, words))
        found = session.exec(_beyond(session, actor, wanted, after)).all()
        owners = owners_of(session, found[:size])
        by = matches(session, found[:size], words)
    rows = tuple(
        CustomerRow(
            number=account.number,
            name=account.name,
            owner=owners[account.id].name if account.id in owners else "",
            phone=account.main_phone or account.main_phone_e164,
            email=account.email,
            state=account.portal_access.value,
            by=by.get(account.id, Match()),
            has_service_contracts=account.has_service_contracts,
        )
        for account in found[:size]
    )
    return CustomerList(rows, found[size - 1].id if len(found) > size else "")


def _beyond(
    session: Session, actor: Actor, wanted: SelectOfScalar[Account], after: str
) -> SelectOfScalar[Account]:
    last = session.get(Account, text.key(after)) if text.key(after) else None
    if last is None or last.brand_id != actor.brand:
        return wanted
    place = tuple_(col(Account.name), col(Account.id))
    return wanted.where(place > (last.name, last.id))


def customer(actor: Actor, *, number: str) -> Customer:
    """Return one customer with the readiness checklist and the tries to register."""
    with reading() as session:
        account = policy.require_customer(session, actor, number)
        store = session.get(Store, account.store_id) if account.store_id else None
        return Customer(
            account_id=account.id,
            number=account.number,
            name=account.name,
            account_type=account.account_type.value,
            state=account.portal_access.value,
            is_enabled=account.web_portal_enabled,
            has_service_contracts=account.has_service_contracts,
            phone=account.main_phone or account.main_phone_e164,
            email=account.email,
            postal_code=account.postal_code,
            timezone=account.timezone,
            store=store.name if store else "",
            version=account.version,
            published_at=account.published_at,
            locked_until=account.locked_until,
            checks=checks_of(facts_of(session, [account])[account.id]),
            attempts=_attempts(session, account),
            contacts=_contacts(session, account),
            open_sessions=_open_sessions(session, account),
            may_end_sessions=policy.may_end_sessions(actor),
            may_publish=policy.may_publish(actor),
        )


def _attempts(session: Session, account: Account) -> tuple[Attempt, ...]:
    if not account.main_phone_e164:
        return ()
    found = session.exec(
        select(RegistrationAttempt)
        .where(
            RegistrationAttempt.brand_id == account.brand_id,
            RegistrationAttempt.phone_e164 == account.main_phone_e164,
        )
        .order_by(col(RegistrationAttempt.at).desc(), col(RegistrationAttempt.id).desc())
        .limit(MOST_ATTEMPTS)
    )
    return tuple(Attempt(row.at, row.matched, row.ip) for row in found)


def _contacts(session: Session, account: Account) -> tuple[CustomerContact, ...]:
    rows = session.exec(
        select(AccountContact, Person, PortalUser)
        .join(Person, col(Person.id) == AccountContact.person_id)
        .join(PortalUser, col(PortalUser.person_id) == Person.id, isouter=True)
        .where(AccountContact.account_id == account.id, col(AccountContact.ended_at).is_(None))
        .order_by(col(AccountContact.id))
    )
    today = clock.today(account.timezone)
    return tuple(
        _contact(contact, person, user)
        for contact, person, user in rows
        if is_current(contact.starts_on, contact.ends_on, today)
    )


def _contact(contact: AccountContact, person: Person, user: PortalUser | None) -> CustomerContact:
    return CustomerContact(
        person_id=person.id,
        name=person.name,
        role=contact.role.value,
        email=person.email,
        phone=person.phone_e164 or person.mobile_e164,
        has_sign_in=user is not None and user.status is UserStatus.ACTIVE,
        last_login_at=user.last_login_at if user else None,
    )


def _open_sessions(session: Session, account: Account) -> int:
    now = clock.now()
    return session.exec(
        select(func.count(func.distinct(PortalSession.id)))
        .join(PortalUser, col(PortalUser.id) == PortalSession.user_id)
        .join(AccountContact, col(AccountContact.person_id) == PortalUser.person_id)
        .where(AccountContact.account_id == account.id)
        .where(PortalSession.stage == SessionStage.FULL)
        .where(col(PortalSession.revoked_at).is_(None))
        .where(PortalSession.idle_until > now, PortalSession.absolute_until > now)
    ).one()
