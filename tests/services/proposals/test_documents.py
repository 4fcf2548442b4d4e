"""Documents of an application: sent, checked, asked for, shown, exported (S4-18 to S4-31)."""

import io
import zipfile
from dataclasses import replace

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import ActorKind
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.services import proposals, uploads
from tests import factories as f
from tests import files
from tests.services.proposals.conftest import LABEL
from tests.services.uploads.conftest import Finds


def asked(deal):
    return [(one.label, one.state.value, one.reason) for one in deal.read().asked]


@pytest.mark.requirement("S4-21")
@pytest.mark.requirement("S4-22")
def test_staff_see_that_a_document_is_being_checked_and_nothing_of_it_until_it_is_kept(deal):
    document = deal.sent()
    (one,) = deal.desk().imported
    assert (one.name, one.label, one.is_ready) == ("payslip.pdf", LABEL, False)
    with pytest.raises(Conflict):
        deal.download(document, deal.clerk)
    deal.check(document)
    (one,) = deal.desk().imported
    assert (one.is_ready, one.by_name) == (True, "Rosa Lindqvist")
    assert deal.download(document, deal.clerk) == files.pdf()


@pytest.mark.requirement("S4-31")
@pytest.mark.parametrize("label", ["", None, "Diary", 5])
def test_what_a_document_proves_has_to_be_said(deal, label):
    with pytest.raises(Invalid, match="Choose what this document is"):
        deal.begin(files.pdf(), deal.rosa, label=label)


@pytest.mark.requirement("S4-28")
@pytest.mark.requirement("S4-29")
def test_what_staff_attach_is_seen_only_while_it_is_ticked(deal):
    document = deal.kept(actor=deal.clerk, label="Signed agreement")
    assert [one.id for one in deal.desk().attached] == [document]
    assert deal.read().files == ()
    with pytest.raises(NotFound):
        deal.download(document)
    deal.show(document)
    assert [one.id for one in deal.read().files] == [document]
    assert deal.download(document) == files.pdf()
    deal.show(document, is_visible=False)
    assert deal.read().files == ()
    with pytest.raises(NotFound):
        deal.download(document)
    trail = [one.action for one in f.fetch_all(m.AuditEvent, object_id=document)]
    assert trail[-3:] == [
        m.Action.DOCUMENT_SHOWN, m.Action.DOCUMENT_DOWNLOADED, m.Action.DOCUMENT_HIDDEN,
    ]  # fmt: skip


@pytest.mark.requirement("S4-29")
def test_open_pages_hear_of_a_tick(deal):
    document = deal.kept(actor=deal.clerk)
    heard = []
    live.on_announcement(heard.append)
    deal.show(document)
    assert any(set(topics) & set(deal.read().topics) for topics in heard)


@pytest.mark.requirement("S4-28")
def test_only_staff_decide_who_sees_a_document_and_only_of_one_that_is_kept(deal):
    document = deal.kept()
    with pytest.raises(NotAllowed):
        deal.show(document, actor=deal.rosa)
    with pytest.raises(NotFound):
        deal.show(document, actor=deal.guarantor)
    with pytest.raises(NotFound):
        deal.show(document, actor=f.consumer_actor(f.account()))
    with pytest.raises(NotFound):
        deal.show(document, actor=f.staff_actor(brand_id=f.brand(key="o", name="O").id))
    waiting = deal.sent(files.picture(), name="a.jpg", media_type=files.JPEG)
    with pytest.raises(Conflict):
        deal.show(waiting)


def test_what_one_party_sends_another_sees_only_if_staff_let_them(deal):
    document = deal.kept()
    assert [one.id for one in deal.read().files] == [document]
    assert deal.read(deal.guarantor).files == ()
    with pytest.raises(NotFound):
        deal.download(document, deal.guarantor)
    deal.show(document)
    assert deal.download(document, deal.guarantor) == files.pdf()


@pytest.mark.requirement("S4-31")
def test_a_document_that_is_asked_for_is_received_accepted_and_asked_for_again(deal):
    deal.ask_for()
    assert asked(deal) == [(LABEL, "requested", "")]
    deal.sent()
    assert asked(deal) == [(LABEL, "received", "")]
    deal.decide(is_accepted=True)
    assert asked(deal) == [(LABEL, "accepted", "")]
    deal.ask_for()
    assert asked(deal) == [(LABEL, "requested", "")]


@pytest.mark.requirement("S4-31")
def test_a_document_is_turned_down_with_a_reason_and_answered_by_another(deal):
    deal.ask_for()
    deal.sent()
    with pytest.raises(Invalid):
        deal.decide(is_accepted=False)
    deal.decide(is_accepted=False, reason="It is cut off at the top.")
    assert asked(deal) == [(LABEL, "rejected", "It is cut off at the top.")]
    letters = {one.topic for one in f.fetch_all(m.OutboundMessage)}
    assert letters == {"proposal.asked", "proposal.turned_down"}
    deal.sent(files.picture(), name="b.jpg", media_type=files.JPEG)
    assert asked(deal) == [(LABEL, "received", "")]


def test_a_document_that_was_harmful_is_asked_for_still(deal):
    deal.ask_for()
    deal.check(deal.sent(), Finds())
    ((label, state, reason),) = asked(deal)
    assert (label, state) == (LABEL, "requested")
    assert "harmful" in reason


def test_what_staff_attach_answers_for_nothing_that_was_asked(deal):
    deal.ask_for()
    deal.sent(actor=deal.clerk)
    assert asked(deal) == [(LABEL, "requested", "")]


def test_a_document_can_be_decided_on_only_once_it_is_here_and_by_staff(deal):
    deal.ask_for()
    with pytest.raises(Conflict):
        deal.decide(is_accepted=True)
    with pytest.raises(Conflict):
        deal.ask_for()
    deal.sent()
    with pytest.raises(NotFound):
        deal.decide(is_accepted=True, actor=deal.rosa)
    with pytest.raises(NotFound):
        deal.ask_for("Other", deal.rosa)
    with pytest.raises(Invalid):
        deal.ask_for("Diary")


def test_what_is_needed_no_more_is_not_asked_for_any_more(deal):
    deal.ask_for()
    (row,) = f.fetch_all(m.DocumentRequest)
    for _ in range(2):
        proposals.withdraw_ask(deal.clerk, request=row.id, key="click")
    assert asked(deal) == []


@pytest.mark.requirement("S4-31")
def test_all_documents_go_into_one_archive_and_each_is_written_down(deal):
    first = deal.kept()
    second = deal.kept(
        files.picture(), deal.clerk, name="Søn/lift.jpg", media_type=files.JPEG, label="Other"
    )
    deal.sent(files.pdf() + b"\n%%EOF\n")  # not checked yet
    given = {"purpose": "application_document", "owner": deal.number, "store": deal.store}
    found = uploads.bundle(deal.clerk, **given)
    content = b"".join(found.content)
    assert len(content) == found.size
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["01 Proof of income - payslip.pdf", "02 Other - Søn lift.jpg"]
        assert archive.read(archive.namelist()[0]) == files.pdf()
    for document in (first, second):
        trail = [one.action for one in f.fetch_all(m.AuditEvent, object_id=document)]
        assert m.Action.DOCUMENT_EXPORTED in trail
    with pytest.raises(NotFound):
        uploads.bundle(deal.rosa, **given)
    with pytest.raises(NotFound):
        uploads.bundle(f.staff_actor(brand_id=f.brand(key="o", name="O").id), **given)


@pytest.mark.requirement("S4-31")
def test_the_documents_of_an_application_that_has_ended_still_go_into_an_archive(deal):
    deal.kept()
    with f.database.writing_session() as session, session.begin():
        session.get_one(m.Application, deal.application.id).ended_at = f.clock.now()
    given = {"purpose": "application_document", "owner": deal.number, "store": deal.store}
    found = uploads.bundle(deal.clerk, **given)
    assert len(b"".join(found.content)) == found.size
    with pytest.raises(Conflict, match="has ended"):
        deal.begin(files.pdf(), deal.clerk)


def test_an_archive_of_nothing_is_refused_in_words(deal):
    given = {"purpose": "application_document", "owner": deal.number, "store": deal.store}
    with pytest.raises(Conflict, match="no documents here yet"):
        uploads.bundle(deal.clerk, **given)


def guest(deal, actor=None):
    """The same person, come by their link: nobody anywhere but in this application."""
    here = {"application_id": deal.application.id, "user_id": ""}
    return replace(actor or deal.rosa, kind=ActorKind.GUEST, **here)


@pytest.mark.requirement("S4-18")
@pytest.mark.requirement("S4-30")
def test_who_came_by_a_link_sends_and_reads_documents_of_that_application_alone(deal):
    visitor = guest(deal)
    document = deal.kept(actor=visitor)
    (one,) = deal.desk().imported
    assert (one.by_name, one.by_staff) == ("Rosa Lindqvist", False)
    assert [one.id for one in deal.read(visitor).files] == [document]
    assert deal.download(document, visitor) == files.pdf()
    # It stays theirs when they sign in, and is nobody else's.
    assert deal.download(document, deal.rosa) == files.pdf()
    with pytest.raises(NotFound):
        deal.download(document, guest(deal, deal.guarantor))
    with pytest.raises(NotFound):
        deal.download(document, replace(visitor, application_id="another"))
    attached = deal.kept(files.picture(), deal.clerk, name="a.jpg", media_type=files.JPEG)
    with pytest.raises(NotFound):
        deal.download(attached, visitor)
    deal.show(attached)
    assert deal.download(attached, visitor)[:3] == files.picture()[:3]  # drawn anew


@pytest.mark.requirement("S4-18")
def test_an_upload_of_somebody_who_came_by_a_link_goes_on_and_counts_for_them(deal):
    visitor = guest(deal)
    begun = deal.begin(files.pdf(), visitor)
    assert deal.begin(files.pdf(), visitor).document == begun.document
    with pytest.raises(NotFound):
        uploads.cancel(guest(deal, deal.guarantor), document=begun.document)
    with pytest.raises(NotFound):
        uploads.cancel(guest(deal, f.consumer_actor(f.account())), document=begun.document)
    uploads.cancel(visitor, document=begun.document)
