"""A day's run of a hundred thousand payments: how it begins, and what each payment then takes."""

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from sqlmodel import select

from bench.places import WORK
from bench.samples import Samples
from bench.setting import Setting
from bench.world.bulk import NOW, TODAY, Bulk
from bench.world.customers import Company
from bench.world.million import migrate
from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.core.ids import new_id
from portal_app.integrations.sandbox_gateway import SandboxGateway
from portal_app.models import database
from portal_app.services import payments
from portal_app.services.transaction import reading
from tests.counting import count_queries
from tests.people import database_at

BEGUN = "Payment run: 100,000 payments queued"
TAKEN = "Payment run: payments taken"
QUERIES = "Payment run: queries for a payment"
GROWTH = "Payment run: memory grown by"
ROWS, _ACCOUNTS = 100_000, 500
_ROUND, _ROUNDS, _WARM_UP = 400, 5, 100
_SYSTEM = Actor.system("bench")


def measure(setting: Setting) -> dict[str, Samples]:  # noqa: ARG001 - a database of its own
    """Begin the run, then take some thousand of its payments one by one, as one worker does."""
    found = {BEGUN: Samples("s"), TAKEN: Samples("payments/s"), QUERIES: Samples("")}
    found[GROWTH] = Samples("MB")
    WORK.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK) as folder:
        path = Path(folder) / "portal.db"
        _prepare(path)
        gateway = SandboxGateway(
            Path(folder) / "gateway.db", secret="of-the-bench", now=lambda: datetime.now(UTC)
        )
        with database_at(f"sqlite:///{path}"):
            began = time.perf_counter()
            payments.start_runs(_SYSTEM)
            found[BEGUN].add("portal", time.perf_counter() - began)
            _take(gateway, found)
    return found


def _take(gateway: SandboxGateway, found: dict[str, Samples]) -> None:
    waiting = _queued()
    for contract in islice(waiting, _WARM_UP):
        payments.collect(_SYSTEM, contract=contract, gateway=gateway)
    before = psutil.Process().memory_info().rss
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        with count_queries(database.engine()) as queries:
            taken = sum(
                payments.collect(_SYSTEM, contract=contract, gateway=gateway)
                for contract in islice(waiting, _ROUND)
            )
        found[TAKEN].add("portal", taken / (time.perf_counter() - began))
        found[QUERIES].add("portal", len(queries) / taken)
    found[GROWTH].add("portal", (psutil.Process().memory_info().rss - before) / 1e6)


def _queued() -> Iterator[str]:
    with reading() as session:
        return iter(session.exec(select(m.Contract.id).order_by(m.Contract.id)).all())


def _prepare(path: Path) -> None:
    """Make the contracts, each with a card that works and one payment due today."""
    migrate(path)
    connection = sqlite3.connect(path)
    bulk = Bulk(connection)
    company = Company(bulk)
    bulk.add(m.PaymentPolicy(brand_id=company.brand.id, takes_payments=True, run_at="00:00"))
    people = [company.customer(n, contracts=ROWS // _ACCOUNTS) for n in range(_ACCOUNTS)]
    ids = [new_id() for _ in range(ROWS)]
    owner = {id_: people[n % _ACCOUNTS] for n, id_ in enumerate(ids)}
    mark = {"brand_id": company.brand.id, "external_id": ""}
    contract = m.Contract(
        **mark, number="", kind=m.ContractKind.SERVICE_CONTRACT, status=m.ContractStatus.ACTIVE,
        phase=m.ContractPhase.CURRENT, account_id="", listed_on=TODAY,
    )  # fmt: skip
    card = m.PaymentMethod(
        **mark, contract_id="", kind=m.MethodKind.CARD, brand="Visa", last4="4242", exp_month=12,
        exp_year=TODAY.year + 3, gateway_token="demo_visa", default_since=NOW,
    )  # fmt: skip
    due = m.Instalment(
        **mark, contract_id="", sequence=1, due_on=TODAY - timedelta(days=1), amount_minor=129_00
    )
    bulk.add_many(contract, (
        {"id": id_, "external_id": id_, "number": f"SC-{n}", "account_id": owner[id_].account_id,
         "holder_id": owner[id_].person_id} for n, id_ in enumerate(ids)
    ))  # fmt: skip
    for pattern in (card, due):
        bulk.add_many(pattern, (
            {"id": new_id(), "external_id": id_, "contract_id": id_} for id_ in ids
        ))  # fmt: skip
    connection.commit()
    connection.close()
