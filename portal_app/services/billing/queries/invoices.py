"""Invoices: the list, and one in full."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from portal_app.core import clock, entries, text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.core.money import Money
from portal_app.core.paging import PAGE_SIZE, Cursor, page_size, read_cursor
from portal_app.models import Account, Contract, Invoice, InvoiceLine, Store
from portal_app.services import contracts
from portal_app.services.billing import rules
from portal_app.services.billing.policy import require_account, visible_to
from portal_app.services.billing.views import InvoiceDetail, InvoiceItem, InvoicePage, InvoiceRow
from portal_app.services.keyset import Keyset
from portal_app.services.transaction import reading

# How many invoices one search or filter looks through before it asks whether to go on.
SEARCH_WINDOW = 2_000
MOST_WORDS = 5
MOST_ITEMS = 1_000


class Settled(StrEnum):
    """Which invoices a list shows."""

    OPEN = "open"
    PAID = "paid"
    ALL = "all"


def invoice_list(
    actor: Actor,
    *,
    account: str,
    status: str = Settled.ALL,
    search: str = "",
    contract: str = "",
    after: str = "",
    size: int = PAGE_SIZE,
) -> InvoicePage:
    """Return a page of an account's invoices, newest first; raises NotFound to a stranger.

    `status` is a `Settled` ("all" when it is none); an invoice whose open amount is unknown is
    neither open nor paid. `search` finds words in the numbers of invoice and contract, `contract`
    is a contract's id, `after` the `after` of the page before.
    """
    words = entries.words(search).split()[:MOST_WORDS]
    size = page_size(size)
    with reading() as session:
        owner = require_account(session, actor, account)
        place = Keyset(
            col(Invoice.issued_on),
            col(Invoice.id),
            (col(Invoice.account_id) == owner.id,),
            read_cursor(after),
        )
        sieve = [*_settled(status), *_of_contract(contract), *map(_matches, words)]
        floor = place.floor(session, SEARCH_WINDOW) if sieve else None
        query = _listed().where(*place.where, *place.until(floor), *sieve)
        found = session.exec(query.order_by(*place.order).limit(size + 1)).all()
        today = clock.today(owner.timezone)
    rows = tuple(_row(*pair, today) for pair in found[:size])
    if len(found) > size:
        return InvoicePage(rows, str(Cursor(rows[-1].issued_on, rows[-1].id)))
    return InvoicePage(rows, str(floor), floor.day) if floor else InvoicePage(rows)


def invoice_detail(actor: Actor, *, number: str) -> InvoiceDetail:
    """Return the invoice of this number, or of this id; raises NotFound to a stranger."""
    of_brand = (col(Invoice.brand_id) == actor.brand,) if actor.brand else ()
    wanted = col(Invoice.id if text.is_id(number) else Invoice.number) == text.key(number)
    with reading() as session:
        return _detail(session, actor, wanted, *of_brand)


def invoice_by_id(actor: Actor, *, invoice: str) -> InvoiceDetail:
    """Return the invoice of this id; raises NotFound to a stranger."""
    with reading() as session:
        return _detail(session, actor, col(Invoice.id) == text.key(invoice))


def _listed() -> "Select[Invoice, str]":
    return (
        select(Invoice, Contract.number)
        .join(Contract, col(Contract.id) == col(Invoice.contract_id), isouter=True)
        .where(col(Invoice.ended_at).is_(None))
    )


def _settled(status: str) -> list[ColumnElement[bool]]:
    left = col(Invoice.open_minor)
    if status == Settled.OPEN:
        return [left > 0]
    return [left <= 0] if status == Settled.PAID else []


def _of_contract(contract: str) -> list[ColumnElement[bool]]:
    return [col(Invoice.contract_id) == text.key(contract)] if contract else []


def _matches(word: str) -> ColumnElement[bool]:
    number: Any = Contract.number
    return or_(
        col(Invoice.number).icontains(word, autoescape=True),
        col(number).icontains(word, autoescape=True),
    )


def _detail(session: Session, actor: Actor, *where: ColumnElement[bool]) -> InvoiceDetail:
    query = select(Invoice, Account, Contract.number).join(
        Account, col(Account.id) == col(Invoice.account_id)
    )
    query = query.join(Contract, col(Contract.id) == col(Invoice.contract_id), isouter=True)
    found = session.exec(query.where(*where, visible_to(actor))).first()
    if found is None:
        raise NotFound
    invoice, account, contract_number = found
    store = session.get(Store, account.store_id) if account.store_id else None
    return InvoiceDetail(
        row=_row(invoice, contract_number, clock.today(account.timezone)),
        account=contracts.AccountChoice.of(account),
        brand_id=invoice.brand_id,
        zone=account.timezone,
        store=contracts.StoreContact.of(store),
        items=_items(session, invoice),
    )


def _items(session: Session, invoice: Invoice) -> tuple[InvoiceItem, ...]:
    lines = session.exec(
        select(InvoiceLine)
        .where(InvoiceLine.invoice_id == invoice.id, col(InvoiceLine.ended_at).is_(None))
        .order_by(col(InvoiceLine.id))
        .limit(MOST_ITEMS)
    )
    return tuple(
        InvoiceItem(
            line.description,
            line.quantity,
            None
            if line.unit_price_minor is None
            else Money(line.unit_price_minor, invoice.currency),
            Money(line.amount_minor, invoice.currency),
        )
        for line in lines
    )


def _row(invoice: Invoice, contract_number: str | None, today: date) -> InvoiceRow:
    left = invoice.open_minor
    status = rules.invoice_status(invoice.total_minor, left, invoice.due_on, today)
    words = rules.INVOICE_WORDS[status]
    return InvoiceRow(
        id=invoice.id,
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        total=Money(invoice.total_minor, invoice.currency),
        open=None if left is None else Money(left, invoice.currency),
        status=status,
        status_label=words.label,
        status_tone=words.tone,
        next_step=words.next_step,
        contract_id=invoice.contract_id or "",
        contract_number=contract_number or "",
    )
