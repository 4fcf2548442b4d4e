"""Photos and papers of a case, on the customer's page and on the staff's sheet (S1-16)."""

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.models import database
from portal_app.services import cases, uploads
from portal_app.services.cases.rules.forms import form_of
from portal_app.state.cases.on_behalf import OnBehalfState
from portal_app.state.cases.opening import NewCaseState
from portal_app.state.cases.queue import CaseQueueState
from portal_app.state.cases.thread import CaseState
from tests import factories as f
from tests.counting import count_queries
from tests.services.cases.conftest import make_home
from tests.services.uploads import rows
from tests.state.tabs import Tab

STATES = m.UploadState


@pytest.fixture
def home(db, clock):
    return make_home()


def kept(home, number, who="member", **given):
    sender = home.who(who)
    return rows.upload(
        home.case(number), sender.user_id, given.pop("state", STATES.IMPORTED),
        owner_type="case", purpose=cases.ATTACHMENT.key, **given,
    )  # fmt: skip


async def page_of(home, number, who="member"):
    tab = Tab(home.actors[who]).at(f"/cases/{number}", number=number)
    await tab.call(CaseState.load)
    return tab, tab.state(CaseState).case


async def sheet_of(home, number):
    tab = Tab(home.agent).at(f"/staff/cases?open={number}")
    await tab.call(CaseQueueState.load)
    return tab, tab.state(CaseQueueState).sheet


@pytest.mark.requirement("S1-16")
async def test_whoever_may_write_is_offered_to_attach_until_the_case_is_closed(home):
    number = home.open()
    for who, may in {"member": True, "head": True, "representative": True, "child": False}.items():
        _, case = await page_of(home, number, who)
        assert case.may_attach is may, who
    _, sheet = await sheet_of(home, number)
    assert sheet.may_attach
    assert sheet.rules.purpose == case.rules.purpose == "case_attachment"
    assert "PDF" in sheet.rules.names
    home.do(cases.close_case, number)
    for _, shown in (await page_of(home, number), await sheet_of(home, number)):
        assert not shown.may_attach


@pytest.mark.requirement("S1-16")
async def test_files_are_listed_on_both_sides_and_only_staff_read_who_of_them_sent_one(home):
    number = home.open()
    kept(home, number, name="invoice.pdf")
    kept(home, number, "agent", name="answer.pdf", by_staff=True, uploaded_by_name=home.agent.name)
    kept(home, number, name="virus.pdf", state=STATES.REJECTED, reason="It holds a virus.")
    _, case = await page_of(home, number)
    _, sheet = await sheet_of(home, number)
    for shown in (case, sheet):
        assert [(one.name, one.status, bool(one.href)) for one in shown.files] == [
            ("invoice.pdf", "Received", True),
            ("answer.pdf", "Received", True),
            ("virus.pdf", "Refused", False),
        ]
    assert "sent by our team" in case.files[1].meta
    assert home.agent.name not in case.files[1].meta
    assert f"sent by {home.agent.name}" in sheet.files[1].meta
    _, case = await page_of(home, number, "head")
    assert [one.name for one in case.files] == ["invoice.pdf", "answer.pdf"]


async def test_both_pages_follow_what_becomes_of_a_file(home):
    number = home.open()
    document = kept(home, number, state=STATES.RECEIVED)
    topic = uploads.topic_of("case", home.case(number).id)
    tab, case = await page_of(home, number)
    assert any("case_state.refresh" in watcher.event for watcher in live.watchers([topic]))
    desk, sheet = await sheet_of(home, number)
    assert any("case_queue_state.refresh" in watcher.event for watcher in live.watchers([topic]))
    assert case.files[0].status == sheet.files[0].status == "Being checked"
    held = f.fetch(m.Document, id=document)
    held.state = STATES.IMPORTED
    f._save(held)
    await tab.call(CaseState.refresh)
    await desk.call(CaseQueueState.refresh)
    assert tab.state(CaseState).case.files[0].status == "Received"
    assert desk.state(CaseQueueState).sheet.files[0].status == "Received"


async def test_twenty_files_take_as_many_questions_as_one(home):
    number = home.open()
    kept(home, number)
    with count_queries(database.engine()) as few:
        await page_of(home, number)
    for _ in range(19):
        kept(home, number)
    with count_queries(database.engine()) as many:
        await page_of(home, number)
    assert len(many) == len(few)


@pytest.mark.requirement("S1-16")
async def test_the_forms_for_a_new_case_list_what_was_sent_with_them_and_follow_it(home):
    about = home.people["member"].id
    pages = {
        "member": (NewCaseState, "/cases/new", {}),
        "agent": (OnBehalfState, f"/staff/cases/new?person={about}", {}),
    }
    for who, (state, path, given) in pages.items():
        tab = Tab(home.who(who)).at(path, **given)
        await tab.call(state.load)
        view = tab.state(state).view
        assert (view.rules.purpose, view.files) == ("case_form_attachment", [])
        form = uploads.Owner(form_of(home.who(who), view.key), home.who(who).brand)
        sent = rows.upload(form, home.who(who).user_id, STATES.IMPORTED, owner_type="case_form",
                           purpose="case_form_attachment", is_visible=False)  # fmt: skip
        assert live.watchers([f"files:case_form:{form.id}"]), "the page follows its files"
        await tab.call(state.refresh)
        assert [one.id for one in tab.state(state).view.files] == [sent]
        key = tab.state(state).view.key
        await tab.call(state.take_off, sent)
        assert (tab.state(state).view.files, tab.state(state).view.key) == ([], key)
        await tab.call(state.take_off, "somebody-elses")
        assert tab.state(state).problem
        await tab.call(state.load)
        assert tab.state(state).view.files == []
        assert tab.state(state).view.key != key
