"""What a feed says is paid is not charged, whenever it says so (S0-14, S0-24)."""

import threading

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, NotFound
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from portal_app.services.imports.commands import feeds
from tests import factories as f
from tests.services.imports.feeding import counts, refusals
from tests.services.payments.master import Master, at_the_counter
from tests.services.payments.plans import SYSTEM, take_payments


@pytest.fixture
def master(any_db, clock, tmp_path):
    take_payments()
    made = Master(tmp_path)
    made.send()
    return made


@pytest.mark.requirement("S0-14")
@pytest.mark.requirement("S0-24")
@pytest.mark.parametrize("state", ["paid", "paid_late", "waived", "cancelled", "written_off"])
def test_what_was_settled_elsewhere_before_its_day_is_not_charged(master, state):
    master.send(state)
    assert payments.start_runs(SYSTEM) == 0
    master.run()
    assert master.gateway.asked == []
    assert master.states() == [state, "scheduled", "scheduled"]


@pytest.mark.requirement("S0-24")
def test_what_a_feed_settles_after_the_run_has_begun_is_not_charged(master):
    assert payments.start_runs(SYSTEM) == 1
    master.send("paid")
    master.run()
    assert master.gateway.asked == []
    assert f.fetch_all(m.LedgerEntry) == []


@pytest.mark.requirement("S0-24")
@pytest.mark.requirement("S0-26")
def test_missed_payment_that_was_paid_elsewhere_is_not_tried_again(master, clock):
    master.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    master.run()
    assert master.states()[0] == "missed"
    master.gateway.decide = lambda _order: None
    report = master.send("paid")
    assert refusals(report) == []
    assert counts(report, "instalments") == {"changed": 1, "unchanged": 2}
    assert master.contract.status is m.ContractStatus.PAST_DUE
    master.follow()
    assert master.contract.status is m.ContractStatus.ACTIVE
    assert len(f.fetch_all(m.AuditEvent, action="contract:standing:cured")) == 1
    clock.at(2026, 12, 20, 15)
    master.run()
    assert master.states() == ["paid", "paid", "scheduled"]
    assert list(master.gateway.taken.values()) == [100_00]


def test_contract_that_is_behind_with_something_else_stays_behind(master, clock):
    master.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    master.run()
    master.send("", "", "paid")
    master.follow()
    assert master.contract.status is m.ContractStatus.PAST_DUE
    assert f.fetch_all(m.AuditEvent, action="contract:standing:cured") == []


@pytest.mark.requirement("S0-25")
def test_what_failed_twice_and_was_paid_elsewhere_waits_for_the_decision(master, clock):
    master.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    master.run()
    clock.at(2026, 12, 20, 15)
    master.run()
    assert master.states() == ["defaulted", "on_hold", "on_hold"]
    master.send("paid", "scheduled", "scheduled")
    master.follow()
    assert master.states() == ["paid", "on_hold", "on_hold"]
    assert master.contract.status is m.ContractStatus.PENDING_CANCELLATION
    clock.at(2027, 1, 20, 15)
    master.run()
    assert len(master.gateway.asked) == 2


def test_feed_decides_nothing_about_a_payment_that_is_under_way_and_is_read_again(master):
    master.gateway.pends = True
    master.run()
    report = master.send("paid")
    assert [row[2] for row in refusals(report)] == ["state"]
    assert master.states()[0] == "processing"
    (key,) = master.gateway.asked
    failed = type(master.gateway.results[key])("ch-0", DeclineReason.INSUFFICIENT_FUNDS)
    master.gateway.results[key] = failed
    payments.settle_one(SYSTEM, idempotency_key=key, gateway=master.gateway)
    assert master.states()[0] == "missed"
    master.send("paid")
    assert master.states()[0] == "paid"


def test_what_the_portal_has_taken_is_not_undone_by_a_feed(master):
    master.run()
    for state in ("scheduled", "cancelled", "waived"):
        master.send(state)
        assert master.states()[0] == "paid"
    master.run()
    assert list(master.gateway.taken.values()) == [100_00]


def beside_a_feed(master, monkeypatch, act, *states, **sent):
    """Act while a feed that has written these states has yet to be committed."""
    at_it, go_on = threading.Event(), threading.Event()
    write = feeds.write

    def slowly(session, bench, drafts):
        written = write(session, bench, drafts)
        if bench.kind.name == "instalments":
            at_it.set()
            go_on.wait(5)
        return written

    monkeypatch.setattr(feeds, "write", slowly)
    sending = threading.Thread(target=master.send, args=states, kwargs=sent)
    sending.start()
    assert at_it.wait(5)
    acting = threading.Thread(target=act)
    acting.start()
    acting.join(0.3)
    go_on.set()
    for one in (sending, acting):
        one.join()


@pytest.mark.requirement("S0-24")
def test_payment_is_settled_by_the_feed_or_charged_but_never_both(master, monkeypatch):
    """The feed is written while a run waits for the same payment, and the other way round."""
    beside_a_feed(master, monkeypatch, master.run, "paid")
    assert master.states()[0] == "paid"
    assert master.gateway.asked == []


@pytest.mark.parametrize("sent", ["paid", "deleted"])
@pytest.mark.parametrize("decide", ["waive_instalment", "reschedule"])
def test_what_a_feed_has_just_settled_or_ended_is_neither_forgiven_nor_moved(
    master, clock, monkeypatch, decide, sent
):
    master.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    master.run()
    missed = f.fetch(m.Instalment, contract_id=master.contract.id, sequence=1)
    given = {"instalment": missed.id, "reason": "You were away", "key": "k"}
    given |= {"due_on": "2026-12-01"} if decide == "reschedule" else {}
    refused = []

    def act():
        try:
            getattr(payments, decide)(f.staff_actor(), **given)
        except (Conflict, NotFound) as refusal:
            refused.append(refusal)

    booked = len(f.fetch_all(m.LedgerEntry))
    news = {"deleted": {1}} if sent == "deleted" else {}
    beside_a_feed(master, monkeypatch, act, "paid", **news)
    assert (master.states()[0], len(refused)) == ("missed" if news else "paid", 1)
    assert bool(f.fetch(m.Instalment, id=missed.id).ended_at) is bool(news)
    assert len(f.fetch_all(m.LedgerEntry)) == booked


@pytest.mark.requirement("S0-25")
def test_what_a_feed_has_just_settled_is_not_cancelled_with_its_contract(master, monkeypatch):
    agent = f.staff_actor()
    asked = {"contract": master.contract.id, "reason": "Sold", "key": "k"}
    number = payments.ask_to_cancel(agent, **asked)

    def approve():
        payments.approve_cancellation(agent, number=number, reason="As you wish", key="k")

    beside_a_feed(master, monkeypatch, approve, "paid")
    assert master.states() == ["paid", "cancelled", "cancelled"]


@pytest.mark.requirement("S0-24")
def test_what_the_ledger_names_as_paid_is_not_charged(master):
    at_the_counter(master, "L-1,A-1,C-1,payment,-100.00,2026-11-19,I-1")
    master.run()
    assert master.gateway.asked == []
    assert master.states() == ["paid", "scheduled", "scheduled"]
    assert len(f.fetch_all(m.AuditEvent, action="payment:elsewhere:made")) == 1


@pytest.mark.requirement("S0-24")
def test_missed_payment_that_the_ledger_names_is_settled_at_once(master, clock):
    master.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    master.run()
    master.gateway.decide = lambda _order: None
    at_the_counter(
        master,
        "L-1,A-1,C-1,payment,-60.00,2026-11-21,I-1",
        "L-2,A-1,C-1,payment,-40.00,2026-11-22,I-1",
    )
    master.follow()
    master.follow()
    assert master.states() == ["paid_late", "scheduled", "scheduled"]
    assert master.contract.status is m.ContractStatus.ACTIVE
    clock.at(2026, 12, 20, 15)
    master.run()
    assert list(master.gateway.taken.values()) == [100_00]


@pytest.mark.requirement("S0-24")
def test_what_the_ledger_named_during_an_attempt_is_not_tried_again(master, clock):
    master.gateway.pends = True
    master.run()
    at_the_counter(master, "L-1,A-1,C-1,payment,-100.00,2026-11-20,I-1")
    master.follow()
    assert master.states()[0] == "processing"
    (key,) = master.gateway.asked
    failed = type(master.gateway.results[key])("ch-0", DeclineReason.INSUFFICIENT_FUNDS)
    master.gateway.results[key] = failed
    payments.settle_one(SYSTEM, idempotency_key=key, gateway=master.gateway)
    master.gateway.pends = False
    clock.at(2026, 12, 20, 15)
    master.run()
    assert master.states() == ["paid_late", "paid", "scheduled"]
    assert list(master.gateway.taken.values()) == [100_00]


@pytest.mark.parametrize(
    "row",
    [
        "L-1,A-1,C-1,payment,-99.99,2026-11-19,I-1",
        "L-1,A-1,C-1,credit,-100.00,2026-11-19,I-1",
        "L-1,A-1,C-1,payment,-100.00,2026-11-19,",
        "L-1,A-1,,payment,-100.00,2026-11-19,I-1",
        "L-1,A-1,C-1,payment,-100.00,2026-11-19,I-2",
    ],
    ids=["in part", "no payment", "names nothing", "no contract", "another payment"],
)
def test_entry_that_does_not_name_a_payment_as_paid_changes_no_schedule(master, row):
    at_the_counter(master, row)
    master.run()
    assert len(master.gateway.asked) == 1
    assert master.states()[0] == "paid"


def test_what_the_portal_itself_took_names_nothing(master):
    master.run()
    (entry,) = f.fetch_all(m.LedgerEntry, kind=m.EntryKind.PAYMENT)
    row = f"{entry.external_id},A-1,C-1,payment,-100.00,2026-11-20,I-2"
    at_the_counter(master, row)
    assert len(f.fetch_all(m.LedgerEntry, kind=m.EntryKind.PAYMENT)) == 1
    master.follow()
    assert master.states() == ["paid", "scheduled", "scheduled"]
