"""Acting for somebody: every page says so, links follow, and it ends in open tabs as well."""

from dataclasses import replace

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.services import contracts, households
from portal_app.services.identity import Caller
from portal_app.state.base import PortalState
from portal_app.state.contracts.details import ContractState
from portal_app.state.identity.choose_account import ChooseAccountState
from portal_app.state.shell import ShellState
from tests import factories as f
from tests.services.households.conftest import make_family
from tests.state.tabs import Tab

SERVICE = {"kind": m.ContractKind.SERVICE_CONTRACT}


@pytest.fixture
def family(db, clock):
    return make_family()


@pytest.fixture
def contract(family) -> m.Contract:
    """Of Idris, on an account that opens by its service contracts."""
    account = f.account(name="Aldous family", number="10503", has_service_contracts=True)
    return f.contract(account, holder_id=family.member.person_id, **SERVICE)


def opened(family, account=""):
    """A tab of Wanda's, who is resolved anew as the guard does before each event."""
    tab = Tab(households.tied(family.outsider), account)
    return tab, tab.state(PortalState)


def again(family, state, who="outsider"):
    """Resolve the caller as the guard does."""
    session = f.fetch(m.PortalSession, id=getattr(family, who).session_id)
    actor = households.tied(getattr(family, who))
    account, context = session.account_id or "", session.context
    state._caller = Caller(actor=actor, account_id=account, context=context)


@pytest.mark.requirement("S1-09")
async def test_link_to_a_contract_leads_to_its_account_and_the_frame_says_for_whom(
    family, contract
):
    own = f.account(name="Crowe & Co")
    f.contact(own, f.fetch(m.Person, id=family.outsider.person_id))
    family.grant(areas={"contracts": "view"})
    tab, state = opened(family, own.id)
    await tab.call(ShellState.load)
    shell = tab.state(ShellState).shell
    assert (shell.acting_for, shell.may_act, shell.has_several_accounts) == ("", True, True)
    tab.at(f"/contracts/{contract.number}", number=contract.number)
    await tab.call(ContractState.load)
    view = tab.state(ContractState).view
    assert view.entry.number == contract.number
    assert not view.payments.is_there
    # The frame goes out with the page, not after it.
    assert tab.state(ShellState).shell.acting_for == "Idris Aldous"
    assert tab.state(ShellState).shell.sub == "Account 10503"
    heard = live.watchers([f"user:{family.outsider.user_id}"])
    assert any("shell_state.refresh" in watcher.event for watcher in heard)
    again(family, state)
    assert state._account == contract.account_id
    assert tab.state(ShellState).shell.acting_for == "Idris Aldous"


@pytest.mark.requirement("S1-09")
async def test_people_to_act_for_stand_among_the_accounts_to_choose(family, contract):
    family.grant(areas={"contracts": "view"})
    tab, _ = opened(family)
    await tab.call(ChooseAccountState.load)
    (row,) = tab.state(ChooseAccountState).rows
    assert row.number == "Acting for Idris Aldous · Account 10503"


@pytest.mark.requirement("S1-09")
async def test_open_page_closes_when_it_is_taken_away_and_ones_own_account_comes_back(
    family, contract
):
    own = f.account(name="Crowe & Co")
    f.contact(own, f.fetch(m.Person, id=family.outsider.person_id))
    grant = family.grant(areas={"contracts": "view"})
    tab, state = opened(family, contract.account_id)
    tab.at(f"/contracts/{contract.number}", number=contract.number)
    await tab.call(ContractState.load)
    await tab.call(ShellState.load)
    heard: set[str] = set()
    stop = live.on_announcement(heard.update)
    households.revoke_grant(family.member, grant=grant, key="k")
    stop()
    watching = {watcher.event.rpartition(".")[0] for watcher in live.watchers(heard)}
    assert any(name.endswith("contract_state") for name in watching)
    assert any(name.endswith("shell_state") for name in watching)
    state._caller = replace(state._caller, actor=households.tied(family.outsider))
    await tab.call(ContractState.refresh)
    assert state.notice.title == "Page not found"
    assert tab.state(ContractState).view.entry.number == ""
    await tab.call(ShellState.refresh)
    again(family, state)
    assert state._account == own.id
    assert [one.id for one in contracts.accounts_of(state._actor)] == [own.id]


@pytest.mark.requirement("S1-20")
async def test_people_and_households_stand_beside_the_accounts_and_lead_to_their_cases(family):
    family.grant(areas={"cases": "act"})
    tab, _ = opened(family)
    await tab.call(ShellState.load)
    assert tab.state(ShellState).shell.may_act
    await tab.call(ChooseAccountState.load)
    state = tab.state(ChooseAccountState)
    (row,) = state.people
    assert (row.name, row.key) == ("Idris Aldous", f"person:{family.member.person_id}")
    assert row.what == "You may see their cases, and act in them."
    assert (state.rows, state.homes) == ([], [])
    head = Tab(households.tied(family.head))
    await head.call(ChooseAccountState.load)
    state = head.state(ChooseAccountState)
    assert "Idris Aldous" in {one.name for one in state.people}
    assert state.homes[0].what.startswith("Head of the household")


@pytest.mark.requirement("S1-20")
async def test_whom_one_acts_for_no_longer_goes_from_the_open_page_at_once(family):
    grant = family.grant(areas={"cases": "act"})
    tab, state = opened(family)
    await tab.call(ChooseAccountState.load)
    heard: set[str] = set()
    stop = live.on_announcement(heard.update)
    households.revoke_grant(family.member, grant=grant, key="k")
    stop()
    watching = {watcher.event.rpartition(".")[0] for watcher in live.watchers(heard)}
    assert any(name.endswith("choose_account_state") for name in watching)
    state._caller = replace(state._caller, actor=households.tied(family.outsider))
    await tab.call(ChooseAccountState.refresh)
    assert tab.state(ChooseAccountState).people == []
