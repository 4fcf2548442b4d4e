"""Building forms: in drafts, by managers, in versions that leave answers alone."""

import pytest

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.services import applications, forms
from portal_app.services.forms import FieldKind
from tests import factories as f
from tests.services.applications.world import NUMBER, fresh_key, make_desk


@pytest.fixture
def manager(any_db, clock):
    actor = f.staff_actor(Role.MANAGER)
    forms.prepare_forms(actor)
    return actor


def build(manager, *questions, title="About the house", kind="questionnaire"):
    """A draft with these questions, each a mapping."""
    made = forms.start_form(manager, title=title, kind=kind, key=fresh_key())
    for one in questions:
        put(manager, made, **one)
    return made


def put(manager, template, *, field="", group="", **question):
    given = {"label": "Question", "kind": "text"} | question
    version = forms.form_sheet(manager, template=template).version
    forms.put_field(
        manager, template=template, field=field, group=group, question=given,
        version=version, key=fresh_key(),
    )  # fmt: skip


def do(command, manager, template, **given):
    version = forms.form_sheet(manager, template=template).version
    command(manager, template=template, **{"version": version, "key": fresh_key()} | given)


def test_a_brand_begins_with_the_standard_sections_once(manager):
    forms.prepare_forms(manager)
    rows = forms.form_rows(manager)
    assert [one.title for one in rows] == [
        "Personal details", "Contact details", "Addresses", "Employment", "Income", "Expenses",
        "Assets", "Liabilities",
    ]  # fmt: skip
    assert {(one.number, one.draft) for one in rows} == {(1, "")}


@pytest.mark.requirement("S2-19")
def test_a_questionnaire_is_built_and_shared_and_answered_for_the_application(manager, limiter):
    desk = make_desk()
    made = build(
        manager,
        {"label": "What kind of house is it?", "kind": "choice", "options": "Flat\nHouse",
         "required": True},
        {"label": "People who will live there", "kind": "group"},
    )  # fmt: skip
    put(manager, made, group="people_who_will_live_there", label="Name", required=True)
    do(forms.publish_form, manager, made)
    ann = desk.let_in("Ann", limiter)
    assert applications.tasks(ann, number=NUMBER).questionnaires == ()
    share = {"number": NUMBER, "form": "about_the_house", "is_on": True}
    applications.share_form(desk.agent, **share, key=fresh_key())
    (task,) = applications.tasks(ann, number=NUMBER).questionnaires
    assert (task.title, task.party, task.asked) == ("About the house", "", 1)
    place = {"form": "about_the_house", "party": ""}
    saved = desk.save(ann, "what_kind_of_house_is_it", "flat", **place)
    assert saved == applications.AnswerSaved(1, "flat")
    row = applications.add_row(
        ann, number=NUMBER, group="people_who_will_live_there", key=fresh_key(), **place
    )
    desk.save(ann, f"people_who_will_live_there/{row}/name", "Ben", **place)
    (task,) = applications.tasks(ann, number=NUMBER).questionnaires
    assert (task.done, task.asked) == (2, 2)


def test_a_new_version_leaves_what_is_shared_and_answered_alone(manager, limiter):
    desk = make_desk()
    ann = desk.let_in("Ann", limiter)
    desk.save(ann, "family_name", "Holloway")
    used = next(one for one in forms.form_rows(manager) if one.key == "personal").in_use
    draft = forms.edit_form(manager, template=used, key=fresh_key())
    assert forms.edit_form(manager, template=used, key=fresh_key()) == draft
    put(manager, draft, field="family_name", label="Last name", required=True)
    do(forms.remove_field, manager, draft, field="dependants")
    do(forms.publish_form, manager, draft)
    filled = desk.read(ann)
    assert "Family name" in [one.label for one in filled.fields]
    assert filled.answers["family_name"].value == "Holloway"
    versions = {(one.number, one.state) for one in f.fetch_all(m.FormTemplate, key="personal")}
    assert versions == {(1, m.FormState.RETIRED), (2, m.FormState.PUBLISHED)}


def test_answers_of_a_choice_keep_their_keys_when_others_come(manager):
    made = build(manager, {"label": "Colour", "kind": "choice", "options": "Red\nBlue"})
    put(manager, made, field="colour", label="Colour", kind="choice", options="Green\nBlue\nRed")
    (colour,) = forms.form_sheet(manager, template=made).fields
    assert colour.options == (("green", "Green"), ("blue", "Blue"), ("red", "Red"))


def test_questions_are_moved_and_taken_out(manager):
    made = build(manager, {"label": "One"}, {"label": "Two"}, {"label": "Three"})
    do(forms.move_field, manager, made, field="three")
    do(forms.move_field, manager, made, field="three")
    do(forms.remove_field, manager, made, field="one")
    found = forms.form_sheet(manager, template=made)
    assert [one.key for one in found.fields] == ["three", "two"]
    assert all(one.kind is FieldKind.TEXT for one in found.fields)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"label": ""}, "label"),
        ({"kind": "riddle"}, "kind"),
        ({"kind": "choice", "options": "One"}, "options"),
        ({"kind": "choice", "options": "\n".join(f"Answer {n}" for n in range(31))}, "options"),
        ({"hint": "x" * 201}, "hint"),
    ],
)
def test_what_is_no_question_is_refused_by_its_field(manager, question, field):
    made = build(manager)
    with pytest.raises(Invalid) as refusal:
        put(manager, made, **question)
    assert field in refusal.value.fields


def test_two_who_change_the_same_draft_do_not_overwrite_each_other(manager):
    made = build(manager, {"label": "One"})
    with pytest.raises(Conflict):
        do(forms.remove_field, manager, made, field="one", version=1)
    used = forms.form_rows(manager)[0].in_use
    with pytest.raises(Conflict, match="in use"):
        do(forms.remove_field, manager, used, field="given_names")


def test_what_is_empty_is_not_put_into_use_and_sections_stay(manager):
    with pytest.raises(Conflict, match="question"):
        do(forms.publish_form, manager, build(manager))
    with pytest.raises(Conflict, match="Sections"):
        do(forms.retire_form, manager, forms.form_rows(manager)[0].in_use)
    made = build(manager, {"label": "One"}, title="Short")
    do(forms.retire_form, manager, made)
    assert "Short" not in {one.title for one in forms.form_rows(manager)}


def test_only_managers_of_the_brand_build(manager):
    made = build(manager)
    agent = f.staff_actor()
    other = f.staff_actor(Role.ADMIN, brand_id=f.brand(key="other", name="Other").id)
    customer = f.consumer_actor(f.account())
    for actor, refusal in ((agent, NotAllowed), (customer, NotFound), (other, NotFound)):
        with pytest.raises(refusal):
            forms.form_sheet(actor, template=made)
        with pytest.raises(refusal):
            forms.publish_form(actor, template=made, version=1, key=fresh_key())
