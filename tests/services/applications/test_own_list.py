"""The list of one's own applications: every one is reached, and long lists cost no more."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.services import applications
from tests import factories as f
from tests.counting import count_queries

HELD = 45


@pytest.fixture
def ann(any_db, clock):
    return f.person(given_name="Ann")


def actor_of(person):
    return f.Actor(
        f.ActorKind.CONSUMER, f.user(person).id, person.id, person.name, person.brand_id, factors=2
    )


def apply(person, **values):
    """An application that somebody is let into, with a form that everybody answers."""
    made = f.application(**values)
    party = f.party(made, person, portal_enabled=True)
    return made, party


def every_page(actor, **asked):
    pages = [applications.my_applications(actor, **asked)]
    while pages[-1].after:
        pages.append(applications.my_applications(actor, after=pages[-1].after, **asked))
        assert len(pages) < 100
    return pages


@pytest.mark.requirement("S2-01")
def test_pages_hold_every_application_once_the_newest_first_when_days_are_equal(ann):
    made = [apply(ann, introduced_on=date(2026, 11, 1 + n % 3))[0] for n in range(HELD)]
    apply(f.person())  # somebody else's is not among them
    expected = sorted(made, key=lambda one: (one.introduced_on, one.id), reverse=True)
    actor = actor_of(ann)
    pages = every_page(actor)
    assert [len(page.rows) for page in pages] == [20, 20, 5]
    assert [row.number for page in pages for row in page.rows] == [one.number for one in expected]
    assert len(applications.my_applications(actor, size=5).rows) == 5


def test_a_list_that_ends_with_a_full_page_has_no_next(ann):
    for _ in range(20):
        apply(ann)
    assert applications.my_applications(actor_of(ann)).after == ""


@pytest.mark.parametrize("after", ["x", "2026-13-01.x", None, 5, "2026-11-01.0" * 50])
def test_a_made_up_place_gives_the_first_page(ann, after):
    apply(ann)
    assert len(applications.my_applications(actor_of(ann), after=after).rows) == 1


@pytest.mark.requirement("S2-07")
def test_each_row_counts_the_questions_of_those_whose_answers_one_sees(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    desk.save(ann, "family_name", "Holloway")
    (row,) = applications.my_applications(ann).rows
    assert (row.done, row.asked, row.is_submitted) == (1, 39, False)
    applications.set_sharing(desk.agent, number=row.number, mode="own_sections", key="own")
    (row,) = applications.my_applications(desk.let_in("Ben", limiter)).rows
    assert (row.done, row.asked) == (0, 13)


def test_the_number_of_queries_does_not_grow_with_the_list(any_db, ann):
    actor = actor_of(ann)

    def asked():
        with count_queries(any_db) as queries:
            applications.my_applications(actor)
        return len(queries)

    apply(ann)
    few = asked()
    for _ in range(18):
        made, party = apply(ann)
        template = m.FormTemplate(
            brand_id=made.brand_id, kind="section", key=f"k{made.id[-8:]}", title="Form",
            definition={"fields": []}, created_at=f.clock.now(), changed_at=f.clock.now(),
        )  # fmt: skip
        f._save(template)
        share = m.FormShare(
            application_id=made.id, template_id=template.id, template_key=template.key,
            shared_at=f.clock.now(), changed_at=f.clock.now(),
        )  # fmt: skip
        f._save(share)
        given = {"share_id": share.id, "party_id": party.id, "field_key": "a"}
        answer = m.FormAnswer(**given, edited_at=f.clock.now())
        answer.say("x")
        f._save(answer)
    assert asked() == few == 4
