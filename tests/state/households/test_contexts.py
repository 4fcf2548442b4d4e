"""For whom one acts is a context: taken up on a page or by a link, and left again (S1-20)."""

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.errors import NotFound
from portal_app.services import access, cases, households
from portal_app.services.identity import Caller
from portal_app.state.base import PortalState
from portal_app.state.cases.list import CasesState
from portal_app.state.cases.opening import NewCaseState
from portal_app.state.cases.thread import CaseState
from portal_app.state.households.members import HouseholdState
from portal_app.state.identity.choose_account import ChooseAccountState
from portal_app.state.shell import ShellState
from tests import factories as f
from tests.services.households.conftest import fresh_key, make_family
from tests.state.tabs import Tab


@pytest.fixture
def family(db, clock):
    return make_family()


class Reader:
    """Somebody with a tab open, who is resolved anew before each event, as the guard does."""

    def __init__(self, actor):
        self.actor, self.tab = actor, Tab(households.tied(actor))

    async def call(self, handler, *args, at="", **params):
        session = f.fetch(m.PortalSession, id=self.actor.session_id)
        if at:
            self.tab.at(at, **params)
        self.tab.state(PortalState)._caller = Caller(
            actor=households.tied(self.actor),
            session_id=session.id,
            account_id=session.account_id or "",
            context=session.context,
        )
        return await self.tab.call(handler, *args)

    async def shell(self):
        await self.call(ShellState.refresh)
        return self.tab.state(ShellState).shell

    async def numbers(self):
        await self.call(CasesState.load, at="/cases")
        return {row.number for row in self.tab.state(CasesState).rows}


def about(family, person_id, opener=None) -> str:
    return cases.open_case(
        opener or family.agent, consumer=person_id, topic="payment", subject="Twice",
        description="It was taken twice.", household=family.home.id, key=fresh_key(),
    )  # fmt: skip


@pytest.mark.requirement("S1-20")
async def test_a_representative_takes_somebody_up_sees_their_cases_alone_and_goes_back(family):
    family.grant(areas={"cases": "act"})
    theirs = about(family, family.member.person_id)
    own = cases.open_case(
        family.outsider, topic="other", subject="Mine", description="My own.", key=fresh_key()
    )
    reader = Reader(family.outsider)
    assert await reader.numbers() == {own, theirs}
    await reader.call(ChooseAccountState.load, at="/choose-account")
    (row,) = reader.tab.state(ChooseAccountState).people
    await reader.call(ChooseAccountState.act_for, row.key)
    shell = await reader.shell()
    assert (shell.acting, shell.acting_for) == ("You are acting for", "Idris Aldous")
    assert await reader.numbers() == {theirs}
    assert reader.tab.state(CasesState).about == "Idris Aldous"
    await reader.call(NewCaseState.load, at="/cases/new")
    assert reader.tab.state(NewCaseState).view.consumer == family.member.person_id
    await reader.call(ShellState.act_for_myself)
    assert (await reader.shell()).acting_for == ""
    assert await reader.numbers() == {own, theirs}


@pytest.mark.requirement("S1-20")
async def test_a_link_to_a_case_says_for_whom_it_is_read_and_one_to_an_own_case_goes_back(family):
    theirs, own = about(family, family.member.person_id), about(family, family.head.person_id)
    reader = Reader(family.head)
    await reader.call(CaseState.load, at=f"/cases/{theirs}", number=theirs)
    shell = await reader.shell()
    assert (shell.acting_for, shell.has_context) == ("Idris Aldous", True)
    await reader.call(CaseState.load, at=f"/cases/{own}", number=own)
    assert (await reader.shell()).acting_for == ""
    # What is taken up stays, where it covers what is opened.
    access.choose_context(family.head, whom=f"household:{family.home.id}")
    await reader.call(CaseState.load, at=f"/cases/{theirs}", number=theirs)
    assert (await reader.shell()).acting_for == family.home.name


@pytest.mark.requirement("S1-20")
@pytest.mark.requirement("S1-14")
async def test_who_only_reads_is_not_said_to_act(family):
    theirs = about(family, family.head.person_id)
    reader = Reader(family.member)
    await reader.call(CaseState.load, at=f"/cases/{theirs}", number=theirs)
    shell = await reader.shell()
    assert (shell.acting, shell.acting_for) == (
        "You are looking at the cases of",
        family.home.name,
    )


@pytest.mark.requirement("S0-13")
@pytest.mark.requirement("S1-20")
async def test_what_is_decided_about_a_household_leads_to_it(family):
    number = family.ask_to_add(household=family.cottage.id)
    family.approve(number)
    told = f.fetch_all(m.Notification, person_id=family.head.person_id)[-1]
    assert told.link == f"/household?about={family.cottage.id}"
    reader = Reader(family.head)
    await reader.call(HouseholdState.load, at=told.link)
    assert (await reader.shell()).acting_for == family.cottage.name
    await reader.call(HouseholdState.load, at="/household?about=somebody-elses")
    assert (await reader.shell()).acting_for == family.cottage.name


@pytest.mark.requirement("S1-09")
@pytest.mark.requirement("S1-20")
async def test_what_is_taken_away_ends_in_open_tabs_at_once(family):
    grant = family.grant(areas={"cases": "act"})
    theirs = about(family, family.member.person_id)
    reader = Reader(family.outsider)
    access.choose_context(family.outsider, whom=f"person:{family.member.person_id}")
    await reader.shell()
    assert await reader.numbers() == {theirs}
    heard: set[str] = set()
    stop = live.on_announcement(heard.update)
    households.revoke_grant(family.member, grant=grant, key=fresh_key())
    stop()
    watching = {watcher.event.rpartition(".")[0] for watcher in live.watchers(heard)}
    assert any(name.endswith("shell_state") for name in watching)
    assert any(name.endswith("cases_state") for name in watching)
    await reader.call(CasesState.refresh)
    state = reader.tab.state(CasesState)
    assert (state.rows, state.about) == ([], "")
    assert (await reader.shell()).acting_for == ""
    assert f.fetch(m.PortalSession, id=family.outsider.session_id).context == ""
    with pytest.raises(NotFound):
        access.choose_context(family.outsider, whom=f"person:{family.member.person_id}")


@pytest.mark.requirement("S1-01")
@pytest.mark.requirement("S1-20")
async def test_nobody_acts_for_whom_they_may_not_nor_where_households_are_off(family):
    family.grant(areas={"contracts": "act"})
    for who, context in (
        (family.outsider, f"person:{family.member.person_id}"),
        (family.outsider, f"household:{family.home.id}"),
        (family.member, f"person:{family.head.person_id}"),
        (family.member, f"household:{family.cottage.id}"),
        (family.member, "person:"),
        (family.agent, ""),
    ):
        with pytest.raises(NotFound):
            access.choose_context(who, whom=context)
    access.choose_context(family.head, whom=f"household:{family.home.id}")
    f.switch("households", is_on=False)
    assert households.contexts(family.head) == ()
    reader = Reader(family.head)
    assert (await reader.shell()).acting_for == ""


@pytest.mark.requirement("S1-20")
async def test_the_account_follows_to_theirs_and_back_to_ones_own(family):
    own = f.account(name="Crowe & Co")
    f.contact(own, f.fetch(m.Person, id=family.outsider.person_id))
    theirs = f.account(name="Aldous family", has_service_contracts=True)
    f.contract(theirs, holder_id=family.member.person_id, kind=m.ContractKind.SERVICE_CONTRACT)
    family.grant(areas={"contracts": "view", "cases": "view"})
    reader = Reader(family.outsider)

    async def looked_at():
        shell = await reader.shell()
        account = f.fetch(m.PortalSession, id=family.outsider.session_id).account_id
        return account, shell.acting_for, shell.acting_note

    await reader.call(ChooseAccountState.act_for, f"person:{family.member.person_id}")
    assert await looked_at() == (theirs.id, "Idris Aldous", "")
    await reader.call(ShellState.act_for_myself)
    assert await looked_at() == (own.id, "", "")
    access.choose_account(households.tied(family.outsider), account=theirs.id)
    assert (await reader.shell()).has_context
    access.choose_account(households.tied(family.outsider), account=own.id)
    assert await looked_at() == (own.id, "", "")


@pytest.mark.requirement("S1-09")
@pytest.mark.requirement("S1-20")
@pytest.mark.parametrize(
    ("given", "leads_to", "acting_for"),
    [
        ({"areas": {"cases": "act"}}, "/cases?about={}", "Idris Aldous"),
        ({"areas": {"contracts": "view"}}, "/choose-account", ""),
        ({"areas": {"cases": "act"}, "starts_on": "2026-12-20"}, "/access", ""),
    ],
)
async def test_who_is_let_in_is_led_to_where_they_begin(family, given, leads_to, acting_for):
    family.grant(**given)
    told = f.fetch(m.Notification, topic="household.grant_given")
    assert told.link == leads_to.format(family.member.person_id)
    assert f.fetch(m.Notification, topic="household.grant_made").link == "/access"
    reader = Reader(family.outsider)
    if told.link.startswith("/cases"):
        await reader.call(CasesState.load, at=told.link)
        assert reader.tab.state(CasesState).about == acting_for
    # The frame has gone out with the page.
    assert reader.tab.state(ShellState).shell.acting_for == acting_for


@pytest.mark.requirement("S1-20")
async def test_a_link_about_somebody_one_may_not_act_for_changes_nothing(family):
    family.grant(areas={"cases": "act"})
    reader = Reader(family.outsider)
    await reader.call(CasesState.load, at=f"/cases?about={family.member.person_id}")
    for whom in (family.head.person_id, "nobody", "", "person:"):
        await reader.call(CasesState.load, at=f"/cases?about={whom}")
        assert reader.tab.state(CasesState).about == "Idris Aldous"
        assert reader.tab.state(PortalState).notice.title == ""


@pytest.mark.requirement("S1-20")
@pytest.mark.requirement("S1-21")
async def test_the_menu_counts_what_waits_in_the_context_that_one_acts_in(family):
    for person in (family.head.person_id, family.member.person_id, family.member.person_id):
        number = about(family, person)
        cases.take_up(family.agent, number=number, key=fresh_key())
        cases.request_info(family.agent, number=number, words="Which day?", key=fresh_key())
    reader = Reader(family.head)
    assert (await reader.shell()).cases == "3"
    for context, waiting in {
        f"person:{family.member.person_id}": "2",
        f"person:{family.child.id}": "",
        f"household:{family.home.id}": "3",
        f"household:{family.cottage.id}": "",
    }.items():
        access.choose_context(family.head, whom=context)
        assert (await reader.shell()).cases == waiting, context
        await reader.call(CasesState.load, at="/cases")
        assert reader.tab.state(CasesState).action_needed == waiting, context
    await reader.call(ShellState.act_for_myself)
    assert (await reader.shell()).cases == "3"
