"""State behind the page of one contract, quote or reservation."""

from dataclasses import dataclass, field
from datetime import date

import reflex as rx

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.services import billing, contracts, licensing, payments, rentals
from portal_app.state.access import contract_customer
from portal_app.state.base import PortalState
from portal_app.state.billing.words import InvoiceEntry
from portal_app.state.contracts.items import ItemEntry, site_of_all
from portal_app.state.contracts.words import ContractEntry
from portal_app.state.formats import day, local_day
from portal_app.state.identity.contexts import ContextMixin
from portal_app.state.moments import Moment
from portal_app.state.payments.contract import ContractPaymentsView

INVOICES_SHOWN = 5
_LISTS = {
    "quote": ("Quotes", "/quotes"),
    "reservation": ("Reservations", "/reservations"),
}


@dataclass(frozen=True)
class Opened:
    """A contract with what other domains know about it.

    `detail` is None for whoever is trusted with its payments alone: they see those, and no more.
    """

    account: str
    contract: str
    detail: contracts.ContractDetail | None = None
    invoices: billing.InvoicePage = field(default_factory=lambda: billing.InvoicePage(()))
    out: rentals.ItemsOut | None = None
    due: payments.ContractPayments | None = None


def open_contract(actor: Actor, *, number: str) -> Opened:
    """Gather what the page shows of a contract."""
    try:
        detail = contracts.contract_detail(actor, number=number)
    except NotFound:
        return _only_payments(actor, number)
    if detail.row.is_rental:
        licensing.require_module(actor, module="rental")
    account, row = detail.account.id, detail.row
    # Who only holds the contract sees none of the account's invoices, nor what else is out.
    ask = {"account": account, "contract": row.id, "size": INVOICES_SHOWN}
    is_billed, is_out = detail.account.has_figures, row.items_out > 0 and detail.account.has_items
    invoices = billing.invoice_list(actor, **ask) if is_billed else billing.InvoicePage(())
    out = rentals.items_out(actor, account=account, search=row.number) if is_out else None
    # What is rented by the day is not paid by a schedule.
    due = None if row.is_rental else _payments(actor, row.id)
    return Opened(account, row.id, detail, invoices, out, due)


def _only_payments(actor: Actor, number: str) -> Opened:
    """Return a contract for a representative whom its holder trusts with payments alone (S1-09).

    NotFound where nothing is paid by a schedule.
    """
    due = payments.contract_payments(actor, contract=number)
    if not actor.is_consumer or not due.schedule:
        raise NotFound
    return Opened(due.account_id, due.contract.id, due=due)


def _payments(actor: Actor, contract: str) -> payments.ContractPayments | None:
    """Return the payments of a contract, None to a representative who is not trusted with them."""
    try:
        return payments.contract_payments(actor, contract=contract)
    except NotFound:
        return None


@dataclass(frozen=True)
class Fact:
    """Something to know, with its name."""

    label: str
    value: str


@dataclass(frozen=True)
class ContractView:
    """The page of a contract; empty until it is loaded."""

    entry: ContractEntry = field(default_factory=ContractEntry)
    list_name: str = "Contracts"
    list_href: str = "/contracts"
    store_email: str = ""
    store_address: str = ""
    note: str = ""
    site: str = ""
    facts: list[Fact] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    lines: list[ItemEntry] = field(default_factory=list)
    invoices: list[InvoiceEntry] = field(default_factory=list)
    payments: ContractPaymentsView = field(default_factory=ContractPaymentsView)
    is_whole: bool = True

    @classmethod
    def of(cls, opened: Opened) -> "ContractView":
        """Format a contract for display."""
        paid = ContractPaymentsView.of(opened.due) if opened.due else ContractPaymentsView()
        if opened.detail is None:
            entry = ContractEntry.of_payments(opened.due) if opened.due else ContractEntry()
            overview = ("Payments", "/payments")
            return cls(entry, *overview, payments=paid, is_whole=False)
        return cls._whole(opened, opened.detail, paid)

    @classmethod
    def _whole(
        cls, opened: Opened, found: contracts.ContractDetail, paid: ContractPaymentsView
    ) -> "ContractView":
        row = found.row
        name, href = _LISTS.get(row.phase.value, ("Contracts", "/contracts"))
        out = {item.line_id: item for item in opened.out.rows} if opened.out else {}
        may_ask = opened.out is not None and opened.out.may_request
        site = site_of_all(found.items)
        return cls(
            entry=ContractEntry.of(row),
            list_name=name,
            list_href=href,
            store_email=row.store.email,
            store_address=row.store.address,
            note=contracts.shortened(found),
            site=site,
            facts=[Fact(*one) for one in contracts.contract_facts(found)],
            moments=_moments(found),
            lines=[
                ItemEntry.of(one, found.zone, out.get(one.id), may_ask=may_ask, elsewhere=site)
                for one in found.items
            ],
            invoices=[InvoiceEntry.of(invoice) for invoice in opened.invoices.rows],
            payments=paid,
        )


def _moments(found: contracts.ContractDetail) -> list[Moment]:
    """Put what is dated before and after where the contract stands today."""
    row, today = found.row, clock.today(found.zone)
    due = [item.due_back_at for item in found.items if item.out and item.due_back_at]
    first_due = local_day(min(due), found.zone) if due else None
    dated = [
        (row.starts_on, "Started", "Starts", "good"),
        (first_due, "First items were due back", "First items due back", "bad"),
        (row.ends_on, "Ended", "Ends", "good"),
    ]
    past = [_moment(past, on, tone) for on, past, _, tone in dated if on and on < today]
    coming = [_moment(title, on, "") for on, _, title, _ in dated if on and on >= today]
    is_over = row.phase.value == "ended"
    now = Moment(
        row.status_label, "Now", "", row.next_step, row.status_tone if is_over else "now", ""
    )
    return [*past, now, *([] if is_over else coming)]


def _moment(title: str, on: date, tone: str) -> Moment:
    return Moment(title, day(on), on.isoformat(), "", tone, "" if tone else "calendar")


class ContractState(ContextMixin, PortalState):
    """The contract whose page is open."""

    view: ContractView = ContractView()
    is_loaded: bool = False
    _of_account: str = ""

    @rx.event
    @contract_customer
    async def load(self):
        """Open the contract that the address names."""
        self.view, self.is_loaded = ContractView(), False
        await self._read()
        await self._follow()

    @rx.event
    @contract_customer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    async def _follow(self) -> None:
        """Look at the account that the contract is on from now on: a link may lead anywhere."""
        if self._of_account:
            with self._opening():
                await self._look_at(self._of_account)

    async def _read(self) -> None:
        self._of_account = ""
        with self._opening():
            opened = await self._ask(open_contract, number=self._param("number"))
            self._of_account = opened.account
            self.view, self.is_loaded = ContractView.of(opened), True
            self._watch(
                ContractState.refresh,
                f"account:{opened.account}",
                f"contract:{opened.contract}",
                f"settings:{self._actor.brand}",
            )
        if self.notice.title:
            self.view = ContractView()  # whoever may see it no longer keeps nothing of it
