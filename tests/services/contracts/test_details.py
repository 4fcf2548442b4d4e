from datetime import UTC, date, datetime

import pytest

from portal_app.core.actor import ANONYMOUS
from portal_app.core.errors import NotFound
from portal_app.core.money import Money
from portal_app.models import ContactRole, ContractKind, ContractStatus
from portal_app.services import contracts
from portal_app.services.contracts import rules
from tests import factories as f
from tests.counting import count_queries
from tests.services.contracts.test_who_sees import HOSTILE


@pytest.fixture
def contract(any_db, clock):
    store = f.store(name="Dockside")
    account = f.account(store_id=store.id, timezone="America/New_York")
    made = f.contract(account, store_id=store.id, number="R-20418", missed_payment_fee_minor=2500)
    f.line(
        made,
        description="Scissor lift",
        quantity=3,
        quantity_returned=1,
        rate_minor=24500,
        rate_period="week",
        due_back_at=datetime(2026, 11, 14, tzinfo=UTC),
        site="Pier 4",
    )
    f.line(made, description="Auger", quantity=1, quantity_returned=1)
    return made


def actor_of(contract, **contact):
    return f.consumer_actor(f.fetch(f.m.Account, id=contract.account_id), **contact)


@pytest.mark.requirement("S3-03")
def test_a_contract_shows_its_lines_with_what_is_out_and_overdue(contract):
    shown = contracts.contract_detail(actor_of(contract), number="R-20418")
    auger, lift = shown.items
    assert (lift.quantity, lift.returned, lift.out, lift.is_overdue) == (3, 1, 2, True)
    assert (lift.rate, lift.rate_period, lift.site) == (Money(24500, "USD"), "week", "Pier 4")
    assert (auger.out, auger.is_overdue, auger.rate) == (0, False, None)
    assert (shown.row.items_out, shown.row.store.name) == (2, "Dockside")
    assert (shown.zone, shown.missed_payment_fee) == ("America/New_York", Money(2500, "USD"))


@pytest.mark.parametrize("status", [ContractStatus.QUOTE, ContractStatus.CLOSED])
def test_nothing_is_out_or_overdue_unless_the_contract_is_in_force(any_db, clock, status):
    contract = f.contract(f.account(), status=status)
    f.line(contract, quantity=2, due_back_at=datetime(2026, 11, 1, tzinfo=UTC))
    (item,) = contracts.contract_detail(actor_of(contract), number=contract.number).items
    assert (item.out, item.is_overdue) == (0, False)


@pytest.mark.asvs("8.2.2")
def test_only_current_contacts_and_staff_of_the_brand_open_a_contract(contract):
    other = f.brand(key="orchard", name="Orchard")
    allowed = [actor_of(contract), actor_of(contract, role=ContactRole.BILLING), f.staff_actor()]
    strangers = [
        actor_of(contract, ends_on=date(2026, 11, 19)),
        f.consumer_actor(f.account()),
        f.consumer_actor(f.account(brand_id=other.id)),
        f.staff_actor(brand_id=other.id),
        ANONYMOUS,
    ]
    for actor in allowed:
        assert contracts.contract_detail(actor, number=contract.number).row.id == contract.id
        assert contracts.contract_by_id(actor, contract=contract.id).row.id == contract.id
    for actor in strangers:
        with pytest.raises(NotFound):
            contracts.contract_detail(actor, number=contract.number)
        with pytest.raises(NotFound):
            contracts.contract_by_id(actor, contract=contract.id)


def test_the_same_number_in_two_brands_opens_ones_own(any_db, clock):
    mine = f.contract(f.account(), number="R-1")
    other = f.brand(key="orchard", name="Orchard")
    f.contract(f.account(brand_id=other.id), number="R-1")
    assert contracts.contract_detail(actor_of(mine), number="R-1").row.id == mine.id
    assert contracts.contract_detail(f.staff_actor(), number="R-1").row.id == mine.id


@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_no_number_and_no_id_is_not_found(any_db, clock, value):
    actor = f.consumer_actor(f.account())
    with pytest.raises(NotFound):
        contracts.contract_detail(actor, number=value)
    with pytest.raises(NotFound):
        contracts.contract_by_id(actor, contract=value)


def test_a_contract_taken_back_by_the_feed_is_gone(any_db, clock):
    contract = f.contract(f.account(), ended_at=datetime(2026, 11, 2, tzinfo=UTC))
    with pytest.raises(NotFound):
        contracts.contract_detail(actor_of(contract), number=contract.number)


def test_a_contract_with_many_lines_takes_as_many_queries_as_one_with_few(any_db, contract):
    actor = actor_of(contract)

    def asked():
        with count_queries(any_db) as queries:
            contracts.contract_detail(actor, number=contract.number)
        return len(queries)

    few = asked()
    for _ in range(30):
        f.line(contract)
    assert asked() == few == 3


def test_every_status_of_every_kind_says_what_it_is_and_what_comes_next():
    for status in ContractStatus:
        for kind in ContractKind:
            for items_out in (0, 2):
                words = rules.status_words(status, kind, items_out=items_out)
                assert words.label
                assert words.next_step.endswith(".")
                assert words.tone in {"good", "warn", "bad", "info", "neutral"}
                assert rules.kind_label(status, kind)
