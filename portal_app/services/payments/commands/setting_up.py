"""Adding a method on the gateway's own page: no card number ever comes here (S0-17)."""

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_urlsafe

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import ANONYMOUS, Actor, ActorKind
from portal_app.core.entries import identifier, our_path
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import (
    Action,
    Contract,
    Feature,
    MethodKind,
    PaymentMethod,
    PaymentSetup,
    Person,
    PortalUser,
    SetupState,
    UserStatus,
)
from portal_app.ports.payments import AddedMethod, PaymentGateway, SetupOrder
from portal_app.services import branding, households, notifications
from portal_app.services.payments import policy
from portal_app.services.payments.commands.methods import (
    add_record,
    is_on_any,
    tell_added,
    ticked,
)
from portal_app.services.payments.commands.telling import write_down
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.queries.setups import setup_view
from portal_app.services.payments.rules.dunning import COLLECTED
from portal_app.services.payments.views import Setup, SetupBegun
from portal_app.services.transaction import Transaction, reading, transaction

RETURN = "/payment-methods"
_LEFT_AFTER = timedelta(days=2)


def begin_setup(
    actor: Actor,
    *,
    contract: str,
    also: Sequence[str] = (),
    return_to: str = RETURN,
    gateway: PaymentGateway,
    key: str,
) -> SetupBegun:
    """Return the gateway's page on which a method can be added to a contract.

    `also` are further contracts that get a record of their own, each ticked by hand (S0-16).
    `return_to` is the path of ours to which the browser comes back, with `{reference}` filled in
    where it has one.
    """
    order = _begin(actor, contract, ticked(also), our_path(return_to), identifier(key))
    page = gateway.begin_setup(order)
    with transaction(actor) as tx:
        row = policy.require_setup(tx.session, actor, order.reference)
        row.gateway_reference = page.gateway_reference[:120]
    return SetupBegun(order.reference, page.url)


def finish_setup(actor: Actor, *, reference: str, gateway: PaymentGateway) -> Setup:
    """Ask the gateway what was added, and keep it; the same again, from anywhere, adds nothing.

    Kept is only what whoever began may still put there: it is left, and the gateway forgets it,
    where their right or the contract has ended meanwhile.
    """
    with reading() as session:
        row = policy.require_setup(session, actor, reference)
        kept = setup_view(session, row)
    if row.state is not SetupState.BEGUN or not row.gateway_reference:
        return kept
    added = gateway.finished_setup(row.gateway_reference)
    if added is None:
        return kept
    now = _keep(actor, row, added, _beginner(row))
    if now.state is SetupState.LEFT and not is_on_any(added.token):
        gateway.detach(added.token)
    return now


def leave_setup_looks(actor: Actor, *, slot: str) -> int:
    """Leave a job for each who is on the gateway's page; after two days they have left it."""
    policy.require_system(actor)
    slot = identifier(slot)
    with transaction(actor) as tx:
        begun = tx.session.exec(
            select(PaymentSetup)
            .where(PaymentSetup.state == SetupState.BEGUN)
            .order_by(col(PaymentSetup.started_at))
            .limit(500)
        ).all()
        for row in begun:
            if row.started_at < clock.now() - _LEFT_AFTER:
                row.state, row.finished_at = SetupState.LEFT, clock.now()
            else:
                key = f"setup:{row.id}@{slot}"
                tx.enqueue("look_at_setup", key=key, reference=row.reference)
        return len(begun)


def _begin(actor: Actor, contract: str, also: list[str], return_to: str, key: str) -> SetupOrder:
    if not actor.is_consumer and not actor.is_staff:
        raise NotFound  # there is nobody whom the page could send back
    with transaction(actor) as tx:
        deal = policy.require_managed(tx.session, actor, contract)
        reference = tx.earlier_answer(key, "payments.begin_setup", contract)
        if reference is None:
            branding.require_on(tx, Feature.MANAGE_METHODS)
            if deal.contract.status not in COLLECTED:
                raise Conflict("This contract takes no payments any more.")
            others = policy.require_payable(tx.session, actor, deal.contract, also)
            reference = _note(tx, deal, [one.contract.id for one in others])
            tx.answer(key, reference)
        holder = tx.session.get(Person, deal.contract.holder_id or "")
        return SetupOrder(
            reference,
            deal.contract.number,
            holder.name if holder else deal.account.name,
            deal.contract.currency,
            notifications.address_of(tx, deal.contract.brand_id)
            + return_to.replace("{reference}", reference),
        )


def _note(tx: Transaction, deal: Deal, others: list[str]) -> str:
    row = PaymentSetup(
        brand_id=deal.contract.brand_id,
        contract_id=deal.contract.id,
        reference=token_urlsafe(32),
        user_id=tx.actor.user_id,
        user_name=tx.actor.name[:120],
        is_staff=tx.actor.is_staff,
        also=[one for one in others if one != deal.contract.id],
        started_at=clock.now(),
    )
    tx.session.add(row)
    tx.session.flush()
    write_down(tx, deal, Action.METHOD_SETUP_BEGUN, "contract", deal.contract.id)
    return row.reference


def _beginner(row: PaymentSetup) -> Actor:
    """Return whoever went to the gateway's page, with the rights that they have by now."""
    with reading() as session:
        user = session.get(PortalUser, row.user_id)
    if user is None or user.status is not UserStatus.ACTIVE:
        return ANONYMOUS
    kind = ActorKind.STAFF if row.is_staff else ActorKind.CONSUMER
    return households.tied(Actor(kind, user.id, user.person_id or "", row.user_name, user.brand_id))


def _keep(actor: Actor, begun: PaymentSetup, added: AddedMethod, beginner: Actor) -> Setup:
    with transaction(actor) as tx:
        deal = policy.locked_deal(tx.session, begun.contract_id)
        row = tx.session.get_one(PaymentSetup, begun.id, populate_existing=True)
        if row.state is SetupState.BEGUN and not _may_add(tx, beginner, deal):
            row.state, row.finished_at = SetupState.LEFT, clock.now()
        elif row.state is SetupState.BEGUN:
            made = add_record(tx, deal, _method(row, added), by=row.user_name)
            others = _still_payable(tx.session, deal.contract, row.also)
            for one in others:
                add_record(tx, policy.locked_deal(tx.session, one), made, by=row.user_name)
            row.state, row.method_id, row.finished_at = SetupState.FINISHED, made.id, clock.now()
            tell_added(tx, deal, made, len(others))
        return setup_view(tx.session, row)


def _still_payable(session: Session, like: Contract, chosen: list[str]) -> list[str]:
    """Return those of these contracts that are still the same holder's, in their order."""
    alike = select(Contract.id).where(
        col(Contract.id).in_(chosen), col(Contract.ended_at).is_(None), policy.payable_with(like)
    )
    return list(session.exec(alike.order_by(col(Contract.id))))


def _may_add(tx: Transaction, beginner: Actor, deal: Deal) -> bool:
    is_live = deal.contract.status in COLLECTED and deal.contract.ended_at is None
    return is_live and policy.may_manage(tx.session, beginner, deal.contract)


def _method(row: PaymentSetup, added: AddedMethod) -> PaymentMethod:
    return PaymentMethod(
        brand_id=row.brand_id,
        external_id="",
        contract_id=row.contract_id,
        kind=MethodKind(added.kind),
        brand=added.brand[:60],
        last4=added.last4[-4:],
        exp_month=added.exp_month,
        exp_year=added.exp_year,
        holder=added.holder[:120],
        gateway_token=added.token,
        fingerprint=added.fingerprint[:120],
    )
