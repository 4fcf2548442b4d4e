"""Writing to the holders of new contracts by itself, once for each contract (S0-07)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.ids import new_id
from portal_app.models import (
    SERVICE_KINDS,
    Account,
    Action,
    Contract,
    ContractGreeting,
    ContractPhase,
    GreetingKind,
    Invitation,
    InvitationMethod,
    Person,
)
from portal_app.services import branding, contracts, notifications
from portal_app.services.invitations import policy
from portal_app.services.invitations.commands.issuing import Wish, issue
from portal_app.services.invitations.queries.facts import facts_of, ties_of
from portal_app.services.invitations.rules import LIVE, PURPOSE, PersonFacts, subject_of, unmet
from portal_app.services.invitations.views import Greeted
from portal_app.services.transaction import Transaction, transaction

BATCH = 200
ADDED = "invitation.contract_added"
_AUTOMATIC = Wish(InvitationMethod.EMAIL)


def greet_holders(actor: Actor) -> Greeted:
    """Invite the holders of contracts bought since the brand's cut-over date; tell the others.

    A holder who signs in already is told of the contract instead. Each contract counts once, and
    is looked at again later while its holder cannot be written to. Run by the portal itself, as
    often as anybody likes.
    """
    policy.require_system(actor)
    chosen = branding.settings_of(actor, brand=actor.brand)
    if chosen.cutover_date is None or not chosen.is_open:
        return Greeted()
    invited = told = 0
    last, is_finished = "", False
    while not is_finished:
        with transaction(actor) as tx:
            found = _next(tx, chosen.cutover_date, last)
            kinds = _greet(tx, found)
            invited += kinds.count(GreetingKind.INVITED)
            told += kinds.count(GreetingKind.TOLD)
        is_finished = len(found) < BATCH
        last = found[-1].id if found else ""
    return Greeted(invited, told)


def _next(tx: Transaction, cutover: date, last: str) -> Sequence[Contract]:
    greeted = select(ContractGreeting.id).where(ContractGreeting.contract_id == Contract.id)
    return tx.session.exec(
        select(Contract)
        .join(Account, col(Account.id) == Contract.account_id)
        .join(Person, col(Person.id) == Contract.holder_id)
        .where(Contract.brand_id == tx.actor.brand, col(Contract.purchased_on) >= cutover)
        .where(col(Contract.kind).in_(SERVICE_KINDS), Contract.phase == ContractPhase.CURRENT)
        .where(col(Contract.ended_at).is_(None), contracts.open_by_contracts(tx.actor))
        .where(col(Person.ended_at).is_(None))
        .where(Person.email != "", ~greeted.exists(), col(Contract.id) > last)
        .order_by(col(Contract.id))
        .limit(BATCH)
    ).all()


def _greet(tx: Transaction, found: Sequence[Contract]) -> list[GreetingKind]:
    by_holder: dict[tuple[str, str], list[Contract]] = defaultdict(list)
    for contract in found:
        by_holder[contract.holder_id or "", contract.account_id].append(contract)
    kinds: list[GreetingKind] = []
    for (person_id, account_id), bought in sorted(by_holder.items()):
        kinds += _greet_one(tx, person_id, account_id, bought)
    if kinds:
        counts = {kind.value: kinds.count(kind) for kind in GreetingKind if kind in kinds}
        tx.record(Action.HOLDERS_GREETED, "brand", tx.actor.brand, **counts)
    return kinds


def _greet_one(
    tx: Transaction, person_id: str, account_id: str, bought: list[Contract]
) -> list[GreetingKind]:
    account = tx.session.get_one(Account, account_id)
    person = tx.session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
    facts = facts_of(tx.session, account, [person], ties_of(tx.session, account, [person.id]))
    kind = _kind(tx, facts[person.id])
    if kind is None:
        return []
    fresh = [contract for contract in bought if _is_first(tx, contract, person, kind)]
    if kind is GreetingKind.INVITED and fresh:
        issue(tx, account, person, facts[person.id], _AUTOMATIC, fresh)
        return [kind]
    if kind is GreetingKind.TOLD:
        for contract in fresh:
            _tell(tx, account, person, contract)
    return [kind for _ in fresh]


def _kind(tx: Transaction, facts: PersonFacts) -> GreetingKind | None:
    """Say what somebody gets; None while they cannot be written to."""
    if facts.has_sign_in:
        return GreetingKind.TOLD
    if unmet(facts):
        return None
    now = clock.now()
    live = tx.session.exec(
        select(Invitation.id)
        .where(Invitation.person_id == facts.person_id, Invitation.purpose == PURPOSE)
        .where(col(Invitation.state).in_(LIVE), col(Invitation.expires_at) > now)
    ).first()
    return GreetingKind.COVERED if live else GreetingKind.INVITED


def _is_first(tx: Transaction, contract: Contract, person: Person, kind: GreetingKind) -> bool:
    values = {
        "id": new_id(),
        "brand_id": contract.brand_id,
        "contract_id": contract.id,
        "person_id": person.id,
        "kind": kind,
        "at": clock.now(),
    }
    return tx.insert_once(ContractGreeting, values, "contract_id")


def _tell(tx: Transaction, account: Account, person: Person, contract: Contract) -> None:
    notifications.tell(
        tx,
        topic=ADDED,
        brand_id=contract.brand_id,
        to=[person.id],
        facts={"subject_of": subject_of(account, contract)},
        link=f"/contracts/{contract.id}",
    )
