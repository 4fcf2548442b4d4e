"""A file that the check refuses: what it answered is asked for again, and everybody is told."""

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.services import applications
from tests import factories as f
from tests import files
from tests.services.proposals.conftest import LABEL
from tests.services.proposals.test_documents import asked
from tests.services.uploads.conftest import Finds


def told(deal, topic="proposal.refused"):
    return {one.person_id: one.body for one in f.fetch_all(m.Notification, topic=topic)}


def history(deal):
    return [
        one.sentence
        for one in applications.application_history(deal.clerk, number=deal.number).rows
    ]


@pytest.mark.requirement("S4-31")
def test_what_was_sent_in_place_of_one_turned_down_is_asked_for_again_when_it_is_harmful(
    deal, clock
):
    deal.ask_for()
    deal.kept()
    clock.advance(minutes=5)
    deal.decide(is_accepted=False, reason="It is cut off at the top.")
    clock.advance(minutes=5)
    another = deal.sent(files.picture(), name="b.jpg", media_type=files.JPEG)
    assert asked(deal) == [(LABEL, "received", "")]
    heard: set[str] = set()
    stop = live.on_announcement(lambda topics: heard.update(topics))
    deal.check(another, Finds())
    stop()
    ((label, state, reason),) = asked(deal)
    assert (label, state, "harmful" in reason) == (LABEL, "requested", True)
    # Everybody who is let in is told, in the portal and by mail, and the staff's page says so.
    assert set(told(deal)) == {deal.rosa.person_id, deal.guarantor.person_id}
    assert all(LABEL in words and "harmful" in words for words in told(deal).values())
    assert len(f.fetch_all(m.OutboundMessage, topic="proposal.refused")) == 2
    assert history(deal)[:2] == [
        "Checked a file and removed it", "Asked for a document again, because the file was refused",
    ]  # fmt: skip
    assert set(deal.desk().topics) & heard


@pytest.mark.requirement("S4-31")
def test_what_was_asked_for_again_is_asked_for_still_when_the_new_file_is_refused(deal, clock):
    deal.ask_for()
    deal.kept()
    deal.decide(is_accepted=True)
    clock.advance(days=90)
    deal.ask_for()
    deal.check(deal.sent(files.picture(), name="b.jpg", media_type=files.JPEG), Finds())
    assert [state for _, state, _ in asked(deal)] == ["requested"]
    assert len(told(deal)) == 2


@pytest.mark.requirement("S4-31")
def test_what_staff_accepted_unseen_is_asked_for_again_when_the_check_refuses_it(deal):
    deal.ask_for()
    document = deal.sent()
    deal.decide(is_accepted=True)
    deal.check(document, Finds())
    ((_, state, reason),) = asked(deal)
    assert (state, "harmful" in reason, len(told(deal))) == ("requested", True, 2)
    deal.ask_for("Other")  # the list goes on as before
    deal.kept(files.picture(), name="b.jpg", media_type=files.JPEG)
    assert [(label, state) for label, state, _ in asked(deal)] == [
        (LABEL, "received"), ("Other", "requested"),
    ]  # fmt: skip


@pytest.mark.requirement("S4-31")
@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_further_file_that_is_refused_takes_nothing_from_one_that_is_kept(deal, is_accepted):
    deal.ask_for()
    deal.kept()
    if is_accepted:
        deal.decide(is_accepted=True)
    before = asked(deal)
    deal.check(deal.sent(files.picture(), name="b.jpg", media_type=files.JPEG), Finds())
    assert (asked(deal), told(deal)) == (before, {})
