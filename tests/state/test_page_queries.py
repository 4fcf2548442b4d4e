"""What a page asks of the database does not grow with what there is to show."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal_app import models as m
from portal_app.core import clock as clock_module
from portal_app.core.actor import Actor, Role
from portal_app.core.ids import new_id
from portal_app.services.transaction import transaction
from portal_app.state.audit import AuditState
from portal_app.state.billing.summary import AccountSummaryState
from portal_app.state.customers.detail import CustomerState
from portal_app.state.customers.list import CustomersState
from portal_app.state.help_pages import HelpState
from portal_app.state.identity.security import SecurityState
from portal_app.state.imports.runs import ImportsState
from portal_app.state.jobs import JobsState
from portal_app.state.notifications.inbox import InboxState
from portal_app.state.notifications.outbox import OutboxState
from portal_app.state.rentals.queue import RentalQueueState
from portal_app.state.rentals.requests import RequestsState
from portal_app.state.shell import ShellState
from tests import factories as f
from tests.counting import count_queries
from tests.services.jobs.test_board import row
from tests.services.notifications.test_reading import message, notice
from tests.services.rentals.conftest import make_hire
from tests.state.tabs import Tab


def _lines(hire, number):
    contract = f.contract(hire.account, number=f"RX-{number}", store_id=hire.store.id)
    f.line(contract, due_back_at=datetime(2026, 11, 18, tzinfo=UTC))
    f.entry(hire.account, 1_000 + number, date(2026, 11, 1) - timedelta(days=31 * number))
    notice(hire.owner.person_id, number)


def _request(hire, number):
    hire.ask(line=f.line(hire.contract, description=f"Lamp {number}").id, quantity=1)


def _customer(_hire, number):
    held = f.account(number=f"C-{number}")
    f.contact(held, f.person(family_name=f"Brannock {number}"))
    f.contract(held)


def _contact(hire, number):
    f.user(who := f.person(family_name=f"Brannock {number}"))
    f.contact(hire.account, who)
    f.contract(hire.account, number=f"K-{number}")


def _import(hire, number):
    f._save(
        m.SyncRun(
            brand_id=hire.account.brand_id,
            kind="import",
            trigger="upload",
            source=f"{number}.zip",
            started_at=clock_module.now(),
            state="finished",
        )
    )


def _act(hire, number):
    with transaction(hire.agent) as tx:
        tx.record(m.Action.ACCESS_DENIED, "page", str(number))


def _question(hire, number):
    f._save(
        m.HelpArticle(
            brand_id=hire.account.brand_id,
            position=number,
            question=f"Question {number}?",
            answer="An answer.",
            is_published=True,
        )
    )


def _device(hire, number):
    now = clock_module.now()
    f._save(
        m.PortalSession(
            brand_id=hire.account.brand_id,
            token_hash=f"{number}-{new_id()}",
            user_id=hire.owner.user_id,
            stage=m.SessionStage.FULL,
            created_at=now,
            last_seen_at=now,
            idle_until=now + timedelta(hours=1),
            absolute_until=now + timedelta(hours=8),
        )
    )


MANAGER = Role.MANAGER
# Each page: the state that fills it, who reads it, and what there is one more of.
PAGES = {
    "frame": (ShellState, None, _lines),
    "staff frame": (ShellState, MANAGER, _request),
    "summary": (AccountSummaryState, None, _lines),
    "requests": (RequestsState, None, _request),
    "queue": (RentalQueueState, MANAGER, _request),
    "customers": (CustomersState, MANAGER, _customer),
    "customer": (CustomerState, MANAGER, _contact),
    "imports": (ImportsState, Role.ADMIN, _import),
    "outbox": (OutboxState, MANAGER, lambda _hire, number: message(number)),
    "jobs": (JobsState, MANAGER, lambda _hire, _number: row()),
    "audit": (AuditState, Role.ADMIN, _act),
    "notifications": (InboxState, None, _lines),
    "help": (HelpState, None, _question),
    "security": (SecurityState, None, _device),
}


@pytest.mark.parametrize("reading", PAGES)
async def test_many_cost_as_many_queries_as_two(db, clock, licensed, reading):
    state, role, add = PAGES[reading]
    hire = make_hire()
    reader: Actor = f.staff_actor(role) if role else hire.owner
    add(hire, 0)
    add(hire, 1)
    few = await _asked(db, state, reader, hire)
    for number in range(2, 14):
        add(hire, number)
    assert await _asked(db, state, reader, hire) == few


async def _asked(db, state, reader, hire):
    """Open the page in a tab of its own, and count; what is remembered longer was asked before."""
    for _ in range(2):
        tab = Tab(reader, "" if reader.is_staff else hire.account.id)
        tab.at(f"/staff/customers/{hire.account.number}", number=hire.account.number)
        with count_queries(db) as queries:
            await tab.call(state.load)
    assert not tab.state(state).notice.title
    return len(queries)
