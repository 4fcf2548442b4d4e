"""A customer sends photos of what goes back; the store sees them once they have been checked."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.integrations.disk_store import DiskStore
from portal_app.services import uploads
from tests import factories as f
from tests import files
from tests.licences import write_licence
from tests.people import database_at
from tests.permissions.world import World, build
from tests.portal_server import running
from tests.services.uploads.conftest import Nobody

SYSTEM = Actor.system("uploads")


@pytest.fixture
def yard(sqlite_template, tmp_path):
    """A portal whose files nobody checks until the test says so."""
    shutil.copy(sqlite_template, tmp_path / "portal.db")
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    world = build(url)
    with database_at(url):
        licence = write_licence(tmp_path)
    with running(url, tmp_path, PORTAL_JOBS="off", **licence) as server:
        yield server, world


def check(server, world: World) -> None:
    """Do what the job does, for every file that waits."""
    store = DiskStore(server.documents, secret="none is signed here", now=clock.now)
    with database_at(world.url):
        for one in f.fetch_all(m.Document, state=m.UploadState.RECEIVED):
            uploads.check(SYSTEM, document=one.id, store=store, scanner=Nobody())


def photo(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "", "buffer": content}


def look(page, name: str) -> None:
    """Keep a picture of the page where PORTAL_PICTURES says, for whoever wants to look."""
    if folder := os.environ.get("PORTAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.requirement("S3-25")
@pytest.mark.requirement("S4-18")
@pytest.mark.requirement("S4-19")
@pytest.mark.requirement("S4-21")
def test_a_photo_is_sent_checked_and_seen_by_the_store_without_a_reload(visit, yard):
    server, world = yard
    number = world.request()
    customer, store = visit(server=server), visit(server=server)
    for person, who in ((customer, "owner"), (store, "agent")):
        from tests.e2e.conftest import let_in

        let_in(person.context, server, world.people[who].user_id)
    page = customer.open(f"/requests/{number}")
    staff = store.open(f"/staff/rental-requests?open={number}")

    chooser = page.get_by_label("Choose photos")
    expect(page.get_by_text("JPEG, PNG or WebP, up to 25 MB each, 10 at most.")).to_be_visible()
    chooser.set_input_files([photo("tool.exe", b"MZ"), photo("lift.jpg", files.picture())])
    expect(page.get_by_text("We take JPEG, PNG or WebP files.").first).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="lift.jpg")
    expect(row.get_by_text("Being checked", exact=True)).to_be_visible()
    look(page, "sent")
    page.get_by_role("button", name="Remove tool.exe").click()
    expect(page.get_by_text("tool.exe")).to_have_count(0)
    expect(chooser).to_be_focused()

    # The store hears of it at once, and gets nothing of it before it has been checked.
    sheet = staff.get_by_role("dialog")
    expect(sheet.get_by_text("Being checked", exact=True)).to_be_visible()
    expect(sheet.get_by_role("link", name="lift.jpg")).to_have_count(0)
    check(server, world)
    expect(row.get_by_text("Received", exact=True)).to_be_visible()
    look(staff, "staff")
    with staff.expect_download() as taken:
        sheet.get_by_role("link", name="lift.jpg").click()
    assert taken.value.suggested_filename == "lift.jpg"
    assert Path(taken.value.path()).read_bytes().startswith(b"\xff\xd8")

    # What is here already is said in words.
    chooser.set_input_files([photo("again.jpg", files.picture())])
    expect(page.get_by_text("This file is here already, as lift.jpg.").first).to_be_visible()
    customer.forgive("409")
