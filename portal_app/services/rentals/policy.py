"""Who may see the items on rent, ask for them to be called off, and decide about it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Conflict, NotAllowed, NotFound, SwitchedOff
from portal_app.models import (
    Account,
    AccountContact,
    Area,
    ContactRole,
    Contract,
    ContractKind,
    ContractLine,
    ContractPhase,
    RentalRequest,
    RequestState,
    Store,
)
from portal_app.services import branding, contracts
from portal_app.services.rentals.rules.moves import FINAL, MOVES, Move, Side, moves_from
from portal_app.services.rentals.rules.words import look

# Billing contacts look after the money: they see what is out, and ask for nothing.
_REQUESTERS = frozenset({ContactRole.OWNER, ContactRole.AUTHORISED})
_CUSTOMER_MOVES = {move for (_, move), (_, side) in MOVES.items() if side is Side.CUSTOMER}


@dataclass(frozen=True, slots=True)
class Hire:
    """A contract line with all that it belongs to."""

    line: ContractLine
    contract: Contract
    account: Account
    store: Store | None

    @property
    def is_rental(self) -> bool:
        """Whether it goes out and comes back; what a service contract covers does neither."""
        return self.contract.kind is ContractKind.RENTAL

    @property
    def zone(self) -> str:
        """The store's time zone, else the account's."""
        return known_zone(self.store.timezone if self.store else "", self.account.timezone)


def known_zone(*names: str) -> str:
    """Return the first of the names that is a time zone, else UTC."""
    for name in filter(None, names):
        try:
            return ZoneInfo(name).key
        except (ValueError, OSError, KeyError):
            continue
    return "UTC"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that selects the requests this actor may see.

    Staff see their brand's; customers those of the accounts that they may open, and of those a
    contact of which trusts them with contracts.
    """
    if actor.is_staff:
        return col(RentalRequest.brand_id) == actor.brand
    return col(RentalRequest.account_id).in_(select(Account.id).where(theirs(actor)))


def theirs(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Account` for those whose items on rent this actor may see."""
    return contracts.visible_accounts(actor, area=Area.CONTRACTS)


def require_account(session: Session, actor: Actor, account: str) -> Account:
    """Return an account whose items on rent this actor may see; raises NotFound to a stranger."""
    return contracts.require_account(session, actor, account, area=Area.CONTRACTS)


def may_request(session: Session, actor: Actor, account: Account) -> bool:
    """Say whether the actor is a current owner or authorised contact of the account.

    Or acts for one of them, who trusts them so far in the area of contracts (S1-09).
    """
    return bool(actor.is_consumer and roles_on(session, actor, account) & _REQUESTERS)


def may_call_off(session: Session, actor: Actor, account: Account) -> bool:
    """Say whether the actor may ask for items of the account, and the brand lets customers ask."""
    is_let = branding.is_on(session, account.brand_id, branding.Feature.CALL_OFF_RENT)
    return is_let and may_request(session, actor, account)


def roles_on(session: Session, actor: Actor, account: Account) -> frozenset[ContactRole]:
    """Return what the actor, or whom they act for, is to the account today, by its own calendar."""
    people = [actor.person_id, *sorted(actor.trusted_by(Area.CONTRACTS, to_act=True))]
    where = (
        col(AccountContact.account_id) == account.id,
        col(AccountContact.person_id).in_(people),
        col(AccountContact.ended_at).is_(None),
    )
    contacts = session.exec(select(AccountContact).where(*where))
    return frozenset(contact.role for contact in contacts if is_current(contact, account))


def is_current(contact: AccountContact, account: Account) -> bool:
    """Say whether a contact's time on the account includes today."""
    today = clock.today(known_zone(account.timezone))
    has_begun = contact.starts_on is None or contact.starts_on <= today
    return has_begun and (contact.ends_on is None or today <= contact.ends_on)


def require_hire(session: Session, actor: Actor, line: str, *, lock: bool = False) -> Hire:
    """Return a line on an account that this actor may open; locked against other requests."""
    wanted = (
        select(ContractLine, Contract, Account, Store)
        .join(Contract, col(Contract.id) == col(ContractLine.contract_id))
        .join(Account, col(Account.id) == col(Contract.account_id))
        .join(Store, col(Store.id) == col(Contract.store_id), isouter=True)
        .where(
            col(ContractLine.id) == identifier(line),
            theirs(actor),
        )
    )
    if lock:
        wanted = wanted.with_for_update(of=ContractLine)
    found = session.exec(wanted).first()
    if found is None:
        raise NotFound
    return Hire(*found)


def require_requestable(session: Session, actor: Actor, hire: Hire) -> Hire:
    """Return the line if this actor may call it off and it is on rent."""
    if not may_request(session, actor, hire.account):
        raise NotAllowed("Only the account's owner or an authorised contact can call items off.")
    if not may_call_off(session, actor, hire.account):
        raise SwitchedOff(branding.Feature.CALL_OFF_RENT.value)
    is_gone = hire.line.ended_at or hire.contract.ended_at or not hire.is_rental
    if is_gone or hire.contract.phase is not ContractPhase.CURRENT or hire.line.quantity_out < 1:
        raise Conflict("This item is not on rent any more. Look at your items out.")
    return hire


def require_request(
    session: Session, actor: Actor, number: str, *, lock: bool = False
) -> RentalRequest:
    """Return a request that this actor may see."""
    wanted = select(RentalRequest).where(
        col(RentalRequest.number) == identifier(number), visible_to(actor)
    )
    found = session.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound
    return found


def side_of(actor: Actor) -> Side:
    """Return on which side of the counter the actor stands."""
    return Side.STAFF if actor.is_staff else Side.CUSTOMER


def moves_of(session: Session, actor: Actor, request: RentalRequest) -> frozenset[Move]:
    """Return what this actor may do to a request now."""
    account = session.get(Account, request.account_id)
    assert account is not None
    if actor.is_staff or may_request(session, actor, account):
        return moves_from(request.state, side_of(actor))
    return frozenset()


def may_add_photos(session: Session, actor: Actor, request: RentalRequest) -> bool:
    """Say whether the actor may ask for the account, and the request is not over."""
    account = session.get_one(Account, request.account_id)
    return may_request(session, actor, account) and request.state not in FINAL


def require_move(
    session: Session, actor: Actor, request: RentalRequest, *moves: Move
) -> RequestState:
    """Return where a request goes by the first of the moves that its state allows."""
    if not actor.is_staff:
        _require_customer(session, actor, request, moves)
    known = [MOVES[request.state, move] for move in moves if (request.state, move) in MOVES]
    if not known:
        label = look(request.state, request.method).label.lower()
        raise Conflict(f"This request is {label} by now. Look at it again, then decide.")
    state, side = known[0]
    if side is not side_of(actor):
        raise NotAllowed(
            "Only the customer can take this back. You can decline it instead."
            if actor.is_staff
            else "This is arranged already, so only your store can change it. Call them."
        )
    return state


def _require_customer(
    session: Session, actor: Actor, request: RentalRequest, moves: tuple[Move, ...]
) -> None:
    if not _CUSTOMER_MOVES & set(moves):
        raise NotAllowed("Only your store can do that.")
    account = session.get(Account, request.account_id)
    if account is None or not may_request(session, actor, account):
        raise NotAllowed("Only the account's owner or an authorised contact can do that.")
