"""How PostgreSQL would go about the long lists: by an index that also has their order.

Not how long it takes: the planner is told never to read a whole table or to sort if there is any
other way, so what it still reads or sorts as a whole is what no index helps with.
"""

import pytest
from sqlalchemy import event, text

from portal_app.core import clock
from portal_app.core.secrets import fingerprint
from portal_app.services import (
    access,
    applications,
    audit,
    billing,
    cases,
    changes,
    contracts,
    identity,
    imports,
    invitations,
    jobs,
    notifications,
    payments,
    rentals,
)
from tests.permissions.world import build

UNWILLING = ("seqscan", "sort", "incremental_sort")
# Lists that come page by page in the order of a key, by who asks for them.
IN_ORDER = {
    "contracts": ("owner", lambda who, own: contracts.contract_list(who, account=own)),
    "past contracts": (
        "owner", lambda who, own: contracts.contract_list(who, account=own, shelf="past"),
    ),
    "invoices": ("owner", lambda who, own: billing.invoice_list(who, account=own)),
    "rental requests": ("owner", lambda who, own: rentals.requests_of(who, account=own)),
    "rental queue": ("agent", lambda who, _: rentals.queue(who)),
    "open cases": ("agent", lambda who, _: cases.queue(who)),
    "new cases": ("agent", lambda who, _: cases.queue(who, view="unassigned")),
    "all cases": ("agent", lambda who, _: cases.queue(who, view="all")),
    "customers": ("agent", lambda who, _: access.customers(who)),
    "changes": ("agent", lambda who, _: changes.queue(who)),
    "all changes": ("agent", lambda who, _: changes.queue(who, view="all")),
    "applications": ("agent", lambda who, _: applications.applications(who)),
    "invitations": ("agent", lambda who, _: invitations.invitations(who)),
    "audit": ("admin", lambda who, _: audit.history(who)),
    "audit of one action": ("admin", lambda who, _: audit.history(who, action="licence:self:read")),
    "audit of a thing": (
        "admin", lambda who, own: audit.history(who, object_type="account", object_id=own),
    ),
    "outbox": ("admin", lambda who, _: notifications.outbox(who)),
    "letters that failed": ("admin", lambda who, _: notifications.outbox(who, state="failed")),
    "payment runs": ("admin", lambda who, _: payments.payment_runs(who)),
    "imports": ("admin", lambda who, _: imports.runs(who)),
    "jobs": ("admin", lambda who, _: jobs.board(who)),
    "notices": ("owner", lambda who, _: notifications.inbox(who)),
}  # fmt: skip
# The handful of steps of each request on a page, and of accounts that one person belongs to.
FEW = (['"position"'], ["account_contact.id"])
# Put together from the first of each state, which are in order: so one page of each is sorted.
MERGED = {"open cases", "new cases"}
# Lists that are put in order here, of what one customer has or of few.
SORTED = {
    "items out": ("owner", lambda who, own: rentals.items_out(who, account=own)),
    "open invoices": (
        "owner",
        lambda who, own: billing.invoice_list(who, account=own, status="open"),
    ),
    "found contracts": (
        "owner",
        lambda who, own: contracts.contract_list(who, account=own, search="lift"),
    ),
    "statements": ("owner", lambda who, own: billing.statement_list(who, account=own)),
    "a statement": (
        "owner",
        lambda who, own: billing.statement(who, account=own, as_of=clock.today().isoformat()),
    ),
    "a person's cases": ("owner", lambda who, _: cases.cases_of(who)),
    "a person's applications": ("owner", lambda who, _: applications.my_applications(who)),
    "found customers": ("agent", lambda who, _: access.customers(who, search="roofing")),
    "locked customers": ("agent", lambda who, _: access.customers(who, state="locked")),
    "arrears": ("agent", lambda who, _: payments.arrears(who)),
    "cancellations": ("agent", lambda who, _: payments.cancellations(who)),
}


class Planner:
    """Asks for plans of what services ask the database."""

    def __init__(self, engine):
        self.engine = engine
        self.world = build(engine.url.render_as_string())

    def who(self, name):
        return identity.caller_for(fingerprint(self.world.people[name].cookie)).actor

    def steps(self, name, ask):
        """Every step of every plan of a list: (kind, of which table)."""
        asked = []

        def hear(_connection, _cursor, statement, parameters, *_):
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                asked.append((statement, parameters))

        who = self.who(name)
        event.listen(self.engine, "before_cursor_execute", hear)
        try:
            ask(who, self.world.account)
        finally:
            event.remove(self.engine, "before_cursor_execute", hear)
        assert asked
        with self.engine.connect() as connection:
            for one in UNWILLING:
                connection.execute(text(f"SET LOCAL enable_{one} = off"))
            for statement, parameters in asked:
                plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
                yield from _steps(plan.scalar_one()[0]["Plan"])


def _steps(plan):
    yield plan["Node Type"], plan.get("Relation Name", ""), plan.get("Sort Key", "")
    for inner in plan.get("Plans", []):
        yield from _steps(inner)


@pytest.fixture
def planner(pg, licensed, monkeypatch):
    return Planner(pg)


def read_whole(steps):
    return {table for kind, table, _ in steps if kind == "Seq Scan"}


@pytest.mark.parametrize("lists", [IN_ORDER, SORTED], ids=["in order", "sorted"])
def test_no_list_reads_a_whole_table(planner, lists):
    found = {name: read_whole(planner.steps(*asked)) for name, asked in lists.items()}
    assert {name: tables for name, tables in found.items() if tables} == {}


def test_lists_that_come_page_by_page_are_never_sorted_as_a_whole(planner):
    found = {
        name: [key for kind, _, key in planner.steps(*asked) if "Sort" in kind and key not in FEW]
        for name, asked in IN_ORDER.items()
    }
    assert {name: keys for name, keys in found.items() if len(keys) > (name in MERGED)} == {}


def test_an_index_that_is_missing_shows(planner):
    """Or the two above would prove nothing."""
    with planner.engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_case_queue, ix_case_recent"))
        connection.execute(text("DROP INDEX ix_case_resolved, ix_case_assigned"))
    kinds = {kind for kind, *_ in planner.steps(*IN_ORDER["all cases"])}
    assert kinds & {"Sort", "Seq Scan"}
