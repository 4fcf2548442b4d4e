"""A customer opens a case with papers: what is refused keeps what was typed and what was sent."""

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from tests import files
from tests.e2e.test_accessibility import judge
from tests.e2e.test_uploads import look, photo
from tests.e2e.test_uploads import yard as yard  # noqa: PLC0414 - a fixture


@pytest.mark.requirement("S1-10")
@pytest.mark.requirement("S1-16")
def test_a_case_is_opened_with_papers_that_outlive_a_refusal(yard):
    page = yard.visit("owner", "/cases/new", viewport={"width": 390, "height": 844})
    page.get_by_label("What can we do for you?").fill("The key broke in the lock.")
    page.get_by_label("Choose files").set_input_files(
        [photo("tool.exe", b"MZ"), photo("key.jpg", files.picture())]
    )
    row = page.get_by_role("listitem").filter(has_text="key.jpg")
    expect(row.get_by_text("Being checked", exact=True)).to_be_visible()
    yard.check()
    expect(row.get_by_text("Received", exact=True)).to_be_visible()

    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("alert").get_by_text("Say in a line what it is.")).to_be_visible()
    expect(page.get_by_label("What can we do for you?")).to_have_value("The key broke in the lock.")
    expect(row.get_by_text("Received", exact=True)).to_be_visible()
    look(page, "new-case-phone")
    assert judge(page, "") == ""
    page.set_viewport_size({"width": 1280, "height": 900})
    look(page, "new-case")

    page.get_by_label("Subject").fill("A broken key")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_text("Your case is open")).to_be_visible()
    expect(page.get_by_role("link", name="key.jpg")).to_be_visible()
    (document,) = yard.documents()
    assert (document.owner_type, document.state) == ("case", m.UploadState.IMPORTED)
