"""What a brand publishes of its portal: drafts, history, rolling back (S4-02, S4-07 to S4-11)."""

from dataclasses import replace

import pytest
from hypothesis import given

from portal_app import models as m
from portal_app.core import clock as the_clock
from portal_app.core import live
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.services import branding
from portal_app.services.transaction import reading
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace

FIELDS = list(branding.EVERY_FIELD)
INTRODUCTION = "Welcome.\n\n- Read **this**\n- Then that"


@pytest.fixture
def admin(any_db, clock):
    return f.sure(f.staff_actor(Role.ADMIN))


def save(actor, part="text", content=None, seen=0, publish=True, key="click"):
    content = {"introduction": INTRODUCTION} if content is None else content
    return branding.save_revision(
        actor, part=part, content=content, seen=seen, publish=publish, key=key
    )


def introduction(actor):
    return branding.texts_of(ANONYMOUS, brand=actor.brand).introduction


def shown(actor):
    with reading() as session:
        return branding.visible_fields(session, brand=actor.brand)


@pytest.mark.requirement("S4-11")
def test_field_that_is_unticked_is_shown_no_more_and_every_field_is_shown_at_first(admin):
    assert shown(admin) == set(FIELDS)
    save(admin, "fields", [one for one in FIELDS if one != "vehicle.mileage"])
    assert set(FIELDS) - shown(admin) == {"vehicle.mileage"}
    other = f.brand(name="Beacon", key="beacon")
    with reading() as session:
        assert branding.visible_fields(session, brand=other.id) == set(FIELDS)


@pytest.mark.requirement("S4-11")
def test_fields_are_those_of_the_proposal():
    counts = {section.key: len(section.fields) for section in branding.SECTIONS}
    assert (counts["vehicle"], counts["finance"]) == (9, 11)


@pytest.mark.parametrize("value", ["vehicle.mileage", None, {}, ["no.such"], ["vehicle.doors"] * 2])
def test_only_fields_of_a_proposal_can_be_ticked(admin, value):
    with pytest.raises(Invalid):
        save(admin, "fields", value)
    assert shown(admin) == set(FIELDS)


@pytest.mark.requirement("S4-08")
@pytest.mark.requirement("S4-09")
@pytest.mark.requirement("S4-10")
def test_texts_have_defaults_and_are_in_force_once_published(admin):
    before = branding.texts_of(ANONYMOUS, brand=admin.brand)
    assert all((before.introduction, before.message_placeholder, before.privacy_statement))
    save(admin, publish=False)
    assert introduction(admin) == before.introduction
    branding.publish_draft(admin, part="text", seen=1, key="p")
    assert introduction(admin) == INTRODUCTION
    assert branding.texts_of(ANONYMOUS, brand=admin.brand).privacy_statement


@pytest.mark.requirement("S4-08")
def test_formatting_is_words_with_a_role_and_never_markup():
    made = branding.blocks("Hello **there**,\nyou\n\n- one\n* **two**\n<b>x</b> 2 ** 3 ** 4")
    assert [(one.text, one.is_item) for one in made] == [
        ("Hello there, you", False), ("one", True), ("two", True), ("<b>x</b> 2 ** 3 ** 4", False),
    ]  # fmt: skip
    assert [run.text for run in made[0].runs if run.is_strong] == ["there"]
    assert branding.blocks("") == branding.blocks("\n\n \n") == ()


def test_older_revision_can_be_rolled_back_to_and_history_is_kept(admin):
    first = introduction(admin)
    save(admin)
    save(admin, content={"introduction": "Second"}, seen=1, key="b")
    branding.roll_back(admin, part="text", number=1, seen=2, key="back")
    assert introduction(admin) == INTRODUCTION
    branding.roll_back(admin, part="text", number=0, seen=3, key="start")
    assert introduction(admin) == first
    states = [(one.number, one.state.value) for one in f.fetch_all(m.BrandRevision)]
    assert sorted(states) == [(1, "replaced"), (2, "replaced"), (3, "replaced"), (4, "published")]
    assert len(f.fetch_all(m.AuditEvent, action="brand:self:changed")) == 4
    save(admin, publish=False, seen=4, key="draft")
    with pytest.raises(Conflict):  # a draft was never in force
        branding.roll_back(admin, part="text", number=5, seen=5, key="no")


@pytest.mark.requirement("S4-02")
def test_what_is_in_force_already_is_not_written_down_a_second_time(admin):
    assert save(admin) == 1
    assert save(admin, seen=1, key="again") == 1
    save(admin, content={"introduction": "Other words"}, seen=1, key="other")
    assert branding.roll_back(admin, part="text", number=1, seen=2, key="back") == 3
    assert branding.roll_back(admin, part="text", number=1, seen=3, key="back-again") == 3
    assert len(f.fetch_all(m.BrandRevision)) == 3
    assert len(f.fetch_all(m.AuditEvent, action="brand:self:changed")) == 3
    assert save(admin, publish=False, seen=3, key="draft") == 4
    # What is applied takes the place of a draft that waits, whatever it says.
    assert save(admin, seen=4, key="instead") == 5
    assert "draft" not in {one.state.value for one in f.fetch_all(m.BrandRevision)}


def test_parts_are_changed_each_on_its_own(admin):
    save(admin)
    save(admin, "fields", FIELDS[1:], key="f")
    assert introduction(admin) == INTRODUCTION
    assert len(shown(admin)) == len(FIELDS) - 1


def test_colleagues_change_in_between_is_not_lost(admin):
    save(admin)
    for call in (
        lambda: save(admin, key="late"),
        lambda: branding.publish_draft(admin, part="text", seen=0, key="late-p"),
        lambda: branding.roll_back(admin, part="text", number=0, seen=0, key="late-r"),
        lambda: branding.publish_draft(admin, part="text", seen=1, key="nothing"),
    ):
        with pytest.raises(Conflict):
            call()
    assert save(admin) == 1  # the same click


def test_only_administrators_of_the_brand_change_it(admin):
    customer = f.consumer_actor(f.account())
    for who, refusal in (
        (f.staff_actor(Role.MANAGER), NotAllowed), (customer, NotFound), (ANONYMOUS, NotFound),
    ):  # fmt: skip
        for call in (
            lambda who=who: save(who),
            lambda who=who: branding.publish_draft(who, part="text", seen=0, key="k"),
            lambda who=who: branding.roll_back(who, part="text", number=0, seen=0, key="k"),
        ):
            with pytest.raises(refusal):
                call()
    assert f.fetch_all(m.BrandRevision) == []


@pytest.mark.requirement("S4-07")
def test_open_tabs_hear_of_it(admin):
    heard = []
    live.on_announcement(heard.append)
    save(admin)
    assert f"settings:{admin.brand}" in frozenset().union(*heard)


@hostile
@given(anything, anything, anything)
def test_anything_that_is_sent_is_refused_without_a_trace(admin, first, second, third):
    for part in (first, "text", "fields"):
        refused_without_a_trace(
            lambda part=part: save(admin, part, second, third, publish=first, key="h")
        )
        refused_without_a_trace(
            lambda part=part: branding.roll_back(
                admin, part=part, number=second, seen=third, key="r"
            )
        )


@pytest.mark.asvs("7.5.1")
def test_what_customers_see_changes_only_once_somebody_has_confirmed_who_they_are(admin):
    hurried = replace(admin, stepped_up_until=None)
    late = replace(admin, stepped_up_until=the_clock.now())
    before = introduction(admin)
    draft = save(hurried, publish=False)  # nobody sees it: typing is never lost over this
    for actor in (hurried, late):
        for act in (
            lambda who: save(who, seen=draft, key="apply"),
            lambda who: branding.publish_draft(who, part="text", seen=draft, key="publish"),
            lambda who: branding.roll_back(who, part="text", number=0, seen=draft, key="back"),
        ):
            with pytest.raises(NotAllowed, match="Confirm that it is you first"):
                act(actor)
    assert introduction(admin) == before
    branding.publish_draft(admin, part="text", seen=draft, key="publish")
    assert introduction(admin) == INTRODUCTION
