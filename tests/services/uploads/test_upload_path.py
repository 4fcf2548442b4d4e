"""One file, from the asking to the reading, and everybody who has no part in it."""

from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.ports import PortRefused
from portal_app.services import rentals, uploads
from tests import factories as f
from tests import files
from tests.services.uploads.conftest import SYSTEM, Finds

State = m.UploadState


@pytest.mark.requirement("S3-25")
@pytest.mark.requirement("S4-21")
def test_staff_see_that_a_file_is_being_checked_and_its_content_once_it_is_kept(sender):
    document = sender.sent()
    (photo,) = rentals.queue_item(sender.hire.agent, number=sender.number).photos
    assert (photo.name, photo.state, photo.is_ready) == ("lift.jpg", State.RECEIVED, False)
    with pytest.raises(Conflict):
        sender.read(document, sender.hire.agent)
    sender.check(document)
    (photo,) = rentals.queue_item(sender.hire.agent, number=sender.number).photos
    assert photo.is_ready
    assert sender.read(document, sender.hire.agent) == sender.read(document)


def test_what_is_kept_is_sealed_and_nothing_is_left_where_it_landed(sender):
    content = files.pdf()
    document = sender.kept()
    (kept,) = sender.objects()
    assert kept.key == sender.row(document).storage_key
    with sender.store.read(kept.key) as sealed:
        stored = sealed.read()
    plain = sender.read(document)
    assert plain[:3] == b"\xff\xd8\xff" and plain not in stored and content not in stored
    assert f.fetch(m.UploadSession, document_id=document).emptied_at


@pytest.mark.asvs("16.2.1")
def test_every_step_and_every_download_is_written_down(sender):
    document = sender.kept()
    sender.read(document)
    trail = [one.action for one in f.fetch_all(m.AuditEvent, object_id=document)]
    assert trail == [
        m.Action.UPLOAD_BEGUN,
        m.Action.UPLOAD_RECEIVED,
        m.Action.DOCUMENT_IMPORTED,
        m.Action.DOCUMENT_DOWNLOADED,
    ]


def test_two_clicks_are_one_upload(sender):
    first = sender.begin()
    again = sender.begin(key=sender.keys[0])
    assert again.document == first.document
    sender.post(again)
    assert [sender.confirm(first.document) for _ in range(3)] == [State.RECEIVED] * 3
    assert sender.jobs("check_upload") == [first.document]
    assert len(f.fetch_all(m.Document)) == 1


def test_checking_twice_keeps_it_once(sender):
    document = sender.sent()
    sender.check(document)
    sender.check(document)
    assert sender.row(document).state is State.IMPORTED
    assert len(list(sender.store.objects("sealed/"))) == 1


@pytest.mark.asvs("8.2.2")
def test_strangers_do_not_learn_that_a_file_exists(sender):
    document = sender.sent()
    other = f.consumer_actor(f.account())
    for who in (other, f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id)):
        with pytest.raises(NotFound):
            sender.confirm(document, who)
        with pytest.raises(NotFound):
            uploads.cancel(who, document=document)
        with pytest.raises(NotFound):
            sender.read(document, who)
        with pytest.raises(NotFound):
            sender.begin(actor=who)
    assert sender.row(document).state is State.RECEIVED


def test_nobody_but_the_sender_goes_on_with_an_upload(sender):
    begun = sender.begin()
    sender.post(begun)
    with pytest.raises(NotFound):
        sender.confirm(begun.document, sender.hire.agent)


def test_staff_add_no_photos_to_what_a_customer_asked(sender):
    with pytest.raises(NotAllowed):
        sender.begin(actor=sender.hire.agent)


def test_a_request_that_is_over_takes_no_photos(sender):
    rentals.cancel_request(sender.owner, number=sender.number, key="c")
    with pytest.raises(Conflict):
        sender.begin()


@pytest.mark.asvs("5.2.2")
@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"media_type": "image/svg+xml", "name": "a.svg"}, "We take JPEG, PNG or WebP"),
        ({"media_type": "text/html", "name": "a.html"}, "We take"),
        ({"name": "a.exe"}, "We take"),
        ({"name": "lift.jpg.html"}, "We take"),
        ({"name": ""}, "We take"),
        ({"name": None}, "We take"),
        ({"media_type": files.PDF, "name": "a.pdf"}, "We take"),
        ({"size": 25_000_001}, "larger than 25 MB"),
        ({"size": 0}, "empty"),
        ({"size": -1}, "Choose a file"),
        ({"size": "1e9"}, "Choose a file"),
        ({"size": True}, "Choose a file"),
        ({"sha256": "x"}, "could not be read"),
        ({"sha256": None}, "could not be read"),
    ],
)
def test_what_is_not_taken_is_refused_before_it_is_sent(sqlite_sender, asked, reason):
    with pytest.raises(Invalid) as refusal:
        sqlite_sender.begin(**asked)
    assert reason in refusal.value.fields["file"]
    assert f.fetch_all(m.Document) == []


@pytest.mark.parametrize("purpose", ["", "case", None, 7, ["rental_request_photo"]])
def test_what_files_are_not_sent_for_is_not_found(sqlite_sender, purpose):
    with pytest.raises(NotFound):
        sqlite_sender.begin(purpose=purpose)


@pytest.mark.asvs("5.3.2")
@pytest.mark.asvs("5.4.1")
def test_a_name_keeps_its_ending_and_nothing_that_leads_elsewhere(sqlite_sender):
    document = sqlite_sender.sent(name="../../etc/\u202epass<wd>\r\n" + "x" * 300 + ".JPG")
    name = sqlite_sender.row(document).name
    assert name.endswith(".JPG") and len(name) <= 120
    assert not set(name) & set('/\\<>"\r\n\u202e')


def test_the_quota_holds(sqlite_sender, monkeypatch):
    monkeypatch.setenv("PORTAL_UPLOAD_QUOTA_MEGABYTES", "1")
    from portal_app.core.settings import Settings

    monkeypatch.setattr("portal_app.services.uploads.policy.settings", Settings)
    sqlite_sender.begin(size=900_000)
    with pytest.raises(Conflict):
        sqlite_sender.begin(size=200_000)


def test_one_request_takes_ten_photos_and_one_more_once_one_was_given_up(sqlite_sender):
    photos = [files.picture(size=(64, 48 + n)) for n in range(11)]
    begun = [sqlite_sender.begin(photo) for photo in photos[:10]]
    with pytest.raises(Conflict, match="10 files here already"):
        sqlite_sender.begin(photos[10])
    uploads.cancel(sqlite_sender.owner, document=begun[0].document)
    sqlite_sender.begin(photos[10])


@pytest.mark.requirement("S4-18")
def test_the_same_file_twice_is_said_in_words(sender):
    document = sender.sent()
    for name in ("lift.jpg", "another name.jpg"):
        with pytest.raises(Conflict, match=r"here already, as lift\.jpg"):
            sender.begin(name=name)
    sender.check(document)
    with pytest.raises(Conflict, match="here already"):
        sender.begin()
    assert len(f.fetch_all(m.Document)) == 1
    other = sender.hire.ask(quantity=1)
    assert sender.begin(owner=other).document != document


def test_a_file_that_was_refused_or_given_up_may_be_sent_again(sender):
    refused = sender.sent()
    sender.check(refused, Finds())
    given_up = sender.begin().document
    uploads.cancel(sender.owner, document=given_up)
    assert len({refused, given_up, sender.begin().document}) == 3


def test_the_same_file_goes_on_where_it_was_left_also_from_another_tab(sender, clock):
    content = files.noise(9)
    helper = f.consumer_actor(sender.hire.account, role=m.ContactRole.AUTHORISED)
    asked = {"name": "big.png", "media_type": files.PNG}
    first = sender.begin(content, **asked)
    assert sender.begin(content, **asked).document == first.document
    assert sender.begin(content, **asked, actor=helper).document != first.document
    clock.time += timedelta(hours=2)
    assert sender.begin(content, **asked).document != first.document


def test_a_large_file_goes_on_where_it_broke_off(sender):
    content = files.noise(12)
    begun = sender.begin(content, name="big.png", media_type=files.PNG)
    assert begun.is_in_parts and begun.ticket is None

    def missing():
        return uploads.part_addresses(sender.owner, document=begun.document, store=sender.store)

    first = missing()
    assert [part.number for part in first.missing] == [1, 2]
    at = first.part_size
    token = first.missing[0].url.rpartition("/")[2]
    sender.store.take_part(token, content[:at])
    with pytest.raises(Conflict):
        sender.confirm(begun.document)
    (last,) = missing().missing
    assert last.number == 2
    sender.store.take_part(last.url.rpartition("/")[2], content[at:])
    assert sender.confirm(begun.document) is State.RECEIVED
    sender.check(begun.document)
    assert sender.row(begun.document).state is State.IMPORTED


def test_what_was_cancelled_is_emptied(sender):
    begun = sender.begin()
    sender.post(begun)
    assert uploads.cancel(sender.owner, document=begun.document) is State.ABANDONED
    assert sender.jobs("empty_landing") == [begun.document]
    uploads.empty_landing(SYSTEM, document=begun.document, store=sender.store)
    assert sender.objects() == []
    assert sender.confirm(begun.document) is State.ABANDONED


def test_a_part_that_comes_after_the_end_of_its_upload_is_not_kept(sender):
    content = files.noise(12)
    begun = sender.begin(content, name="big.png", media_type=files.PNG)
    place = {"document": begun.document, "store": sender.store}
    parts = uploads.part_addresses(sender.owner, **place)
    uploads.cancel(sender.owner, document=begun.document)
    uploads.empty_landing(SYSTEM, **place)
    token = parts.missing[0].url.rpartition("/")[2]
    with pytest.raises(PortRefused):
        sender.store.take_part(token, content[: parts.part_size])
    assert [one for one in sender.store._folder.rglob("*") if one.is_file()] == []


def test_a_photo_is_kept_without_where_and_with_what_it_was_taken(sqlite_sender):
    content = files.with_a_place()
    assert b"Maker of cameras" in content
    assert b"Maker" not in sqlite_sender.read(sqlite_sender.kept(content))
