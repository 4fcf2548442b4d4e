"""Staff bring in a feed, read its report and update the website."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

HEAD = "external_id,number,name,account_type,main_phone,email,postal_code,web_portal_enabled\n"
CUSTOMER = {
    "accounts.csv": HEAD
    + "E-1,77001,Heron Joinery,account,(253) 555-0171,office@heronjoinery.example.com,98402,true\n"
    + "E-2,77002,Kestrel Signs,prepaid,,,,\n",
    "people.csv": "external_id,given_name,family_name\nE-P-1,Ilse,Brannock\n",
    "account_contacts.csv": "external_id,account,person,role\nE-C-1,E-1,E-P-1,owner\n",
    "contracts.csv": "external_id,number,kind,status,account,starts_on\n"
    "E-K-1,R-77001,rental,active,E-1,2026-11-02\n",
}


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "monday.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in CUSTOMER.items():
            archive.writestr(name, content)
    return path


@pytest.mark.requirement("S3-10")
def test_a_feed_is_checked_then_imported_and_its_customer_let_in_by_an_update(visit, feed):
    manager = visit(role="manager")
    page = manager.open("/staff/imports")
    page.set_input_files("[name=feed]", feed)
    page.check("[name=dry_run]")
    page.get_by_role("button", name="Send the feed").click()
    page.wait_for_url(re.compile(r"/staff/imports/[0-9a-f-]{36}"))
    page.get_by_text("4 records would be written").wait_for()
    page.get_by_text("Use one of these words: account, cash_only.").wait_for()
    page.get_by_role("button", name="Import it now").click()
    # The page of the new run changes by itself when the job has read the feed.
    page.get_by_text("4 records written").wait_for()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Download as CSV").click()
    assert "accounts.csv,3,account_type,prepaid" in fetched.value.path().read_text("utf-8-sig")

    page = manager.open("/staff/imports")
    page.get_by_text(re.compile("Heron Joinery")).wait_for()
    page.get_by_role("button", name="Update website").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Update website").click()
    page.get_by_text("No account is waiting").wait_for()


def test_a_forgotten_file_is_said_beside_the_field(visit):
    manager = visit(role="manager")
    page = manager.open("/staff/imports")
    page.get_by_role("button", name="Send the feed").click()
    page.get_by_text("There is a problem").wait_for()
    assert page.locator("#feed").get_attribute("aria-invalid") == "true"


@pytest.mark.requirement("S3-26")
def test_the_report_counts_a_document_that_a_customer_fetched(visit):
    customer, manager = visit("stranger"), visit(role="manager")
    before = int(_other_pdfs(manager).inner_text().replace(",", ""))
    contract = customer.open("/contracts").get_by_role("link", name=re.compile("as PDF")).first
    with customer.page.expect_download():
        contract.click()
    expect(_other_pdfs(manager)).to_have_text(f"{before + 1:,}")


def _other_pdfs(manager):
    return manager.open("/staff/reports").locator("tbody tr").first.locator("td").last
