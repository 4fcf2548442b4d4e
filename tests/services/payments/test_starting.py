"""Beginning a day's run: in parts, from the mark on, each contract once."""

import threading
from datetime import date

import pytest

from portal_app import models as m
from portal_app.models import database
from portal_app.services import payments
from portal_app.services.payments.commands import starting
from tests import factories as f
from tests.counting import count_queries
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import (
    SYSTEM,
    add_instalments,
    add_method,
    make_contract,
    take_payments,
)
from tests.services.payments.walking import Killed, killing


@pytest.fixture
def five(any_db, clock, monkeypatch) -> list[str]:
    """Five contracts that are due today, queued two at a time."""
    monkeypatch.setattr(starting, "_PART", 2)
    return _due(5)


def _due(count: int) -> list[str]:
    take_payments()
    account, person = f.account(), f.person()
    made = [make_contract(account, person) for _ in range(count)]
    for one in made:
        add_instalments(one, [date(2026, 11, 20)])
    return sorted(one.id for one in made)


def queued() -> list[str]:
    return sorted(job.args["contract_id"] for job in f.fetch_all(m.Job, name="collect_payments"))


def test_run_is_queued_in_parts_of_which_each_is_a_transaction(five):
    with count_queries(database.engine()) as queries:
        assert payments.start_runs(SYSTEM) == 1
    parts = [sent for sent, _ in queries.sent if sent.startswith("INSERT INTO job")]
    assert len(parts) == 3
    assert queued() == five
    run = f.fetch(m.PaymentRun, zone="UTC")
    assert (run.contracts, run.queued_to) == (5, five[-1])
    assert run.queued_at is not None
    assert payments.start_runs(SYSTEM) == 0
    begun = f.fetch_all(m.AuditEvent, action="payment_run:self:begun")
    assert len(begun) == 1


def test_run_that_died_between_two_parts_goes_on_from_its_mark(five, monkeypatch):
    left = [1]
    queue = starting._queue

    def dying(*args):
        if not left:
            raise Killed
        left.pop()
        return queue(*args)

    with monkeypatch.context() as patch:
        patch.setattr(starting, "_queue", dying)
        with pytest.raises(Killed):
            payments.start_runs(SYSTEM)
    assert queued() == five[:2]
    run = f.fetch(m.PaymentRun, zone="UTC")
    assert (run.contracts, run.queued_to, run.queued_at) == (2, five[1], None)
    assert payments.start_runs(SYSTEM) == 1
    assert queued() == five
    assert f.fetch(m.PaymentRun, zone="UTC").contracts == 5
    assert {job.args["run_id"] for job in f.fetch_all(m.Job, name="collect_payments")} == {run.id}


def test_run_that_dies_anywhere_queues_each_contract_once(db, clock, monkeypatch):
    monkeypatch.setattr(starting, "_PART", 2)
    five = _due(5)
    for points in range(1, 60):
        with killing(points):
            payments.start_runs(SYSTEM)
    payments.start_runs(SYSTEM)
    assert queued() == five
    assert f.fetch(m.PaymentRun, zone="UTC").contracts == 5


def test_rivals_queue_each_contract_once(five):
    rivals = [threading.Thread(target=payments.start_runs, args=(SYSTEM,)) for _ in range(3)]
    for one in rivals:
        one.start()
    for one in rivals:
        one.join()
    payments.start_runs(SYSTEM)
    assert queued() == five
    run = f.fetch(m.PaymentRun, zone="UTC")
    assert run.contracts == 5
    assert run.queued_at is not None


def test_what_a_run_reads_at_once_is_limited(five, monkeypatch):
    monkeypatch.setattr(starting, "_READ", 3)
    assert payments.start_runs(SYSTEM) == 1
    assert queued() == five


def test_every_unknown_payment_is_looked_at_however_many_there_are(five):
    gateway = FakeGateway(pends=True)
    for contract in f.fetch_all(m.Contract):
        add_method(contract)
        payments.collect(SYSTEM, contract=contract.id, gateway=gateway)
    assert payments.leave_looks(SYSTEM, slot="2026-11-20T15:10:00") == 5
    assert payments.leave_looks(SYSTEM, slot="2026-11-20T15:10:00") == 5
    jobs = f.fetch_all(m.Job, name="settle_payments")
    assert sorted(job.args["contract_id"] for job in jobs) == five
