"""Who sees the payments of a contract, who may see to its methods, and who decides about it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from portal_app.core import clock, text
from portal_app.core.actor import Access, Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Invalid, NotAllowed, NotFound
from portal_app.models import (
    Account,
    AccountContact,
    Area,
    CancellationRequest,
    ContactRole,
    Contract,
    Instalment,
    PaymentMethod,
    PaymentSetup,
    Person,
    StaffUser,
)
from portal_app.services import contracts

OWN = "This is your own contract, so a colleague has to decide about it."
_MANAGERS = (ContactRole.OWNER, ContactRole.BILLING)


@dataclass(frozen=True, slots=True)
class Deal:
    """A contract with the account that it is on."""

    contract: Contract
    account: Account

    @property
    def zone(self) -> str:
        """The time zone in which its days begin."""
        return self.account.timezone or "UTC"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Contract` for those whose schedule this actor may see.

    A representative only if they are trusted with payments: being trusted with contracts is not
    enough.
    """
    return contracts.visible_to(actor, area=Area.PAYMENTS)


def manageable_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Contract` for those whose methods this actor may see and change.

    That is the holder; where nobody holds a contract, the account's owner or who looks after its
    bills; and whoever one of these trusts to act in payments (S1-09). Staff add methods on the
    gateway's page as well (S0-28).
    """
    if not actor.is_consumer:
        return visible_to(actor)
    today = clock.today()
    people = [actor.person_id, *sorted(actor.trusted_by(Area.PAYMENTS, to_act=True))]
    roles = select(AccountContact.account_id).where(
        col(AccountContact.person_id).in_(people),
        col(AccountContact.role).in_(_MANAGERS),
        col(AccountContact.ended_at).is_(None),
        or_(col(AccountContact.starts_on).is_(None), col(AccountContact.starts_on) <= today),
        or_(col(AccountContact.ends_on).is_(None), col(AccountContact.ends_on) >= today),
    )
    unheld = col(Contract.holder_id).is_(None) & col(Contract.account_id).in_(roles)
    return visible_to(actor) & or_(col(Contract.holder_id).in_(people), unheld)


def payable_with(contract: Contract) -> ColumnElement[bool]:
    """Return the condition on `Contract` for those that what pays this one may pay, too (S0-16).

    A method is its holder's: it goes to contracts of the same holder and to no others, whoever puts
    it there. Where nobody holds a contract, the others of its account that nobody holds.
    """
    of_brand = col(Contract.brand_id) == contract.brand_id
    if contract.holder_id:
        return of_brand & (col(Contract.holder_id) == contract.holder_id)
    unheld = col(Contract.holder_id).is_(None)
    return of_brand & unheld & (col(Contract.account_id) == contract.account_id)


def held_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Contract` for what staff pay themselves, by sign-in or address."""
    address = select(func.lower(StaffUser.email)).where(StaffUser.user_id == actor.user_id)
    is_named = (col(Person.email) != "") & func.lower(col(Person.email)).in_(address)
    people = select(Person.id).where(or_(col(Person.id) == actor.person_id, is_named))
    accounts = select(AccountContact.account_id).where(
        col(AccountContact.person_id).in_(people), col(AccountContact.role).in_(_MANAGERS)
    )
    unheld = col(Contract.holder_id).is_(None) & col(Contract.account_id).in_(accounts)
    return or_(col(Contract.holder_id).in_(people), unheld)


def own_among(session: Session, actor: Actor, ids: list[str]) -> set[str]:
    """Return those of these contracts about which a colleague of this actor has to decide."""
    if not actor.is_staff:
        return set()
    return set(session.exec(select(Contract.id).where(col(Contract.id).in_(ids), held_by(actor))))


def require_colleague(session: Session, actor: Actor, contract: Contract) -> None:
    """Refuse staff who would decide about a contract of their own."""
    if own_among(session, actor, [contract.id]):
        raise NotAllowed(OWN)


def require_deal(session: Session, actor: Actor, contract: str, *, lock: bool = False) -> Deal:
    """Return a contract whose payments this actor may see, by id or number; else raise NotFound."""
    named = col(Contract.id if text.is_id(contract) else Contract.number) == identifier(contract)
    of_brand = (col(Contract.brand_id) == actor.brand,) if actor.brand else ()
    wanted = (
        select(Contract, Account)
        .join(Account, col(Account.id) == col(Contract.account_id))
        .where(named, *of_brand, visible_to(actor))
    )
    locked = wanted.with_for_update(of=Contract, key_share=True)
    found = session.exec(locked if lock else wanted).first()
    if found is None:
        raise NotFound
    return Deal(*found)


def locked_deal(session: Session, contract_id: str) -> Deal:
    """Return a contract locked against other changes, whoever may see it: for money under way.

    What only refers to it, such as a payment that a feed adds, need not wait for it.
    """
    wanted = (
        select(Contract, Account)
        .join(Account, col(Account.id) == col(Contract.account_id))
        .where(Contract.id == contract_id)
        .with_for_update(of=Contract, key_share=True)
        .execution_options(populate_existing=True)
    )
    found = session.exec(wanted).first()
    if found is None:
        raise NotFound
    return Deal(*found)


def may_manage(session: Session, actor: Actor, contract: Contract) -> bool:
    """Say whether this actor may see and change the methods of a contract."""
    mine = select(Contract.id).where(Contract.id == contract.id, manageable_by(actor))
    return session.exec(mine).first() is not None


def require_managed(session: Session, actor: Actor, contract: str, *, lock: bool = False) -> Deal:
    """Return a contract whose methods this actor may change."""
    deal = require_deal(session, actor, contract, lock=lock)
    if not may_manage(session, actor, deal.contract):
        raise NotAllowed("Only the person who holds this contract can see to its payments.")
    return deal


def require_payable(
    session: Session, actor: Actor, like: Contract, chosen: list[str], *, lock: bool = False
) -> list[Deal]:
    """Return the contracts that were ticked to be paid as `like` is: the same holder's alone."""
    deals = [require_managed(session, actor, one, lock=lock) for one in chosen]
    ids = [deal.contract.id for deal in deals]
    alike = select(Contract.id).where(col(Contract.id).in_(ids), payable_with(like))
    if set(session.exec(alike)) != set(ids):
        raise Invalid(contracts="Tick only contracts that the same person holds.")
    return deals


def require_method(session: Session, actor: Actor, method: str) -> tuple[PaymentMethod, Deal]:
    """Return a method that is still there, with its contract locked against other changes."""
    known = session.exec(
        select(PaymentMethod.contract_id).where(PaymentMethod.id == identifier(method))
    ).first()
    if known is None:
        raise NotFound
    deal = require_deal(session, actor, known, lock=True)
    if not may_manage(session, actor, deal.contract):
        raise NotAllowed("Only the person who holds this contract can see to its payments.")
    found = session.get(PaymentMethod, method, populate_existing=True)
    if found is None or found.ended_at is not None:
        raise NotFound
    return found, deal


def require_instalment(
    session: Session, actor: Actor, instalment: str, *, lock: bool = True
) -> tuple[Instalment, Deal]:
    """Return a payment of a schedule that this actor may see, with its contract: locked, or not."""
    known = session.exec(
        select(Instalment.contract_id).where(
            Instalment.id == identifier(instalment), col(Instalment.ended_at).is_(None)
        )
    ).first()
    if known is None:
        raise NotFound
    deal = require_deal(session, actor, known, lock=lock)
    found = session.get(Instalment, instalment, populate_existing=True)
    if found is None:
        raise NotFound
    return found, deal


def require_setup(session: Session, actor: Actor, reference: str) -> PaymentSetup:
    """Return the way to the gateway's page that this actor began; the portal sees all of them."""
    wanted = select(PaymentSetup).where(PaymentSetup.reference == identifier(reference))
    if not actor.is_system:
        wanted = wanted.where(PaymentSetup.user_id == actor.user_id)
    found = session.exec(wanted).first()
    if found is None:
        raise NotFound
    return found


def require_cancellation(
    session: Session, actor: Actor, number: str, *, lock: bool = False
) -> CancellationRequest:
    """Return a request to cancel of the brand's; for staff only."""
    require_staff(actor)
    wanted = select(CancellationRequest).where(
        CancellationRequest.number == identifier(number),
        CancellationRequest.brand_id == actor.brand,
    )
    found = session.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound
    return found


def require_staff(actor: Actor) -> None:
    """Refuse whoever is not staff, as if there were nothing to see."""
    if not actor.has(Access.STAFF) or actor.is_system:
        raise NotFound


def require_admin(actor: Actor) -> None:
    """Refuse everybody but administrators."""
    require_staff(actor)
    if not actor.has(Access.ADMIN):
        raise NotAllowed("Only an administrator can change how payments are taken.")


def require_system(actor: Actor) -> None:
    """Refuse everybody but the portal itself."""
    if not actor.is_system:
        raise NotFound
