"""When an account may enter the portal, and how it gets from one state to the next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal_app.models import PUBLISHED, Account, AccountType, ContactRole, PortalAccess
from portal_app.services import contact_details

MOST_MISMATCHES = 5
MISMATCH_WINDOW = timedelta(hours=24)
LOCK_LASTS = timedelta(hours=24)


class Check(StrEnum):
    """What an account needs before its owner may enter; all of them make it ready."""

    LICENCE = "licence"
    ACCOUNT_TYPE = "account_type"
    PHONE = "phone"
    PHONE_UNIQUE = "phone_unique"
    EMAIL = "email"
    POSTAL_CODE = "postal_code"
    OWNER = "owner"
    SWITCH = "switch"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """The account's current owner, as far as readiness and registration ask."""

    person_id: str
    name: str = ""
    email: str = ""
    phone: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Everything that readiness follows from, read at one moment."""

    account_id: str
    state: PortalAccess
    account_type: AccountType
    phone: str
    email: str
    postal_code: str
    country: str
    is_enabled: bool
    is_licensed: bool
    has_history: bool
    is_ended: bool = False
    owner: OwnerFacts | None = None
    phone_also_on: str = ""

    @property
    def contact_email(self) -> str:
        """The address that a code goes to: the account's, else its owner's."""
        own = contact_details.email(self.email)
        return own or (contact_details.email(self.owner.email) if self.owner else "")

    @property
    def contact_postal_code(self) -> str:
        """The postal code that is compared: the account's, else its owner's."""
        held = self.postal_code or (self.owner.postal_code if self.owner else "")
        return contact_details.postal_code(held, self.country)


# Once somebody signs in with a number, a second account with it changes nothing for them.
_HOLDERS = (PortalAccess.REGISTERED, PortalAccess.SUSPENDED)


def unmet(facts: AccountFacts) -> frozenset[Check]:
    """Return what keeps an account from being ready; nothing means that it is (S3-04 to S3-09)."""
    is_met = {
        Check.LICENCE: facts.is_licensed,
        Check.ACCOUNT_TYPE: facts.account_type is AccountType.ACCOUNT and not facts.is_ended,
        Check.PHONE: bool(facts.phone),
        Check.PHONE_UNIQUE: not facts.phone_also_on or facts.state in _HOLDERS,
        Check.EMAIL: contact_details.looks_like_email(facts.contact_email),
        Check.POSTAL_CODE: bool(facts.contact_postal_code),
        Check.OWNER: facts.owner is not None,
        Check.SWITCH: facts.is_enabled,
        Check.HISTORY: facts.has_history,
    }
    return frozenset(check for check, met in is_met.items() if not met)


class Event(StrEnum):
    """What moves an account from one state to another."""

    PREREQUISITES_MET = "prerequisites_met"
    PREREQUISITES_LOST = "prerequisites_lost"
    OWNER_REPLACED = "owner_replaced"
    PUBLISH = "publish"
    JOIN = "join"
    REGISTER = "register"
    LOCK_OUT = "lock_out"
    UNLOCK = "unlock"


_P = PortalAccess
MOVES: dict[tuple[PortalAccess, Event], PortalAccess] = {
    (_P.NOT_READY, Event.PREREQUISITES_MET): _P.READY_UNPUBLISHED,
    (_P.READY_UNPUBLISHED, Event.PREREQUISITES_LOST): _P.NOT_READY,
    (_P.READY_UNPUBLISHED, Event.PUBLISH): _P.REGISTRABLE,
    # Published for somebody who signs in already, for another account of theirs.
    (_P.READY_UNPUBLISHED, Event.JOIN): _P.REGISTERED,
    (_P.REGISTRABLE, Event.JOIN): _P.REGISTERED,
    # A lock keeps strangers from registering; its owner has proved who they are some other way.
    (_P.LOCKED, Event.JOIN): _P.REGISTERED,
    (_P.REGISTRABLE, Event.PREREQUISITES_LOST): _P.NOT_READY,
    (_P.REGISTRABLE, Event.REGISTER): _P.REGISTERED,
    (_P.REGISTRABLE, Event.LOCK_OUT): _P.LOCKED,
    (_P.LOCKED, Event.UNLOCK): _P.REGISTRABLE,
    (_P.LOCKED, Event.PREREQUISITES_LOST): _P.NOT_READY,
    (_P.REGISTERED, Event.PREREQUISITES_LOST): _P.SUSPENDED,
    (_P.SUSPENDED, Event.PREREQUISITES_MET): _P.REGISTERED,
    # The new owner registers for themselves; nothing of the old owner's sign-in is theirs.
    (_P.REGISTERED, Event.OWNER_REPLACED): _P.NOT_READY,
    (_P.SUSPENDED, Event.OWNER_REPLACED): _P.NOT_READY,
}


def after(state: PortalAccess, event: Event) -> PortalAccess:
    """Return the state after an event; the same one where the event means nothing."""
    return MOVES.get((state, event), state)


def is_lock_over(state: PortalAccess, locked_until: datetime | None, now: datetime) -> bool:
    """Say whether a lock has run its 24 hours."""
    return state is PortalAccess.LOCKED and (locked_until is None or locked_until <= now)


def counted_since(now: datetime, locked_until: datetime | None) -> datetime:
    """Return from when on mismatches count: a day back, but not before the last lock ended."""
    day_back = now - MISMATCH_WINDOW
    return max(day_back, locked_until) if locked_until and locked_until <= now else day_back


def is_open_by_contracts(account: Account) -> bool:
    """Say whether a service contract or a loan opens an account, whatever rentals need (S0-01)."""
    is_for_portal = account.account_type is AccountType.ACCOUNT and account.web_portal_enabled
    return account.ended_at is None and is_for_portal and account.has_service_contracts


def is_open_to(account: Account, role: ContactRole | None) -> bool:
    """Say whether an account is open to a contact in this role; None is a contract's holder.

    The owner registers for a rental account; the others need not wait for that.
    """
    if is_open_by_contracts(account):
        return True
    if role is ContactRole.OWNER:
        return account.portal_access is PortalAccess.REGISTERED
    return account.portal_access in PUBLISHED


def is_current(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    """Say whether a contact's role holds today; an empty date is open."""
    return (starts_on is None or starts_on <= today) and (ends_on is None or ends_on >= today)
