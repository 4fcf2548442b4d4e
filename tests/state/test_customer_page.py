"""The page of one customer: what keeps them out, and the click that mends it."""

import pytest

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.state.customers.detail import CustomerState
from tests import factories as f
from tests.services.access.customers import candidate, change, evaluate, state
from tests.state.tabs import Tab

P = m.PortalAccess


async def opened(actor, account) -> Tab:
    tab = Tab(actor).at(f"/staff/customers/{account.number}", number=account.number)
    await tab.call(CustomerState.load)
    return tab


@pytest.fixture
def ready(db, licensed, clock):
    account = candidate()
    evaluate(account)
    assert state(account) is P.READY_UNPUBLISHED
    return account


@pytest.mark.requirement("S3-10")
async def test_a_customer_who_is_ready_is_published_with_one_click(ready):
    tab = await opened(f.staff_actor(Role.MANAGER), ready)
    assert tab.state(CustomerState).page.may_publish
    key = tab.state(CustomerState).page.publish_key
    for _press in range(2):
        await tab.call(CustomerState.publish, key)
        assert tab.said == "Updated. 1 account opened."
    assert state(ready) is P.REGISTRABLE
    page = tab.state(CustomerState).page
    assert (page.label, page.may_publish) == ("May register", False)
    assert len(f.fetch_all(m.SyncRun)) == 1


@pytest.mark.requirement("S3-10")
async def test_only_who_may_publish_is_offered_it_and_only_where_it_helps(ready):
    agent = await opened(f.staff_actor(Role.AGENT), ready)
    assert not agent.state(CustomerState).page.may_publish
    change(ready, web_portal_enabled=False)
    evaluate(ready)
    manager = await opened(f.staff_actor(Role.MANAGER), ready)
    assert not manager.state(CustomerState).page.may_publish


@pytest.mark.requirement("S3-05")
async def test_a_number_that_another_account_has_gives_way_to_the_owners_own(db, licensed, clock):
    first = f.account(number="A-first", main_phone_e164="+18135554242")
    account = candidate()
    change(f.fetch(m.Person), mobile_e164="+18135558080")
    evaluate(account)
    tab = await opened(f.staff_actor(), account)
    (shared,) = [row for row in tab.state(CustomerState).page.checks if not row.is_met]
    assert first.number in shared.hint
    assert (shared.fix, shared.fix_label) == (
        "owners_phone",
        "Use the owner's number: +18135558080",
    )
    for _press in range(2):
        await tab.call(CustomerState.fix, shared.fix, shared.key)
        assert (tab.state(CustomerState).problem, tab.said) == ("", "Done.")
    assert state(account) is P.READY_UNPUBLISHED
    assert all(row.is_met for row in tab.state(CustomerState).page.checks)


async def test_a_number_that_the_owner_shares_as_well_is_no_way_out(db, licensed, clock):
    f.account(main_phone_e164="+18135554242")
    account = candidate()
    change(f.fetch(m.Person), mobile_e164="+18135554242")
    evaluate(account)
    tab = await opened(f.staff_actor(), account)
    assert [row.fix for row in tab.state(CustomerState).page.checks if not row.is_met] == [""]
