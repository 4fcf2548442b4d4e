"""What the parties filled in, as a tab of staff sees it while it is written."""

import pytest

from portal_app.core import live
from portal_app.services import applications
from portal_app.state.applications.answers import ApplicationAnswersState
from tests.services.applications.world import NUMBER, fresh_key, make_desk
from tests.services.identity.people import change
from tests.state.tabs import Tab


@pytest.fixture
def desk(db, clock):
    return make_desk()


@pytest.fixture
async def staff(desk):
    tab = Tab(desk.agent).at(f"/staff/applications/{NUMBER}?section=answers", number=NUMBER)
    await tab.call(ApplicationAnswersState.load)
    return tab


async def look_into(staff, title):
    """Open a form of the first party's, as it stands now."""
    await staff.call(ApplicationAnswersState.refresh)
    sheets = staff.state(ApplicationAnswersState).view.parties[0].sheets
    form = next(one.id for one in sheets if one.title == title)
    await staff.call(ApplicationAnswersState.look_into, form)


async def test_a_tab_is_sent_the_answers_of_the_forms_that_were_looked_into_and_no_others(
    staff, desk, limiter
):
    state = staff.state(ApplicationAnswersState)
    desk.save(desk.let_in("Ann", limiter), "family_name", "Holloway")
    await staff.call(ApplicationAnswersState.refresh)
    assert not any(sheet.answers for party in state.view.parties for sheet in party.sheets)
    await look_into(staff, "Personal details")
    shown = [s.title for party in state.view.parties for s in party.sheets if s.answers]
    assert shown == ["Personal details"]
    state._clean()
    for odd in (None, [], {}, "personal/of-nobody", 7):
        await staff.call(ApplicationAnswersState.look_into, odd)
    await staff.call(ApplicationAnswersState.refresh)
    assert "view" not in state.dirty_vars
    await staff.call(ApplicationAnswersState.load)
    assert not any(sheet.answers for party in state.view.parties for sheet in party.sheets)


@pytest.mark.requirement("S2-07")
@pytest.mark.requirement("S2-08")
async def test_answers_appear_as_they_are_written_with_a_name_and_a_time(staff, desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    watching = live.watchers([applications.answers_topic(desk.application.id)])
    assert any("answers_state.refresh" in each.event for each in watching)
    desk.save(ann, "family_name", "Holloway")
    desk.save(ben, "family_name", "", 1)
    desk.save(ben, "given_names", "Ann")
    await look_into(staff, "Personal details")
    sheet = staff.state(ApplicationAnswersState).view.parties[0].sheets[0]
    assert (sheet.title, sheet.status, sheet.progress) == (
        "Personal details",
        "Begun",
        "2 questions left",
    )
    given, family, born, *_ = sheet.answers
    assert (given.label, given.value, given.changed) == (
        "Given names", "Ann", "Changed by Ben Holloway 15:00",
    )  # fmt: skip
    assert (family.value, family.changed) == ("Not provided", "Changed by Ben Holloway 15:00")
    assert (born.value, born.changed, born.is_missing) == ("Not provided", "", True)


@pytest.mark.requirement("S2-21")
async def test_each_party_has_their_forms_together_and_rows_say_which_they_are(
    staff, desk, limiter
):
    ann = desk.let_in("Ann", limiter)
    place = {"number": NUMBER, "form": "employment", "party": desk.parties["Ann"].id}
    applications.add_row(ann, **place, group="jobs", key=fresh_key())
    await look_into(staff, "Employment")
    parties = staff.state(ApplicationAnswersState).view.parties
    assert [(one.title, len(one.sheets)) for one in parties] == [
        ("Ann Holloway", 8), ("Ben Holloway", 8), ("Cora Holloway", 8),
    ]  # fmt: skip
    work = next(one for one in parties[0].sheets if one.title == "Employment")
    jobs = next(one for one in work.answers if one.label.startswith("Jobs"))
    assert jobs.label == "Jobs 1: Employer, or the name of your business"


async def test_an_application_without_forms_says_so(staff, desk):
    state = staff.state(ApplicationAnswersState)
    for sheet in applications.answers(desk.agent, number=NUMBER).sheets[:8]:
        given = {"number": NUMBER, "form": sheet.task.form, "is_on": False}
        applications.share_form(desk.agent, **given, key=fresh_key())
    await staff.call(ApplicationAnswersState.refresh)
    assert (state.view.parties, state.is_loaded) == ([], True)


async def test_one_that_is_not_there_is_a_page_not_found(desk):
    change(desk.application, number="MA-9")
    tab = Tab(desk.agent).at(f"/staff/applications/{NUMBER}", number=NUMBER)
    await tab.call(ApplicationAnswersState.load)
    state = tab.state(ApplicationAnswersState)
    assert (state.is_loaded, state.notice.title) == (False, "Page not found")
