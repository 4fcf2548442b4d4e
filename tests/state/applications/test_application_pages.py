"""The pages of applications, as tabs of staff and of customers see them."""

from dataclasses import replace

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import Role
from portal_app.core.settings import settings
from portal_app.services import applications, forms
from portal_app.state.applications.access import AccessCodeState, AccessState
from portal_app.state.applications.desk import ApplicationDeskState
from portal_app.state.applications.filling import (
    ApplicationsMineState,
    ApplicationState,
    FillingState,
)
from portal_app.state.applications.form_templates import FormTemplatesState
from portal_app.state.applications.list import ApplicationsState
from portal_app.state.applications.words import questions_left
from portal_app.state.shell import ShellState
from tests import factories as f
from tests.counting import count_queries
from tests.services.applications.test_answering import fill_in
from tests.services.applications.world import NUMBER, letters, make_desk
from tests.services.identity.people import change
from tests.state.tabs import Tab, path_of

DESK = f"/staff/applications/{NUMBER}"


@pytest.fixture
def desk(db, clock):
    return make_desk()


@pytest.fixture
async def staff(desk):
    tab = Tab(desk.agent).at(f"{DESK}?section=contacts&tab=centre", number=NUMBER)
    await tab.call(ApplicationDeskState.load)
    return tab


async def filling(desk, actor, form="personal", name="Ann"):
    party = desk.parties[name].id
    place = {"number": NUMBER, "form": form, "party": party}
    tab = Tab(actor).at(f"/applications/{NUMBER}/{form}/{party}", **place)
    await tab.call(FillingState.load)
    return tab, tab.state(FillingState)


def field(state, label):
    found = [
        state.changes.get(block.question.id, block.question)
        for block in state.blocks
        if not block.is_group
    ]
    return next(one for one in found if one.label.startswith(label))


@pytest.mark.requirement("S2-04")
@pytest.mark.requirement("S2-06")
async def test_staff_see_who_may_come_in_and_why_somebody_may_not(staff):
    state = staff.state(ApplicationDeskState)
    rows = {row.name: row for row in state.view.parties}
    assert rows["Dov Holloway"].missing == ["Only applicants and guarantors can be invited"]
    assert [one.label for one in state.view.invitable] == [
        "Ann Holloway", "Ben Holloway", "Cora Holloway",
    ]  # fmt: skip
    assert rows["Ann Holloway"].status == "No link yet"
    assert "can change each of them" in state.view.sharing_note


@pytest.mark.requirement("S2-16")
@pytest.mark.requirement("S2-20")
async def test_a_link_is_copied_and_shown_once_and_a_countdown_begins(staff, desk):
    state = staff.state(ApplicationDeskState)
    await staff.call(ApplicationDeskState.copy_link, desk.parties["Ann"].id)
    assert state.command["op"] == "copy"
    assert state.command["text"] == state.link
    (row, *_) = state.view.parties
    assert (row.status, row.is_enabled) == ("Link copied", True)
    assert row.until == "2026-11-27T15:00:00+00:00"
    await staff.call(ApplicationDeskState.forget_link)
    assert (state.link, letters()) == ("", [])


@pytest.mark.requirement("S2-12")
@pytest.mark.requirement("S2-15")
async def test_a_letter_is_looked_at_before_it_goes_and_a_broken_tag_is_named(staff, desk):
    state = staff.state(ApplicationDeskState)
    await staff.call(ApplicationDeskState.write)
    chosen = {f"to-{desk.parties[name].id}": "yes" for name in ("Ann", "Ben")}
    words = {"subject": state.letter.subject, "text": "No link"}
    await staff.call(ApplicationDeskState.preview, chosen | words)
    assert "portal_link" in state.field_problems["text"]
    await staff.call(ApplicationDeskState.preview, chosen | words | {"text": state.letter.text})
    assert state.letter.readers == "2 letters"
    assert "Hello Ann" in state.letter.preview_text
    await staff.call(ApplicationDeskState.change_letter)
    await staff.call(ApplicationDeskState.preview, chosen | words | {"text": state.letter.text})
    await staff.call(ApplicationDeskState.send)
    assert (len(letters()), state.letter.is_open) == (2, False)
    assert staff.said == "2 invitations on the way. Each link works for seven days."


@pytest.mark.requirement("S2-12")
async def test_a_letter_to_more_than_twenty_is_refused_beside_its_readers_and_stays(staff, desk):
    for n in range(19):
        mobile = f"+12185550{200 + n}"
        who = f.person(given_name=f"N{n}", email=f"n{n}@example.com", mobile_e164=mobile)
        f.party(desk.application, who, role=m.PartyRole.APPLICANT)
    await staff.call(ApplicationDeskState.refresh)
    state = staff.state(ApplicationDeskState)
    assert len(state.view.invitable) == 22
    await staff.call(ApplicationDeskState.write)
    typed = {"subject": "Hello", "text": "Come in: {{ portal_link }}"}
    everybody = {f"to-{one.value}": "yes" for one in state.view.invitable}
    before = state.letter
    await staff.call(ApplicationDeskState.preview, everybody | typed)
    assert "20 people at most" in state.field_problems["parties"]
    # Nothing is drawn anew: what was typed stands in the form as it was.
    assert (state.letter, letters()) == (before, [])
    twenty = dict(list(everybody.items())[:20])
    await staff.call(ApplicationDeskState.preview, twenty | typed)
    assert (state.field_problems, state.letter.readers) == ({}, "20 letters")
    # Were it refused only now, the words and the readers stand where they can be changed.
    state.letter = replace(state.letter, chosen=[*everybody.keys()])
    await staff.call(ApplicationDeskState.send)
    assert "20 people at most" in state.field_problems["parties"]
    assert (state.letter.is_open, state.letter.preview_text) == (True, "")
    assert (state.letter.subject, state.letter.text) == tuple(typed.values())
    assert letters() == []


@pytest.mark.requirement("S2-12")
@pytest.mark.parametrize(
    ("state", "status"),
    [
        (m.MessageState.FAILED, ("Email could not be sent", "bad")),
        (m.MessageState.SUPPRESSED, ("Email not sent: check the address", "bad")),
        (m.MessageState.SENT, ("Link sent", "info")),
    ],
)
async def test_what_became_of_a_letter_is_shown_beside_its_reader(staff, desk, state, status):
    desk.send("Ann")
    change(letters()[0], state=state)
    await staff.call(ApplicationDeskState.refresh)
    (row, *_) = staff.state(ApplicationDeskState).view.parties
    assert (row.status, row.tone) == status


async def test_staff_choose_forms_sharing_and_who_is_in(staff, desk):
    state = staff.state(ApplicationDeskState)
    party = desk.parties["Ben"].id
    await staff.call(ApplicationDeskState.set_access, party, True)
    assert f.fetch(m.ApplicationParty, id=party).portal_enabled
    await staff.call(ApplicationDeskState.set_access, party, False)
    assert not f.fetch(m.ApplicationParty, id=party).portal_enabled
    await staff.call(ApplicationDeskState.share, "income", False)
    income = next(one for one in state.view.sections if one.key == "income")
    assert (income.is_shared, income.status) == (False, "Not available")
    await staff.call(ApplicationDeskState.set_sharing, "own_sections")
    assert state.view.sharing == "own_sections"
    await staff.call(ApplicationDeskState.reopen, "")
    assert "nothing handed in" in state.problem
    await staff.call(ApplicationDeskState.pick_section, "details")
    await staff.call(ApplicationDeskState.pick_tab, "people")
    assert (state.section, state.tab) == ("details", "people")


async def test_the_list_finds_and_counts(desk):
    tab = Tab(desk.agent)
    await tab.call(ApplicationsState.load)
    state = tab.state(ApplicationsState)
    (row,) = state.rows
    assert (row.number, row.status, row.kind) == (NUMBER, "Nobody let in yet", "Mortgage")
    assert (state.counts.open, state.counts.submitted) == ("1", "0")
    await tab.call(ApplicationsState.look_for, "zed")
    assert state.rows == []


@pytest.mark.requirement("S2-07")
@pytest.mark.requirement("S2-08")
async def test_an_edit_comes_to_the_other_tab_with_a_name_and_a_time(desk, limiter, clock):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    one, mine = await filling(desk, ann)
    two, theirs = await filling(desk, ben)
    await one.call(FillingState.save, "family_name", "Holloway", 0)
    watching = live.watchers([applications.answers_topic(desk.application.id)])
    assert any("filling_state.refresh" in each.event for each in watching)
    await two.call(FillingState.refresh)
    seen = field(theirs, "Family name")
    assert (seen.value, seen.note) == ("Holloway", "Changed by Ann Holloway 15:00")
    assert field(mine, "Family name").note == "Changed by you 15:00"
    assert mine.view.progress == "2 questions left"


@pytest.mark.requirement("S2-08")
async def test_a_conflict_gives_a_choice_and_either_side_can_stay(desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    one, _ = await filling(desk, ann)
    two, theirs = await filling(desk, ben)
    await one.call(FillingState.save, "given_names", "Ann", 0)
    await one.call(FillingState.save, "family_name", "Holloway", 0)
    await two.call(FillingState.save, "given_names", "Anna", 0)
    await two.call(FillingState.save, "family_name", "Price", 0)
    asked = field(theirs, "Given names")
    assert asked.conflict == (
        "Ann Holloway wrote “Ann” at 15:00, while you were writing. Which one stays?"
    )
    await two.call(FillingState.keep_mine, "given_names")
    assert field(theirs, "Given names").value == "Anna"
    await two.call(FillingState.take_theirs, "family_name")
    left = field(theirs, "Family name")
    assert (left.value, left.conflict, left.taken) == ("Holloway", "", 1)


async def test_what_cannot_be_kept_is_said_beside_its_field_and_nothing_is_lost(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    tab, state = await filling(desk, ann, "income")
    await tab.call(FillingState.save, "salary", "a lot", 0)
    salary = field(state, "Salary")
    assert (salary.problem, salary.value, salary.round) == (
        "Write an amount, such as $1,234.50.", "", 1,
    )  # fmt: skip
    await tab.call(FillingState.save, "salary", "52,000", 0)
    salary = field(state, "Salary")
    assert (salary.problem, salary.value, salary.saved) == ("", "52000.00", "52,000")


async def test_rows_are_added_and_taken_off(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    tab, state = await filling(desk, ann, "employment")
    await tab.call(FillingState.add_row, "jobs")
    (jobs,) = [block for block in state.blocks if block.is_group]
    assert [row.title for row in jobs.rows] == ["Jobs: 1"]
    await tab.call(FillingState.remove_row, "jobs", 1)
    (jobs,) = [block for block in state.blocks if block.is_group]
    assert jobs.rows == []


@pytest.mark.requirement("S2-08")
async def test_whoever_writes_into_a_row_that_another_takes_off_is_told(desk, limiter):
    one, mine = await filling(desk, desk.let_in("Ann", limiter), "employment")
    two, _ = await filling(desk, desk.let_in("Ben", limiter), "employment")
    await one.call(FillingState.add_row, "jobs")
    await two.call(FillingState.remove_row, "jobs", 1)
    await one.call(FillingState.save, "jobs/1/employer", "Pier 7", 0)
    assert mine.problem == (
        "Ben Holloway has taken this entry away, so “Pier 7” was not kept. Add an entry again if "
        "it is needed."
    )


@pytest.mark.requirement("S2-08")
async def test_whoever_sees_their_own_part_alone_is_told_that_it_waits_for_the_others(
    desk, limiter
):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    applications.set_sharing(desk.agent, number=NUMBER, mode="own_sections", key="own")
    fill_in(desk, ann, "Ann")
    tab = Tab(ann).at(f"/applications/{NUMBER}", number=NUMBER)
    await tab.call(ApplicationState.load)
    state = tab.state(ApplicationState)
    assert (state.view.may_submit, state.view.go_on) == (False, "")
    assert state.view.next == (
        "Your part is complete. The others on this application still have questions to answer: it "
        "can be handed in once they have."
    )
    await tab.call(ApplicationState.submit, state.view.key)
    assert state.problem == state.view.next
    fill_in(desk, desk.let_in("Cora", limiter), "Cora")
    fill_in(desk, ben, "Ben")
    await tab.call(ApplicationState.refresh)
    assert state.view.may_submit


@pytest.mark.requirement("S2-21")
async def test_the_list_of_forms_says_what_is_missing_and_until_when(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    tab = Tab(ann).at(f"/applications/{NUMBER}", number=NUMBER)
    await tab.call(ApplicationState.load)
    state = tab.state(ApplicationState)
    assert [group.title for group in state.view.groups] == [
        "About you", "About Ben Holloway", "About Cora Holloway",
    ]  # fmt: skip
    assert state.view.until == "Your link works until 27 November 2026 at 15:00."
    assert (state.view.may_submit, state.view.asked) == (False, 39)
    await tab.call(ApplicationState.submit, state.view.key)
    assert "still open" in state.problem


@pytest.mark.requirement("S2-21")
async def test_one_persons_forms_stand_open_and_the_others_say_how_far_they_are(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    for name, value in (("given_names", "Ann"), ("family_name", "Holloway")):
        desk.save(ann, name, value)
    tab = Tab(ann).at(f"/applications/{NUMBER}", number=NUMBER)
    await tab.call(ApplicationState.load)
    view = tab.state(ApplicationState).view
    assert [one.is_open for one in view.groups] == [True, False, False]
    own = view.groups[0]
    assert (own.left, own.status) == ("11 questions left", "0 of 8 complete")
    assert own.tasks[0].progress == "1 question left"
    assert (view.go_on, view.go_on_href) == ("Personal details", own.tasks[0].href)
    desk.save(ann, "date_of_birth", "1990-05-04")
    await tab.call(ApplicationState.refresh)
    view = tab.state(ApplicationState).view
    assert (view.groups[0].tasks[0].progress, view.groups[0].status) == (
        "All answered", "1 of 8 complete",
    )  # fmt: skip
    assert view.go_on == "Contact details"


@pytest.mark.parametrize(
    ("done", "asked", "words"),
    [
        (0, 1, "1 question left"),
        (0, 2, "2 questions left"),
        (1, 1, "All answered"),
        (0, 0, "Nothing has to be answered"),
    ],
)
def test_how_much_is_left_is_said_as_people_say_it(done, asked, words):
    assert questions_left(done, asked) == words


@pytest.mark.requirement("S2-01")
async def test_a_guest_has_a_frame_of_one_thing_and_a_customer_an_entry(desk, limiter):
    guest = Tab(desk.let_in("Ann", limiter))
    await guest.call(ShellState.load)
    shell = guest.state(ShellState).shell
    assert (shell.is_guest, shell.has_applications, shell.has_rental) == (True, True, False)
    event = await guest.call(ApplicationsMineState.load)
    assert path_of(event) == f"/applications/{NUMBER}"
    ben = desk.signed_in("Ben")
    customer = Tab(ben)
    await customer.call(ApplicationsMineState.load)
    (row,) = customer.state(ApplicationsMineState).rows
    assert (row.number, row.status) == (NUMBER, "0% filled in")
    once = Tab(replace(ben, factors=1)).at(f"/applications/{NUMBER}", number=NUMBER)
    await once.call(ApplicationState.load)
    assert "second step" in once.state(ApplicationState).notice.body


@pytest.mark.requirement("S2-01")
async def test_older_applications_are_read_on_and_a_list_without_any_says_so(desk):
    ben = desk.signed_in("Ben")
    for _ in range(24):
        f.party(f.application(), desk.people["Ben"], portal_enabled=True)
    tab = Tab(ben)
    await tab.call(ApplicationsMineState.load)
    state = tab.state(ApplicationsMineState)
    assert (len(state.rows), state.has_more, state.found) == (20, True, "20 applications shown")
    await tab.call(ApplicationsMineState.more)
    assert (len({row.href for row in state.rows}), state.has_more) == (25, False)
    await tab.call(ApplicationsMineState.refresh)  # news leaves it as far down as it was read
    assert len(state.rows) == 25
    nobody = Tab(replace(ben, person_id=f.person().id))
    await nobody.call(ApplicationsMineState.load)
    state = nobody.state(ApplicationsMineState)
    assert (state.rows, state.is_loaded, state.has_more) == ([], True, False)


@pytest.mark.requirement("S2-02")
@pytest.mark.requirement("S2-10")
async def test_the_page_of_a_link_says_who_invites_or_what_to_do(desk, clock):
    token = desk.copy("Ann")
    tab = Tab(replace(desk.agent, kind="anonymous")).at(f"/i/{token}", token=token)
    await tab.call(AccessState.load)
    page = tab.state(AccessState).page
    assert (page.is_good, "ending 90" in page.text) == (True, True)
    clock.advance(days=7)
    await tab.call(AccessState.load)
    page = tab.state(AccessState).page
    assert (page.is_good, page.may_ask, page.title) == (False, True, "This link has run out")
    await tab.call(AccessCodeState.load)
    assert tab.state(AccessCodeState).sent == ""


async def test_the_list_of_forms_says_when_they_changed_in_the_portals_zone(db, clock, monkeypatch):
    there = settings().model_copy(update={"timezone": "America/Denver"})
    monkeypatch.setattr("portal_app.state.applications.form_views.settings", lambda: there)
    tab = Tab(f.staff_actor(Role.MANAGER))
    await tab.call(FormTemplatesState.start, {"title": "A", "kind": "questionnaire", "key": "k"})
    await tab.call(FormTemplatesState.load)
    (row,) = [one for one in tab.state(FormTemplatesState).rows if one.title == "A"]
    assert row.changed.endswith("20 November 2026 at 08:00")


@pytest.mark.requirement("S2-19")
async def test_a_manager_builds_a_questionnaire_on_a_page(db, clock):
    manager = f.staff_actor(Role.MANAGER)
    tab = Tab(manager)
    await tab.call(FormTemplatesState.load)
    state = tab.state(FormTemplatesState)
    assert len(state.rows) == 8
    await tab.call(
        FormTemplatesState.start, {"title": "House", "kind": "questionnaire", "key": "k"}
    )
    asked = {"label": "What kind?", "kind": "choice", "options": "Flat\nHouse", "required": "yes"}
    await tab.call(FormTemplatesState.put, asked)
    await tab.call(FormTemplatesState.put, {"label": "Rooms", "kind": "number"})
    await tab.call(FormTemplatesState.move, "rooms", "")
    assert [line.label for line in state.view.fields] == ["Rooms", "What kind?"]
    await tab.call(FormTemplatesState.pick, "rooms", "")
    await tab.call(FormTemplatesState.put, {"label": "How many rooms?", "kind": "number"})
    await tab.call(FormTemplatesState.save, {"title": "The house", "introduction": "Tell us."})
    await tab.call(FormTemplatesState.publish)
    assert (state.view.title, state.view.is_draft) == ("The house", False)
    await tab.call(FormTemplatesState.edit)
    await tab.call(FormTemplatesState.remove, "rooms", "")
    await tab.call(FormTemplatesState.retire)
    (row,) = [one for one in forms.form_rows(manager) if one.key == "house"]
    assert (row.number, row.draft) == (1, "")


async def test_a_page_takes_as_many_queries_for_many_answers_as_for_few(desk, limiter, db):
    ann = desk.let_in("Ann", limiter)

    def asked():
        with count_queries(db) as queries:
            applications.tasks(ann, number=NUMBER)
            desk.read(ann)
        return len(queries)

    def saving(version):
        with count_queries(db) as queries:
            desk.save(ann, "citizen", "no" if version % 2 else "yes", version)
        return len(queries)

    saving(0)
    few, few_saving = asked(), saving(1)
    fill_in(desk, ann, "Ann", "Ben", "Cora")
    assert asked() == few <= 16
    assert saving(2) == few_saving <= 10
