"""How a link gets from one state to the next, and what somebody needs to be invited."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal_app.models import Account, Contract, InvitationPurpose, InvitationState
from portal_app.services import contact_details, contracts, wording

PURPOSE = InvitationPurpose.ACCOUNT_SETUP
GOOD_FOR = timedelta(days=7)


class Event(StrEnum):
    """What moves an invitation from one state to another."""

    SEND_EMAIL = "send_email"
    COPY_LINK = "copy_link"
    OPEN = "open"
    SECOND_FACTOR_OK = "second_factor_ok"
    EXPIRE = "expire"
    REVOKE = "revoke"
    REGENERATE = "regenerate"


_S = InvitationState
MOVES: dict[tuple[InvitationState, Event], InvitationState] = {
    (_S.DRAFT, Event.SEND_EMAIL): _S.ISSUED,
    (_S.DRAFT, Event.COPY_LINK): _S.ISSUED,
    (_S.DRAFT, Event.REVOKE): _S.REVOKED,
    (_S.ISSUED, Event.OPEN): _S.OPENED,
    (_S.ISSUED, Event.EXPIRE): _S.EXPIRED,
    (_S.ISSUED, Event.REVOKE): _S.REVOKED,
    (_S.ISSUED, Event.REGENERATE): _S.SUPERSEDED,
    (_S.OPENED, Event.SECOND_FACTOR_OK): _S.ACTIVATED,
    (_S.OPENED, Event.EXPIRE): _S.EXPIRED,
    (_S.OPENED, Event.REVOKE): _S.REVOKED,
    (_S.OPENED, Event.REGENERATE): _S.SUPERSEDED,
}
# A link in one of these may still be used, if its time has not run out.
LIVE = (_S.ISSUED, _S.OPENED)


def after(state: InvitationState, event: Event) -> InvitationState:
    """Return the state after an event; the same one where the event means nothing."""
    return MOVES.get((state, event), state)


def state_at(state: InvitationState, expires_at: datetime | None, now: datetime) -> InvitationState:
    """Return the state as it is at a moment: a link ends seven days after it was made, exactly."""
    has_run_out = expires_at is not None and now >= expires_at
    return after(state, Event.EXPIRE) if has_run_out else state


class Standing(StrEnum):
    """What a link is worth to whoever opens it."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    ACTIVATED = "activated"
    ADDRESS_CHANGED = "address_changed"
    HAS_SIGN_IN = "has_sign_in"
    CLOSED = "closed"
    UNKNOWN = "unknown"


OF_STATE = {
    _S.DRAFT: Standing.UNKNOWN,
    _S.EXPIRED: Standing.EXPIRED,
    _S.REVOKED: Standing.REVOKED,
    _S.SUPERSEDED: Standing.SUPERSEDED,
    _S.ACTIVATED: Standing.ACTIVATED,
}
# Whoever holds one of these may ask for a new link; the others need none.
RENEWABLE = (
    Standing.EXPIRED,
    Standing.REVOKED,
    Standing.SUPERSEDED,
    Standing.ADDRESS_CHANGED,
    Standing.CLOSED,
)


class Need(StrEnum):
    """What somebody needs to be invited; all of them make it possible."""

    CURRENT = "current"
    NO_SIGN_IN = "no_sign_in"
    EMAIL = "email"
    EMAIL_FREE = "email_free"
    ACCOUNT_TYPE = "account_type"
    SWITCH = "switch"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Everything about a person on an account that an invitation depends on."""

    person_id: str
    email: str
    is_current: bool
    has_sign_in: bool
    is_email_taken: bool
    is_account_customer: bool
    is_portal_on: bool
    is_open: bool

    @property
    def address(self) -> str:
        """The email address as it is compared: what they will sign in with."""
        return contact_details.email(self.email)


def unmet(facts: PersonFacts) -> frozenset[Need]:
    """Return what keeps a person from being invited; nothing means that they can be."""
    has_email = contact_details.looks_like_email(facts.email)
    is_met = {
        Need.CURRENT: facts.is_current,
        Need.NO_SIGN_IN: not facts.has_sign_in,
        Need.EMAIL: has_email,
        Need.EMAIL_FREE: not facts.is_email_taken,
        Need.ACCOUNT_TYPE: facts.is_account_customer,
        Need.SWITCH: facts.is_portal_on,
        Need.OPEN: facts.is_open,
    }
    return frozenset(need for need, met in is_met.items() if not met)


def subject_of(account: Account, contract: Contract | None, more: int = 0) -> str:
    """Say what a link is for, such as `service contract SD-40118`."""
    if contract is None:
        return f"account {account.number}"
    kind = contracts.kind_label(contract.status, contract.kind).lower()
    others = f" and {wording.plural(more, 'more contract')}" if more else ""
    return f"{kind} {contract.number}{others}"
