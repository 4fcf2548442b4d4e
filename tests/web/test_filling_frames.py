"""What a save sends over the bare socket: the answer that changed, however long the form is."""

import json
import re

import pytest

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.services.forms import FieldKind, FormField
from portal_app.services.transaction import transaction
from portal_app.state.applications.filling import FillingState
from portal_app.state.applications.filling_views import MOST_CHANGES
from tests import factories as f
from tests.people import database_at, sign_in
from tests.tab import Tab, data_of

SMALL, LARGE = 20, 500
FORM = "frames"


@pytest.fixture(scope="module")
def people(server):
    """Two parties of two applications, one with a short form and one with a long: their users."""
    with database_at(server.database):
        persons = [f.person() for _ in range(2)]
        for size in (SMALL, LARGE):
            made = f.application(number=f"MA-{size}")
            for one in persons:
                f.party(made, one, role=m.PartyRole.APPLICANT, portal_enabled=True)
            share(made, size)
        return [f.user(one).id for one in persons]


def share(made, size):
    """Put a form of so many questions on an application, answered once for all."""
    fields = [FormField(f"q{n}", f"Question {n}", FieldKind.TEXT) for n in range(size)]
    key, now = f"{FORM}_{size}", clock.now()
    with transaction(Actor.system("test", brand=made.brand_id)) as tx:
        template = m.FormTemplate(
            brand_id=made.brand_id, kind=m.FormKind.QUESTIONNAIRE, key=key, title="Long or short",
            state=m.FormState.PUBLISHED, definition={"fields": [one.as_json() for one in fields]},
            per_person=False, created_at=now, changed_at=now,
        )  # fmt: skip
        tx.session.add(template)
        tx.session.flush()
        place = {"application_id": made.id, "template_id": template.id, "template_key": key}
        tx.session.add(m.FormShare(**place, shared_at=now, changed_at=now))


def opened(server, user, size):
    tab = Tab(server, cookie=sign_in(server.database, user, is_sure=True).cookie)
    loaded = tab.open(f"/applications/MA-{size}/{FORM}_{size}/all")
    assert "Question 19" in json.dumps(loaded), "the form is not there"
    return tab, len(json.dumps(data_of(loaded)))


def questions_in(frames):
    """Return which questions stand in what was sent."""
    return set(re.findall(r'"label": "(Question \d+)', json.dumps(frames)))


def size_of(frames):
    """Return how much the updates that tell of a question weigh.

    A tab also hears of its own save, in an update that tells nothing anew: on a busy machine it
    comes before the end of the save, else after it.
    """
    told = [frame for frame in frames if questions_in([frame])]
    assert len(told) == 1, "a question is told once"
    return len(json.dumps(data_of(told)))


def heard(tab):
    """Return what a tab is sent because of another, up to the answer to an event of its own."""
    first = tab.wait_for("Question")
    return [json.loads(first.removeprefix("42/_event,"))[1]]


@pytest.mark.requirement("S2-08")
@pytest.mark.requirement("S2-21")
def test_a_save_sends_the_answer_that_changed_whatever_the_size_of_the_form(server, people):
    sent, told = {}, {}
    for size in (SMALL, LARGE):
        mine, whole = opened(server, people[0], size)
        theirs, _ = opened(server, people[1], size)
        with mine, theirs:
            saved = mine.call(FillingState.save, field="q7", text="Written", version=0)
            assert questions_in(saved) == {"Question 7"}
            assert len(json.dumps(data_of(saved))) < whole / 4, "the form itself is not told again"
            sent[size] = size_of(saved)
            other = heard(theirs)
            assert questions_in(other) == {"Question 7"}
            assert "Written" in json.dumps(other)
            told[size] = size_of(other)
    # Only "499 questions left" is longer than "19 questions left".
    assert sent[LARGE] - sent[SMALL] < 200
    assert told[LARGE] - told[SMALL] < 200


@pytest.mark.requirement("S2-08")
def test_what_changed_earlier_is_told_again_until_the_form_is_sent_anew(server, people):
    mine, whole = opened(server, people[0], LARGE)
    with mine:
        sizes = []
        for n in range(100, 101 + MOST_CHANGES + 1):
            saved = mine.call(FillingState.save, field=f"q{n}", text="Written", version=0)
            assert f"Question {n}" in questions_in(saved)
            sizes.append((len(questions_in(saved)), size_of(saved)))
        counts = [count for count, _ in sizes]
        assert counts == [*range(1, MOST_CHANGES + 1), LARGE, 1]
        assert max(size for count, size in sizes if count < LARGE) < whole / 10
