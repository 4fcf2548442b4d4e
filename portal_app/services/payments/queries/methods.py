"""The payment methods of a contract, and of all the contracts that a customer has."""

from collections import defaultdict

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.models import Contract, PaymentMethod
from portal_app.services.payments import policy
from portal_app.services.payments.queries.books import Book, visible_books
from portal_app.services.payments.queries.building import link_of, method_of
from portal_app.services.payments.rules import methods as method_rules
from portal_app.services.payments.views import ContractLink, Method, MethodGroup
from portal_app.services.transaction import reading


def methods_of(actor: Actor, *, account: str) -> tuple[MethodGroup, ...]:
    """Return the methods of each contract of an account that this actor may manage (S0-15)."""
    with reading() as session:
        books = visible_books(session, actor, account)
        mine = manageable_among(session, actor, [book.contract.id for book in books])
        shown = [book for book in books if book.contract.id in mine]
        found = methods_by_contract(session, actor, shown)
    return tuple(
        MethodGroup(
            link_of(book.contract, book.asset),
            found.get(book.contract.id, ()),
            may_manage=True,
        )
        for book in shown
    )


def methods_by_contract(
    session: Session, actor: Actor, books: list[Book]
) -> dict[str, tuple[Method, ...]]:
    """Return each contract's methods, with the other contracts that hold the same (S0-16)."""
    twins = _twins(session, actor, [one for book in books for one in book.methods])
    return {
        book.contract.id: tuple(
            method_of(
                one,
                book.today,
                book.chosen,
                tuple(
                    link
                    for link in twins.get(method_rules.likeness(one), ())
                    if link.id != book.contract.id
                ),
            )
            for one in book.methods
        )
        for book in books
    }


def _twins(
    session: Session, actor: Actor, held: list[PaymentMethod]
) -> dict[tuple[object, ...], tuple[ContractLink, ...]]:
    if not held:
        return {}
    found = session.exec(
        select(PaymentMethod, Contract)
        .join(Contract, col(Contract.id) == col(PaymentMethod.contract_id))
        .where(
            col(PaymentMethod.brand_id).in_({one.brand_id for one in held}),
            col(PaymentMethod.last4).in_({one.last4 for one in held}),
            col(PaymentMethod.ended_at).is_(None),
            col(Contract.account_id).in_(
                select(Contract.account_id).where(
                    col(Contract.id).in_({one.contract_id for one in held})
                )
            )
            if not actor.is_consumer
            else policy.manageable_by(actor),
        )
        .order_by(col(Contract.number))
    )
    groups: dict[tuple[object, ...], dict[str, ContractLink]] = defaultdict(dict)
    for method, contract in found:
        groups[method_rules.likeness(method)][contract.id] = link_of(contract)
    return {key: tuple(links.values()) for key, links in groups.items()}


def manageable_among(session: Session, actor: Actor, ids: list[str]) -> set[str]:
    """Return those of these contracts whose methods this actor may manage."""
    where = (col(Contract.id).in_(ids), policy.manageable_by(actor))
    return set(session.exec(select(Contract.id).where(*where)))
