"""Everything about the payments of some contracts, read with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models import (
    PHASE_OF,
    Account,
    Asset,
    CancellationRequest,
    CancellationState,
    Contract,
    ContractPhase,
    Instalment,
    PaymentAttempt,
    PaymentMethod,
    PaymentPolicy,
    Person,
)
from portal_app.models import InstalmentState as State
from portal_app.services import contracts
from portal_app.services.payments import policy
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.queries.elsewhere import charged_before, fees_owed
from portal_app.services.payments.rules import methods
from portal_app.services.payments.rules.dunning import Slip, Standing, Terms

_OWED = (State.MISSED, State.DEFAULTED, State.RETRYING)


@dataclass(slots=True)
class Book:
    """One contract with all that its payments are worked out from, as of today in its zone."""

    deal: Deal
    today: date
    policy: PaymentPolicy
    asset: str = ""
    holder: str = ""
    instalments: list[Instalment] = field(default_factory=list[Instalment])
    methods: list[PaymentMethod] = field(default_factory=list[PaymentMethod])
    attempts: list[PaymentAttempt] = field(default_factory=list[PaymentAttempt])
    request: CancellationRequest | None = None
    # Fees of payments made elsewhere, in minor units by payment; for readers alone.
    owed_fees: dict[str, int] = field(default_factory=dict[str, int])
    # Payments to come that were due before and have been moved; for readers alone.
    charged: set[str] = field(default_factory=set[str])

    @property
    def contract(self) -> Contract:
        """The contract."""
        return self.deal.contract

    @property
    def standing(self) -> Standing:
        """The contract as the policy sees it."""
        return Standing(
            terms_of(self.contract, self.policy),
            tuple(slip_of(one) for one in self.instalments),
            self.contract.status,
            self.request is not None,
        )

    @property
    def is_over(self) -> bool:
        """Whether the contract has ended: nothing is taken on it any more."""
        return PHASE_OF[self.contract.status] is ContractPhase.ENDED

    @property
    def owed(self) -> list[Instalment]:
        """What stays owed whatever becomes of the contract; what was never due does not."""
        return [one for one in self.instalments if one.state in _OWED or one.id in self.charged]

    @property
    def owed_minor(self) -> int:
        """How much is owed in all, with the fees of payments that were made elsewhere."""
        fees = sum(self.owed_fees.get(one.id, 0) for one in self.instalments)
        return fees + sum(one.amount_minor + one.fee_minor for one in self.owed)

    @property
    def chosen(self) -> PaymentMethod | None:
        """The method that is charged."""
        return methods.chosen(self.methods)

    def instalment(self, sequence: int) -> Instalment:
        """Return a payment of the schedule by its place in it."""
        return next(one for one in self.instalments if one.sequence == sequence)


def books_of(
    session: Session,
    deals: Sequence[Deal],
    *,
    with_attempts: bool = True,
    with_names: bool = True,
    is_locked: bool = False,
) -> list[Book]:
    """Return the books of these contracts in their order, however many there are.

    Names and what is owed are for readers: taking money does without. `is_locked` holds the
    payments against a feed, which does not ask for their contract.
    """
    ids = [deal.contract.id for deal in deals]
    policies = _policies(session, {deal.contract.brand_id for deal in deals})
    named = deals if with_names else ()
    assets = _by_id(session, Asset, {deal.contract.asset_id for deal in named})
    people = _by_id(session, Person, {deal.contract.holder_id for deal in named})
    schedule = _grouped(_live(session, Instalment, ids, is_locked=is_locked))
    held = _grouped(_live(session, PaymentMethod, ids))
    tried = _grouped(_attempts(session, ids)) if with_attempts else {}
    asked = _grouped(_requests(session, ids))
    rows = list(chain(*schedule.values())) if with_names else []
    owed, charged = fees_owed(session, rows, chain(*tried.values())), charged_before(session, rows)
    return [
        Book(
            deal,
            clock.today(deal.zone),
            policies[deal.contract.brand_id],
            _asset(assets.get(deal.contract.asset_id or "")),
            _name(people.get(deal.contract.holder_id or "")),
            schedule.get(deal.contract.id, []),
            held.get(deal.contract.id, []),
            tried.get(deal.contract.id, []),
            next(iter(asked.get(deal.contract.id, [])), None),
            owed,
            charged,
        )
        for deal in deals
    ]


def book_of(session: Session, deal: Deal) -> Book:
    """Return the book of one contract."""
    return books_of(session, [deal])[0]


def book_to_change(session: Session, deal: Deal) -> Book:
    """Return the book of a locked contract for a decision: no feed changes it meanwhile."""
    return books_of(session, [deal], is_locked=True)[0]


def book_to_charge(session: Session, deal: Deal) -> Book:
    """Return the book of a contract that is locked, with its payments locked as well."""
    return books_of(session, [deal], with_names=False, is_locked=True)[0]


def deals_of(session: Session, *where: Any) -> list[Deal]:
    """Return the contracts that meet the conditions and have a schedule or a method."""
    scheduled = select(Instalment.contract_id).where(col(Instalment.ended_at).is_(None))
    paid_by = select(PaymentMethod.contract_id).where(col(PaymentMethod.ended_at).is_(None))
    found = session.exec(
        select(Contract, Account)
        .join(Account, col(Account.id) == col(Contract.account_id))
        .where(col(Contract.id).in_(scheduled) | col(Contract.id).in_(paid_by), *where)
        .order_by(col(Contract.listed_on), col(Contract.number))
    )
    return [Deal(*each) for each in found]


def terms_of(contract: Contract, policy: PaymentPolicy) -> Terms:
    """Return what a contract agreed to; its own fee comes before the brand's.

    The brand's is in the portal's currency: a contract in another one has none but its own.
    """
    own = contract.missed_payment_fee_minor
    brands = policy.fee_minor if contract.currency == settings().currency else 0
    fee = brands if own is None else own
    return Terms(fee, policy.retry_first, policy.hold_next)


def slip_of(row: Instalment) -> Slip:
    """Return a payment as the policy sees it."""
    return Slip(row.sequence, row.due_on, row.amount_minor, row.state, row.fee_minor, row.retry_on)


def policy_of(session: Session, brand_id: str) -> PaymentPolicy:
    """Return how a brand takes payments; until that is set, it takes none."""
    return _policies(session, {brand_id})[brand_id]


def _policies(session: Session, brands: set[str]) -> dict[str, PaymentPolicy]:
    found = session.exec(select(PaymentPolicy).where(col(PaymentPolicy.brand_id).in_(brands)))
    kept = {one.brand_id: one for one in found}
    return {brand: kept.get(brand) or PaymentPolicy(brand_id=brand, version=0) for brand in brands}


def _by_id(session: Session, model: Any, ids: Iterable[str | None]) -> dict[str, Any]:
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    return {row.id: row for row in session.exec(select(model).where(col(model.id).in_(wanted)))}


def _live(
    session: Session, model: Any, ids: list[str], *, is_locked: bool = False
) -> Iterable[Any]:
    order = col(model.sequence if model is Instalment else model.id)
    where = (col(model.contract_id).in_(ids), col(model.ended_at).is_(None))
    wanted = select(model).where(*where).order_by(order)
    if is_locked:
        # Also of what this transaction has read before it had to wait.
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted)


def _attempts(session: Session, ids: list[str]) -> Iterable[Any]:
    of_these = select(PaymentAttempt).where(col(PaymentAttempt.contract_id).in_(ids))
    return session.exec(of_these.order_by(col(PaymentAttempt.started_at), col(PaymentAttempt.id)))


def _requests(session: Session, ids: list[str]) -> Iterable[Any]:
    return session.exec(
        select(CancellationRequest).where(
            col(CancellationRequest.contract_id).in_(ids),
            CancellationRequest.state == CancellationState.OPEN,
        )
    )


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.contract_id].append(row)
    return groups


def _asset(asset: Asset | None) -> str:
    return contracts.asset_words(asset) if asset else ""


def _name(person: Person | None) -> str:
    return person.name if person else ""


def visible_books(session: Session, actor: Actor, account: str) -> list[Book]:
    """Return the contracts of one account that this actor sees, with their payments."""
    owner, _ = contracts.require_choice(session, actor, account)
    deals = deals_of(session, Contract.account_id == owner.id, policy.visible_to(actor))
    return books_of(session, deals)
