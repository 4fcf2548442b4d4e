"""State behind the summary of an account, the first page that a customer sees."""

from dataclasses import dataclass, field, replace

import reflex as rx

from portal_app.core.actor import Actor
from portal_app.services import (
    applications,
    billing,
    contracts,
    licensing,
    payments,
    rentals,
)
from portal_app.services.contracts import Shelf
from portal_app.services.reading import at_once
from portal_app.state.access import consumer
from portal_app.state.applications.words import address, questions_left
from portal_app.state.base import PortalState
from portal_app.state.billing.statements import clear_forms
from portal_app.state.billing.words import MovementEntry, StandingView, StatementEntry
from portal_app.state.contracts.words import ContractEntry
from portal_app.state.formats import day, local_day, money, plural, short_day
from portal_app.state.payments.words import Outlook

CONTRACTS_SHOWN = 4
ITEMS_SHOWN = 4
OUTLOOKS_SHOWN = 4
APPLICATIONS_SHOWN = 5


@dataclass(frozen=True)
class Overview:
    """What the summary is made of."""

    account: contracts.AccountChoice
    figures: billing.AccountSummary | None
    in_force: contracts.ContractPage
    quotes: contracts.ContractPage | None
    out: rentals.OutInShort | None
    ahead: tuple[payments.WhatNext, ...]
    applied: tuple[applications.MyApplication, ...] = ()


@at_once
def overview(actor: Actor, *, account: str) -> Overview:
    """Gather the summary: a fixed number of queries.

    Who only holds a contract sees that and no figures; who does not rent, no quotes.
    """
    chosen = contracts.account_choice(actor, account=account)
    in_force = {"shelf": Shelf.CURRENT, "size": CONTRACTS_SHOWN}
    with_rentals = licensing.has_module("rental")
    quotes = {"shelf": Shelf.QUOTES, "size": 1}
    return Overview(
        chosen,
        billing.account_summary(actor, account=account) if chosen.has_figures else None,
        contracts.contract_list(actor, account=account, with_rentals=with_rentals, **in_force),
        contracts.contract_list(actor, account=account, **quotes) if chosen.rents else None,
        rentals.out_in_short(actor, account=account, size=ITEMS_SHOWN) if chosen.rents else None,
        payments.what_next(actor, account=account) if chosen.has_service_contracts else (),
        applications.my_applications(actor, size=APPLICATIONS_SHOWN).rows,
    )


@dataclass(frozen=True)
class Task:
    """Something that the customer may want to do, and where."""

    title: str
    text: str
    href: str


@dataclass(frozen=True)
class OutEntry:
    """A line that is on rent, in short."""

    line_id: str
    item: str
    meta: str
    contract: str
    status: str
    tone: str


@dataclass(frozen=True)
class SummaryView:
    """The summary; empty until it is loaded."""

    account: str = ""
    has_figures: bool = False
    rents: bool = False
    standing: StandingView = field(default_factory=StandingView)
    alert_title: str = ""
    alert_text: str = ""
    balance_note: str = ""
    owed_note: str = ""
    last_payment: str = ""
    last_payment_note: str = ""
    today: str = ""
    today_href: str = ""
    urgent: Outlook = field(default_factory=Outlook)
    outlooks: list[Outlook] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    applied: list[Task] = field(default_factory=list)
    contracts: list[ContractEntry] = field(default_factory=list)
    out: list[OutEntry] = field(default_factory=list)
    statements: list[StatementEntry] = field(default_factory=list)
    movements: list[MovementEntry] = field(default_factory=list)

    @classmethod
    def of(cls, found: Overview) -> "SummaryView":
        """Format the summary for display."""
        known = cls(
            # The holder of a contract on somebody else's account is not told whose it is.
            account="What you hold with us",
            rents=found.account.rents,
            urgent=_urgent(found),
            outlooks=[Outlook.of(one) for one in found.ahead[:OUTLOOKS_SHOWN]],
            tasks=_tasks(found),
            applied=_applied(found),
            contracts=[ContractEntry.of(row) for row in found.in_force.rows],
            out=[_out(item) for item in found.out.rows] if found.out else [],
        )
        return known._with(found.figures) if found.figures else known

    def _with(self, summary: billing.AccountSummary) -> "SummaryView":
        """Add the figures, which only a contact of the account sees."""
        account, standing, paid = summary.account, summary.standing, summary.last_payment
        paid_how = (day(paid.on), paid.method) if paid else ()
        today = standing.as_of.isoformat()
        return replace(
            self,
            account=f"Account {account.number} · {account.name}",
            # Where nothing was ever charged or paid, and nothing is rented, there are none.
            has_figures=bool(summary.movements) or self.rents,
            standing=StandingView.of(standing),
            alert_title=f"{money(standing.overdue)} is overdue" if standing.overdue else "",
            alert_text="Pay it, or call your store if you think that is not right.",
            balance_note=f"{standing.label} on {day(standing.as_of)}",
            owed_note=_owed_note(standing),
            last_payment=money(paid.amount) if paid else "None yet",
            last_payment_note="\n".join(filter(None, paid_how)),
            today=today,
            today_href=f"/statements/{today}",
            statements=[StatementEntry.of(row, account.id) for row in summary.statements],
            movements=[MovementEntry.of(one, n) for n, one in enumerate(summary.movements)],
        )


def _owed_note(standing: billing.Standing) -> str:
    if standing.overdue:
        return f"{money(standing.overdue)} of it is overdue"
    return "Nothing is overdue" if standing.owed else "There is nothing to pay"


def _tasks(found: Overview) -> list[Task]:
    late = found.out.late if found.out else 0
    tasks = []
    if late:
        words = "Bring them back, call them off rent, or call your store to keep them longer."
        title = f"{plural(late, 'item')} should be back by now"
        tasks.append(Task(title, words, "/items-out"))
    for quote in found.quotes.rows if found.quotes else ():
        words = "It books nothing yet. Look at it, then call your store."
        tasks.append(Task(f"Quote {quote.number} waits for you", words, "/quotes"))
    return tasks


def _applied(found: Overview) -> list[Task]:
    """Return the applications in which something is still to be filled in."""
    return [
        Task(
            f"Your {one.kind.lower()} application is open",
            f"{questions_left(one.done, one.asked)}. Everything is saved as you type.",
            address("/applications", one.number),
        )
        for one in found.applied
        if not one.is_submitted
    ]


def _urgent(found: Overview) -> Outlook:
    """Return the contract that needs the customer most, for the top of the page."""
    first = next(iter(found.ahead), None)
    return Outlook.of(first) if first and first.needs_action else Outlook()


def _out(item: rentals.LineOut) -> OutEntry:
    since = short_day(local_day(item.out_at, item.zone))
    label, tone = {"overdue": ("Overdue", "bad"), "today": ("Due today", "warn")}.get(
        item.due, ("", "")
    )
    meta = f"{item.quantity_out:,} out since {since}" if since else f"{item.quantity_out:,} out"
    return OutEntry(item.line_id, item.description, meta, item.contract_number, label, tone)


class AccountSummaryState(PortalState):
    """The summary of the chosen account (S3-02, S3-16, S3-19)."""

    view: SummaryView = SummaryView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Open the summary of the chosen account."""
        self.view, self.is_loaded = SummaryView(), False
        await clear_forms(self)
        if not self._account and self._actor.represents:
            return self._go("/access")  # nothing of their own: for whom they act
        await self._read()
        return None

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(overview, account=self._account)
            self.view, self.is_loaded = SummaryView.of(found), True
            topics = f"account:{self._account}", f"settings:{self._actor.brand}"
            self._watch(AccountSummaryState.refresh, *topics)
