"""The real daily run against the operator's policy, over thousands of timelines.

A part is hundreds of contracts in one database, each with a schedule and answers of its own; one
clock walks over half a year. After each stop the rows of every contract that was worked on must be
what the policy says, and in the end so must the money. A contract takes some fifty milliseconds,
so the parts are shared out among the test processes; `TIMELINES=500` plays fewer.
"""

import os
from collections import Counter
from random import Random

import pytest
from sqlmodel import col, select

from portal_app import models as m
from portal_app import wiring
from portal_app.core import clock as clock_module
from portal_app.integrations.sandbox_gateway import SandboxGateway
from portal_app.models import database
from portal_app.services.payments.commands import starting
from tests.services.payments.population import ERAS, Case, of_contracts, populate
from tests.services.payments.walking import Lossy, Walk

TIMELINES = int(os.environ.get("TIMELINES", "10000"))
PARTS = len(ERAS)
TROUBLED, CALM = 200, 80  # days


@pytest.mark.requirement("S0-23")
@pytest.mark.requirement("S0-25")
@pytest.mark.asvs("2.3.1")
@pytest.mark.parametrize("part", range(PARTS))
def test_run_with_outages_deaths_and_rivals_is_the_policys(db, clock, monkeypatch, tmp_path, part):
    cases = populate(TIMELINES // PARTS, part, ERAS[part])
    sandbox = SandboxGateway(tmp_path / "sandbox.db", secret="a-secret", now=clock_module.now)
    monkeypatch.setattr(starting, "_PART", 20)
    gateway = Lossy(sandbox, cases)
    monkeypatch.setattr(wiring, "payment_gateway", lambda: gateway)
    walk = Walk(cases, clock, Random(part))
    walk.over(ERAS[part], TROUBLED, is_troubled=True)
    walk.over(clock.time.date(), CALM, is_troubled=False)
    walk.compare(cases)
    assert not walk._has_work()  # nothing is skipped
    assert walk.kills > len(cases) / 50
    check_attempts(cases)
    check_money(cases, sandbox)
    check_told(cases)


def grouped(rows):
    """The rest of each row by its first column, as a multiset."""
    found = {}
    for key, *rest in rows:
        found.setdefault(key, Counter())[tuple(rest)] += 1
    return found


def check_attempts(cases: list[Case]) -> None:
    """What was tried, for how much and with what outcome is the policy's log: nothing more."""
    attempt, row = m.PaymentAttempt, m.Instalment
    sequences = dict(map(tuple, of_contracts(cases, row.contract_id, row.id, row.sequence)))
    columns = (attempt.contract_id, attempt.instalment_id, attempt.amount_minor, attempt.state)
    found = grouped(
        (contract, sequences[instalment], amount, state is m.AttemptState.SUCCEEDED)
        for contract, instalment, amount, state in of_contracts(
            cases, attempt.contract_id, *columns
        )
    )
    for case in cases:
        log = Counter((n, amount, ok) for _, n, amount, ok in case.reference.log)
        assert found.get(case.id, Counter()) == log


def check_money(cases: list[Case], sandbox: SandboxGateway) -> None:
    """Nothing is charged twice, no fee is booked twice, and what is booked is what was taken."""
    with sandbox._store.writing() as file:
        asked = "SELECT idempotency_key, amount_minor FROM charge WHERE declined = ''"
        taken = dict(map(tuple, file.execute(asked).fetchall()))
    per_payment = Counter(key.split("-attempt-")[0] for key in taken)
    assert max(per_payment.values()) == 1
    entry = m.LedgerEntry
    columns = (entry.contract_id, entry.kind, entry.external_id, entry.amount_minor)
    entries = of_contracts(cases, entry.contract_id, *columns)
    booked = {key: -amount for _, kind, key, amount in entries if kind is m.EntryKind.PAYMENT}
    assert booked == taken
    fees = grouped((id_, amount) for id_, kind, _, amount in entries if kind is m.EntryKind.FEE)
    for case in cases:
        missed = Counter((one.fee,) for one in case.reference.insts if one.fee)
        assert fees.get(case.id, Counter()) == missed


def check_told(cases: list[Case]) -> None:
    """Each outcome is told once, and a contract's cancellation is asked for once at most."""
    request = m.CancellationRequest
    asked = Counter(id_ for (id_,) in of_contracts(cases, request.contract_id, request.contract_id))
    with database.reading_session() as session:
        told = grouped(session.exec(select(m.Notification.link, m.Notification.topic)).all())
        letters = session.exec(select(col(m.OutboundMessage.topic))).all()
    outcomes = Counter()
    for case in cases:
        log, insts = case.reference.log, case.reference.insts
        meant = Counter({
            ("payment.receipt",): sum(ok for *_, ok in log),
            ("payment.missed",): sum(one.retry_on is not None for one in insts),
            ("payment.defaulted",): sum(one.state == "defaulted" for one in insts),
        })  # fmt: skip
        outcomes += meant
        assert told.get(f"/contracts/{case.id}", Counter()) == +meant
        assert asked[case.id] == case.reference.cancellation_request
    assert Counter((one,) for one in letters) == outcomes
