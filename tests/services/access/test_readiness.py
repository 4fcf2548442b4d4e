from datetime import date, timedelta

import pytest

from portal_app import models as m
from portal_app.models import PortalAccess as P
from portal_app.services import access, licensing
from portal_app.services.access import Check
from portal_app.services.access.queries import facts as facts_module
from portal_app.services.access.rules import MOVES, Event, after
from tests import factories as f
from tests.services.access.customers import SYSTEM, candidate, change, evaluate, published, state

TOMORROW_IN_TEST = date(2026, 11, 21)


def missing(account):
    shown = access.customer(f.staff_actor(), number=account.number)
    return {check.check for check in shown.checks if not check.is_met}


@pytest.mark.requirement("S3-01")
def test_an_account_with_everything_is_ready_and_waits_for_publication(any_db, clock):
    account = candidate()
    evaluate(account)
    assert state(account) is P.READY_UNPUBLISHED
    assert missing(account) == set()


@pytest.mark.parametrize(
    ("values", "check"),
    [
        pytest.param(
            {"account_type": m.AccountType.CASH_ONLY},
            Check.ACCOUNT_TYPE,
            marks=pytest.mark.requirement("S3-09"),
        ),
        pytest.param(
            {"main_phone": "", "main_phone_e164": ""},
            Check.PHONE,
            marks=pytest.mark.requirement("S3-05"),
        ),
        pytest.param(
            {"web_portal_enabled": False}, Check.SWITCH, marks=pytest.mark.requirement("S3-01")
        ),
        pytest.param({"postal_code": ""}, Check.POSTAL_CODE,
                     marks=pytest.mark.requirement("S3-06")),
        pytest.param({"has_contract": False}, Check.HISTORY,
                     marks=pytest.mark.requirement("S3-08")),
    ],
)  # fmt: skip
def test_an_account_that_lacks_one_thing_is_not_ready_and_says_which(db, clock, values, check):
    account = candidate(**values)
    evaluate(account)
    assert state(account) is P.NOT_READY
    assert missing(account) == {check}


@pytest.mark.requirement("S3-06")
def test_email_may_come_from_the_owner_but_from_somebody_it_must(db, clock):
    account = candidate(email="")
    assert missing(account) == set()
    change(f.fetch(m.Person), email="")
    assert missing(account) == {Check.EMAIL}


def test_an_owner_whose_time_is_over_owns_nothing(db, clock):
    account = candidate()
    contact = f.fetch(m.AccountContact)
    change(contact, ends_on=clock().date())
    assert missing(account) == set()
    clock.advance(days=1)
    assert missing(account) == {Check.OWNER}
    change(contact, ends_on=None, starts_on=clock().date() + timedelta(days=1))
    assert missing(account) == {Check.OWNER}


@pytest.mark.requirement("S3-04")
def test_without_a_licence_nobody_is_ready_and_whoever_was_in_is_out(db, clock, monkeypatch):
    account = published()
    assert state(account) is P.REGISTRABLE
    monkeypatch.setattr(facts_module.licensing, "has_module", lambda module: False)
    evaluate(account)
    assert state(account) is P.NOT_READY
    assert missing(account) == {Check.LICENCE}
    assert licensing is facts_module.licensing


@pytest.mark.requirement("S3-08")
@pytest.mark.parametrize("status", list(m.ContractStatus))
def test_one_contract_reservation_or_quote_is_history_enough(db, clock, status):
    account = candidate(has_contract=False)
    f.contract(account, status=status)
    assert missing(account) == set()


@pytest.mark.requirement("S3-05")
def test_a_phone_on_two_accounts_keeps_both_out_but_not_one_who_is_in(any_db, clock):
    first, second = published(), candidate(number="A-77")
    evaluate(second)
    assert state(first) is state(second) is P.NOT_READY
    shown = access.customer(f.staff_actor(), number=first.number)
    (unique,) = [check for check in shown.checks if not check.is_met]
    assert (unique.check, unique.other_account) == (Check.PHONE_UNIQUE, "A-77")
    change(first, portal_access=P.REGISTERED)
    f.user(f.fetch(m.Person, id=f.fetch(m.AccountContact, account_id=first.id).person_id))
    evaluate(second)
    assert state(first) is P.REGISTERED
    assert state(second) is P.NOT_READY


def test_the_same_phone_at_another_brand_is_another_phone(db, clock):
    account = published()
    other = f.brand(key="orchard", name="Orchard")
    evaluate(candidate(brand_id=other.id))
    assert state(account) is P.REGISTRABLE


@pytest.mark.requirement("S3-10")
def test_only_publication_lets_a_ready_account_register(any_db, clock):
    account = candidate()
    evaluate(account)
    evaluate(account)
    assert state(account) is P.READY_UNPUBLISHED
    done = access.publish(f.staff_actor(f.Role.MANAGER))
    assert (done.checked, done.registrable) == (1, 1)
    assert state(account) is P.REGISTRABLE
    row = f.fetch(m.Account, id=account.id)
    assert row.published_at == clock()
    again = access.publish(SYSTEM, trigger="nightly")
    assert (again.registrable, again.lost) == (0, 0)
    assert f.fetch(m.Account, id=account.id).published_at == row.published_at


@pytest.mark.requirement("S3-10")
def test_each_publication_is_written_down_with_its_counts(db, clock):
    candidate()
    candidate(web_portal_enabled=False, main_phone_e164="+18135550001")
    access.publish(SYSTEM, trigger="nightly")
    run = f.fetch(m.SyncRun)
    assert (run.kind, run.trigger, run.state) == ("publication", "nightly", "finished")
    assert (run.counts["checked"], run.counts["registrable"]) == (2, 1)
    assert run.finished_at == clock()
    assert f.fetch(m.AuditEvent, action=m.Action.PORTAL_PUBLISHED.value).object_id == run.id


def test_publication_goes_through_all_accounts_in_batches(db, clock, monkeypatch):
    from portal_app.services.access.commands import publication

    monkeypatch.setattr(publication, "BATCH", 2)
    accounts = [candidate(main_phone_e164=f"+1813555100{n}") for n in range(5)]
    assert access.publish(SYSTEM).registrable == 5
    assert {state(account) for account in accounts} == {P.REGISTRABLE}


def test_what_is_lost_before_publication_is_not_published(db, clock):
    account = candidate()
    evaluate(account)
    change(account, web_portal_enabled=False)
    assert access.publish(SYSTEM).registrable == 0
    assert state(account) is P.NOT_READY


def test_every_state_is_reached_and_every_state_can_be_left():
    reached = set(MOVES.values()) | {P.NOT_READY}
    assert reached == set(P) == {state for state, _ in MOVES}


@pytest.mark.parametrize("start", list(P))
@pytest.mark.parametrize("event", list(Event))
def test_an_event_that_means_nothing_changes_nothing(start, event):
    assert after(start, event) is MOVES.get((start, event), start)
