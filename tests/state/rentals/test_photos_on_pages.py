"""Photos on the page of a request and on the store's sheet, from the sending to the keeping."""

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.models import database
from portal_app.services import rentals, uploads
from portal_app.state.files import FileRow
from portal_app.state.formats import file_size
from portal_app.state.rentals.queue import RentalQueueState
from portal_app.state.rentals.requests import OffRentRequestState
from tests import factories as f
from tests.counting import count_queries
from tests.services.rentals.conftest import make_hire
from tests.services.uploads import rows
from tests.state.tabs import Tab

State = m.UploadState
WAIT = "It can be opened once it has been checked for harmful content."


@pytest.fixture
def hire(db, clock):
    return make_hire()


async def page_of(hire, number, actor=None):
    tab = Tab(actor or hire.owner, hire.account.id).at(f"/requests/{number}", number=number)
    await tab.call(OffRentRequestState.load)
    return tab, tab.state(OffRentRequestState)


async def sheet_of(hire, number):
    tab = Tab(hire.agent).at(f"/staff/rental-requests?open={number}")
    await tab.call(RentalQueueState.load)
    return tab, tab.state(RentalQueueState)


@pytest.mark.requirement("S4-21")
async def test_a_photo_can_be_taken_away_once_it_is_kept_and_not_before(hire):
    number = hire.ask()
    request = hire.request(number)
    for state in State:
        rows.upload(request, hire.owner.user_id, state, name=f"{state}.jpg", reason="Too dark.")
    _, page = await page_of(hire, number)
    _, store = await sheet_of(hire, number)
    for photos in (page.request.photos, store.sheet.photos):
        seen = {photo.name: (photo.status, bool(photo.href), photo.note) for photo in photos}
        waiting = ("Being checked", False, WAIT)
        assert seen == {
            "received.jpg": waiting, "scanning.jpg": waiting, "sealing.jpg": waiting,
            "failed.jpg": waiting, "imported.jpg": ("Received", True, ""),
            "rejected.jpg": ("Refused", False, "Too dark."),
        }  # fmt: skip


async def test_both_pages_follow_what_becomes_of_a_photo(hire):
    number = hire.ask()
    document = rows.upload(hire.request(number), hire.owner.user_id, State.RECEIVED)
    topic = uploads.topic_of("rental_request", hire.request(number).id)
    tab, page = await page_of(hire, number)
    assert any("request_state.refresh" in watcher.event for watcher in live.watchers([topic]))
    desk, store = await sheet_of(hire, number)
    assert any("queue_state.refresh" in watcher.event for watcher in live.watchers([topic]))
    kept = f.fetch(m.Document, id=document)
    kept.state = State.IMPORTED
    f._save(kept)
    await tab.call(OffRentRequestState.refresh)
    await desk.call(RentalQueueState.refresh)
    assert page.request.photos[0].status == store.sheet.photos[0].status == "Received"


@pytest.mark.requirement("S3-25")
async def test_whoever_may_ask_may_add_photos_until_the_request_is_over(hire):
    number = hire.ask()
    _, page = await page_of(hire, number)
    assert page.request.may_add_photos
    assert page.request.rules.hint == "JPEG, PNG or WebP, up to 25 MB each, 10 at most."
    assert page.request.rules.kinds[".jpeg"] == "image/jpeg"
    billing = f.consumer_actor(hire.account, role=m.ContactRole.BILLING)
    _, page = await page_of(hire, number, billing)
    assert not page.request.may_add_photos
    hire.step(rentals.cancel_request, number, hire.owner)
    _, page = await page_of(hire, number)
    assert not page.request.may_add_photos


async def test_ten_photos_take_as_many_questions_as_one(hire):
    number = hire.ask()
    request = hire.request(number)
    rows.upload(request, hire.owner.user_id, State.IMPORTED)
    with count_queries(database.engine()) as few:
        await page_of(hire, number)
    for _ in range(9):
        rows.upload(request, hire.owner.user_id, State.IMPORTED)
    with count_queries(database.engine()) as many:
        await page_of(hire, number)
    assert len(many) == len(few)


def test_customers_do_not_read_which_of_the_staff_sent_a_file(hire):
    (made,) = [
        uploads.Attachment(
            id="x", name="a.pdf", size=2_100_000, media_type="application/pdf", sha256="ab" * 32,
            state=State.IMPORTED, reason="", is_visible=True, by_name="Dana Okafor", by_staff=True,
            created_at=hire.request(hire.ask()).created_at, is_ready=True,
            label="", is_own=False,
        )
    ]  # fmt: skip
    assert "Dana" not in FileRow.of(made, "UTC").meta
    assert "2.1 MB · sent by our team" in FileRow.of(made, "UTC").meta
    assert "Dana Okafor" in FileRow.of(made, "UTC", for_staff=True).meta
    assert "Receipt abab abab abab" in FileRow.of(made, "UTC").meta


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 kB"), (999_499, "999 kB"), (1_000_000, "1.0 MB"), (25e6, "25.0 MB")]
)
def test_sizes_are_written_as_people_read_them(size, words):
    assert file_size(int(size)) == words
