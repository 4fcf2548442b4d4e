"""A customer sends photos of what goes back; the store sees them once they have been checked."""

import contextlib
import os
import shutil
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.integrations.disk_store import DiskStore
from portal_app.services import uploads
from tests import factories as f
from tests import files
from tests.e2e.conftest import PATIENCE, Person, let_in, watch
from tests.e2e.test_accessibility import judge
from tests.licences import write_licence
from tests.people import database_at
from tests.permissions import cases_world
from tests.permissions.world import World, build
from tests.portal_server import PortalServer, running
from tests.services.uploads.conftest import Nobody

SYSTEM = Actor.system("uploads")
LOST = "The connection was lost. Try again: what has arrived is not sent twice."


@dataclass
class Yard:
    """A portal whose files nobody checks until the test says so, and the browsers before it."""

    server: PortalServer
    world: World
    browser: Browser
    people: list[Person] = field(default_factory=list)

    def visit(self, who: str, path: str, **options) -> Page:
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        faults: list[str] = []
        watch(context, faults)
        let_in(context, self.server, self.world.people[who].user_id)
        self.people.append(Person(context.new_page(), context, self.server, faults))
        return self.people[-1].open(path)

    def documents(self) -> list[m.Document]:
        with database_at(self.world.url):
            return f.fetch_all(m.Document)

    def check(self) -> None:
        """Do what the job does, for every file that waits."""
        store = DiskStore(self.server.documents, secret="none is signed here", now=clock.now)
        waiting = [one.id for one in self.documents() if one.state is m.UploadState.RECEIVED]
        with database_at(self.world.url):
            for one in waiting:
                uploads.check(SYSTEM, document=one, store=store, scanner=Nobody())


@contextlib.contextmanager
def opened(browser, sqlite_template, tmp_path, **settings: str) -> Generator[Yard]:
    """Open a yard, and see at its end that nothing went wrong in any browser."""
    shutil.copy(sqlite_template, tmp_path / "portal.db")
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    world = build(url)
    with database_at(url):
        licence = write_licence(tmp_path)
    with running(url, tmp_path, **settings, **licence) as server:
        made = Yard(server, world, browser)
        yield made
        for person in made.people:
            person.context.close()
    assert [fault for person in made.people for fault in person.faults] == []


@pytest.fixture
def yard(browser, sqlite_template, tmp_path):
    with opened(browser, sqlite_template, tmp_path, PORTAL_JOBS="off") as made:
        yield made


@pytest.fixture
def working_yard(browser, sqlite_template, tmp_path):
    """One whose own jobs check what comes."""
    with opened(browser, sqlite_template, tmp_path) as made:
        yield made


def wait_until(is_so) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def photo(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "", "buffer": content}


def look(page: Page, name: str) -> None:
    """Keep a picture of the page where PORTAL_PICTURES says, for whoever wants to look."""
    if folder := os.environ.get("PORTAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.requirement("S1-16")
@pytest.mark.requirement("S1-17")
def test_a_case_is_talked_about_with_papers_and_closed_without_a_reload(yard):
    with database_at(yard.world.url):
        number = cases_world.case(yard.world)
    page = yard.visit("owner", f"/cases/{number}")
    staff = yard.visit("agent", f"/staff/cases?open={number}")
    sheet = staff.get_by_role("dialog")

    page.get_by_label("Choose files").set_input_files([photo("key.jpg", files.picture())])
    row = page.get_by_role("listitem").filter(has_text="key.jpg")
    expect(row.get_by_text("Being checked", exact=True)).to_be_visible()
    expect(sheet.get_by_text("Being checked", exact=True)).to_be_visible()
    yard.check()
    expect(row.get_by_text("Received", exact=True)).to_be_visible()
    with staff.expect_download() as taken:
        sheet.get_by_role("link", name="key.jpg").click()
    assert taken.value.suggested_filename == "key.jpg"
    look(page, "case")

    sheet.locator("#words").click()
    expect(page.get_by_text("Our team is writing an answer…")).to_be_visible()
    sheet.locator("#words").fill("We have found the key.")
    sheet.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("We have found the key.")).to_be_visible()
    sheet.get_by_text("Send photos or papers").click()
    sheet.get_by_label("Choose files").set_input_files(
        [photo("where.jpg", files.picture(size=(70, 50)))]
    )
    theirs = page.get_by_role("listitem").filter(has_text="where.jpg")
    expect(theirs).to_contain_text("sent by our team")
    look(staff, "case-sheet")

    sheet.get_by_text("Propose a solution").click()
    sheet.locator("#notes").fill("It lies at the desk.")
    sheet.get_by_role("button", name="Propose", exact=True).click()
    page.get_by_role("button", name="Accept the solution").click()
    expect(page.get_by_text("Thank you. The case is closed.")).to_be_visible()
    expect(page.get_by_label("Choose files")).to_have_count(0)
    expect(sheet.get_by_text("Closed", exact=True).first).to_be_visible()


@pytest.mark.requirement("S3-25")
@pytest.mark.requirement("S4-18")
@pytest.mark.requirement("S4-19")
@pytest.mark.requirement("S4-21")
def test_a_photo_is_sent_checked_and_seen_by_the_store_without_a_reload(yard):
    number = yard.world.request()
    page = yard.visit("owner", f"/requests/{number}")
    staff = yard.visit("agent", f"/staff/rental-requests?open={number}")

    chooser = page.get_by_label("Choose photos")
    expect(page.get_by_text("JPEG, PNG or WebP, up to 25 MB each, 10 at most.")).to_be_visible()
    chooser.set_input_files([photo("tool.exe", b"MZ"), photo("lift.jpg", files.picture())])
    expect(page.get_by_text("We take JPEG, PNG or WebP files.").first).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="lift.jpg")
    expect(row.get_by_text("Being checked", exact=True)).to_be_visible()
    look(page, "sent")
    assert judge(page, "") == ""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Remove tool.exe").click()
    expect(page.get_by_text("tool.exe")).to_have_count(0)
    expect(chooser).to_be_focused()

    # The store hears of it at once, and gets nothing of it before it has been checked.
    sheet = staff.get_by_role("dialog")
    expect(sheet.get_by_text("Being checked", exact=True)).to_be_visible()
    expect(sheet.get_by_role("link", name="lift.jpg")).to_have_count(0)
    yard.check()
    expect(row.get_by_text("Received", exact=True)).to_be_visible()
    with staff.expect_download() as taken:
        sheet.get_by_role("link", name="lift.jpg").click()
    assert taken.value.suggested_filename == "lift.jpg"
    assert Path(taken.value.path()).read_bytes().startswith(b"\xff\xd8")
    expect(page.get_by_role("status").get_by_text("lift.jpg: Received.")).to_be_attached()
    look(staff, "staff")
    assert judge(staff, "") == ""

    # What is here already is said in words.
    chooser.set_input_files([photo("again.jpg", files.picture())])
    expect(page.get_by_text("This file is here already, as lift.jpg.").first).to_be_visible()
    yard.people[0].forgive("409")


@pytest.mark.requirement("S4-18")
def test_a_photo_shows_how_far_it_has_come_and_can_be_stopped_and_sent_again(yard):
    page = yard.visit(
        "owner", f"/requests/{yard.world.request()}",
        viewport={"width": 390, "height": 844}, has_touch=True,
    )  # fmt: skip
    chooser, held = page.get_by_label("Choose photos"), []
    page.route("**/uploads/landing", lambda route: held.append(route))
    chooser.set_input_files([photo("slow.jpg", files.picture())])
    expect(page.get_by_role("progressbar", name="How much of slow.jpg is sent")).to_be_visible()
    look(page, "sending-390")
    assert judge(page, "") == ""
    page.set_viewport_size({"width": 390, "height": 844})
    stop = page.get_by_role("button", name="Cancel slow.jpg")
    assert stop.bounding_box()["height"] >= 44
    stop.click()
    expect(page.get_by_text("slow.jpg", exact=True)).to_have_count(0)
    expect(page.get_by_role("status").get_by_text("slow.jpg is not sent.")).to_be_attached()
    page.unroute("**/uploads/landing")

    # A line that broke: said in words, and sent again from where it stands.
    page.route("**/uploads/landing", lambda route: route.abort())
    chooser.set_input_files([photo("lift.jpg", files.picture(size=(70, 70)))])
    expect(page.get_by_text(LOST).first).to_be_visible()
    look(page, "lost-390")
    page.unroute("**/uploads/landing")
    page.get_by_role("button", name="Try again lift.jpg").click()
    row = page.get_by_role("listitem").filter(has_text="lift.jpg")
    expect(row.get_by_text("Being checked", exact=True)).to_be_visible()
    look(page, "checking-390")
    wait_until(lambda: m.UploadState.REQUESTED not in {one.state for one in yard.documents()})
    states = {one.name: one.state for one in yard.documents()}
    assert states == {"slow.jpg": m.UploadState.ABANDONED, "lift.jpg": m.UploadState.RECEIVED}
    yard.people[0].forgive("net::ERR_FAILED")


@pytest.mark.requirement("S4-18")
def test_a_large_photo_goes_in_parts_and_is_checked_by_the_job(working_yard):
    yard = working_yard
    page = yard.visit("owner", f"/requests/{yard.world.request()}")
    asked: list[str] = []

    def falter(route) -> None:
        """Let the second part break once."""
        asked.append(route.request.url)
        _ = route.abort() if len(asked) == 2 else route.continue_()

    page.route("**/uploads/landing/*", falter)
    content = files.noise(9)
    page.get_by_label("Choose photos").set_input_files([photo("large.png", content)])
    row = page.get_by_role("listitem").filter(has_text="large.png")
    expect(row.get_by_text("Received", exact=True)).to_be_visible()
    assert len(asked) == 3  # what had arrived was not sent twice
    (kept,) = yard.documents()
    assert (kept.size, kept.sha256) == (len(content), files.fingerprint(content))
    wait_until(lambda: not list(yard.server.documents.glob("landing/*")))
    expect(row.get_by_text(f"Receipt {kept.sha256[:4]}")).to_be_visible()
    yard.people[0].forgive("net::ERR_FAILED")
