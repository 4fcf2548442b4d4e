"""A proposal in words, for its applicant and for staff (S4-14)."""

import json
from dataclasses import asdict

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.services import applications
from portal_app.state.applications.filling import ApplicationState
from portal_app.state.base import PortalState
from portal_app.state.proposals.desk import ApplicationLogState, ApplicationPapersState
from portal_app.state.proposals.own import ProposalState
from tests import factories as f
from tests.services.proposals.conftest import LABEL, make_deal, store  # noqa: F401
from tests.services.proposals.test_proposal import set_shown
from tests.services.uploads.conftest import Finds
from tests.state.tabs import Tab


@pytest.fixture
def deal(db, clock, store):  # noqa: F811
    return make_deal(store)


async def opened(actor, deal, state=ProposalState, base="/applications"):
    tab = Tab(actor).at(f"{base}/{deal.number}", number=deal.number)
    await tab.call(state.load)
    return tab, tab.state(state)


async def desk(deal, state):
    return await opened(deal.clerk, deal, state, "/staff/applications")


def rows(fields):
    return {one.label: " ".join(one.lines) for one in fields}


@pytest.mark.requirement("S4-26")
@pytest.mark.requirement("S4-27")
async def test_vehicle_and_finance_read_as_people_write_them(deal):
    _, state = await opened(deal.rosa, deal)
    assert rows(state.proposal.vehicle) == {
        "Make and model": "Volvo V60", "Model variant": "T6 Recharge",
        "Fuel type": "Plug-in hybrid", "Colour": "Pine grey", "Doors": "5",
        "Transmission type": "Automatic", "Engine size": "1969 cc", "Mileage": "18,250",
        "Registration number": "7ABC123",
    }  # fmt: skip
    assert rows(state.proposal.finance) == {
        "Finance type": "Hire purchase", "Rate": "6.125%", "Finance term": "48 months",
        "Total cash price": "$34,500.00", "Deposit": "$5,000.00", "Part exchange": "$2,500.00",
        "Cash": "$2,500.00", "Settlement": "$0.00", "Balance to finance": "$29,500.00",
        "Registration fee": "$350.00", "Balloon": "$9,000.00",
    }  # fmt: skip


@pytest.mark.requirement("S4-13")
async def test_what_is_not_there_says_so_and_where_to_supply_it(deal):
    _, state = await opened(deal.rosa, deal)
    missing = {one.label: one.href for one in state.proposal.customer if one.is_missing}
    assert missing == {"Address": "/profile/address", "Phone": ""}
    assert rows(state.proposal.customer)["Date of birth"] == "4 May 1990"
    assert rows(state.proposal.customer)["Mobile"] == "(813) 555-0123"


@pytest.mark.requirement("S4-11")
async def test_what_is_not_ticked_is_in_no_variable_of_the_page(deal):
    set_shown(vehicle__mileage=False, finance__balloon=False, customer__mobile=False)
    tab, _ = await opened(deal.rosa, deal)
    sent = json.dumps(tab.state(ProposalState).dict(), default=lambda one: asdict(one))
    assert "Volvo" in sent
    for hidden in ("18,250", "18250", "9,000.00", "555-0123", "Mileage", "Balloon"):
        assert hidden not in sent


@pytest.mark.requirement("S4-25")
async def test_a_message_that_is_sent_closes_its_dialog_and_says_so(deal):
    tab, state = await opened(deal.rosa, deal)
    await tab.call(ProposalState.open, "message")
    assert state.dialog == "message"
    form = {"number": deal.number, "key": state.proposal.key, "words": "When can I collect it?"}
    await tab.call(ProposalState.send, form)
    assert state.dialog == "" and tab.said == "Your message is sent. We answer here."
    assert [one.words for one in state.proposal.said] == ["When can I collect it?"]


@pytest.mark.requirement("S4-24")
async def test_an_empty_message_stays_in_its_dialog(deal):
    tab, state = await opened(deal.rosa, deal)
    await tab.call(ProposalState.open, "message")
    form = {"number": deal.number, "key": state.proposal.key, "words": "  "}
    await tab.call(ProposalState.send, form)
    assert state.dialog == "message"
    assert state.field_problems == {"words": "Write something first."}


@pytest.mark.requirement("S4-24")
async def test_staff_answer_in_the_log_and_the_customer_reads_it(deal):
    deal.say("When can I collect it?")
    tab, log = await desk(deal, ApplicationLogState)
    assert [(one.who, one.words) for one in log.view.said] == [
        ("Rosa Lindqvist", "When can I collect it?")
    ]
    form = {"number": deal.number, "key": log.view.key, "words": "On Friday."}
    await tab.call(ApplicationLogState.send, form)
    _, state = await opened(deal.rosa, deal)
    assert state.proposal.said[-1].words == "On Friday."
    assert state.proposal.said[-1].side == "team"


@pytest.mark.requirement("S4-23")
async def test_documents_that_have_all_arrived_close_their_dialog(deal):
    tab, state = await opened(deal.rosa, deal)
    await tab.call(ProposalState.open, "documents")
    await tab.call(ProposalState.choose, LABEL)
    await tab.call(ProposalState.all_sent)
    assert (state.dialog, state.label) == ("", "")
    assert tab.said.startswith("Everything is sent.")


@pytest.mark.requirement("S4-22")
@pytest.mark.requirement("S4-28")
async def test_staff_find_what_came_among_imported_documents_and_tick_what_is_shown(deal):
    document = deal.sent()
    tab, papers = await desk(deal, ApplicationPapersState)
    (row,) = papers.view.imported
    assert (row.file.status, row.file.href, row.is_ready) == ("Being checked", "", False)
    assert papers.view.archive == ""
    deal.check(document)
    await tab.call(ApplicationPapersState.refresh)
    (row,) = papers.view.imported
    assert row.is_ready and not row.is_visible and row.file.href
    assert papers.view.archive == f"/files/applications/{deal.number}"
    await tab.call(ApplicationPapersState.show, document)
    assert papers.view.imported[0].is_visible
    _, theirs = await opened(deal.guarantor, deal)
    assert [one.id for one in theirs.proposal.files] == [document]
    await tab.call(ApplicationPapersState.hide, document)
    await theirs_refreshed(theirs, deal, [])


async def theirs_refreshed(state, deal, expected):
    _, again = await opened(deal.guarantor, deal)
    assert [one.id for one in again.proposal.files] == expected


@pytest.mark.requirement("S4-31")
async def test_what_is_asked_for_is_looked_at_and_answered_in_words(deal):
    tab, papers = await desk(deal, ApplicationPapersState)
    form = {"number": deal.number, "label": LABEL, "key": papers.view.key}
    await tab.call(ApplicationPapersState.ask_for, form)
    _, state = await opened(deal.rosa, deal)
    assert [(one.label, one.status) for one in state.proposal.asked] == [(LABEL, "Please send")]
    deal.sent()
    await tab.call(ApplicationPapersState.refresh)
    (row,) = papers.view.asked
    assert row.is_here
    await tab.call(ApplicationPapersState.turn_down, {"request": row.id, "reason": ""})
    assert papers.field_problems == {"reason": "Say why: the customer reads it."}
    await tab.call(ApplicationPapersState.turn_down, {"request": row.id, "reason": "Too dark."})
    _, state = await opened(deal.rosa, deal)
    assert [(one.status, one.next) for one in state.proposal.asked] == [
        ("Send another", "Too dark.")
    ]


@pytest.mark.requirement("S4-31")
async def test_both_sides_read_that_a_refused_file_is_asked_for_again(deal):
    deal.ask_for()
    document = deal.sent()
    tab, papers = await desk(deal, ApplicationPapersState)
    deal.check(document, Finds())
    await tab.call(ApplicationPapersState.refresh)
    (row,) = papers.view.asked
    assert (row.status, "harmful" in row.next, row.is_here) == ("Asked for again", True, False)
    assert tab.said == f"{LABEL} has been asked for again: the file did not pass the check."
    _, state = await opened(deal.rosa, deal)
    (theirs,) = state.proposal.asked
    assert (theirs.status, "harmful" in theirs.next) == ("Please send", True)


@pytest.mark.requirement("S4-16")
async def test_the_switches_of_the_proposal_are_those_of_the_privacy_page(deal):
    tab, state = await opened(deal.rosa, deal)
    await tab.call(ProposalState.agree, "post", state.proposal.ways[3].key)
    way, untouched = state.proposal.ways[3], state.proposal.ways[0]
    assert way.is_on
    assert way.href == f"/files/consents/{f.fetch(m.ConsentEvent).receipt_no}"
    assert (untouched.receipt, untouched.href) == ("", "")
    assert "beside it" in tab.said
    assert f.fetch(m.ConsentEvent).person_id == deal.rosa.person_id


async def test_strangers_see_that_there_is_nothing(deal):
    tab, state = await opened(f.consumer_actor(f.account()), deal)
    assert tab.state(PortalState).notice.title == "Page not found"
    assert state.proposal.number == ""


@pytest.mark.requirement("S2-07")
@pytest.mark.requirement("S2-19")
async def test_the_forms_and_the_proposal_on_one_page_are_both_followed(deal):
    tab, _ = await opened(deal.rosa, deal)
    await tab.call(ApplicationState.load)
    await tab.call(ProposalState.refresh)
    told = {each.event for each in live.watchers([f"application:{deal.application.id}"])}
    assert {one.rpartition(".")[0].rpartition("____")[2] for one in told} == {
        "application_state", "proposal_state",
    }  # fmt: skip
    # What is answered concerns the forms alone.
    answers = live.watchers([applications.answers_topic(deal.application.id)])
    assert {one.event for one in answers} < told
