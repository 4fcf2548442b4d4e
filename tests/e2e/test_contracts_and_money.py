"""A rental customer looks at the account: summary, contracts, statements, documents."""

import re

import httpx
import pytest
from playwright.sync_api import expect

CUSTOMER = "rental_customer"


def cookies_of(person):
    return {cookie["name"]: cookie["value"] for cookie in person.context.cookies()}


@pytest.mark.requirement("S3-02")
@pytest.mark.requirement("S3-16")
@pytest.mark.requirement("S3-19")
def test_the_summary_is_headed_as_it_must_be_and_shows_the_three_figures(visit):
    page = visit(CUSTOMER).open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customer account summary")
    figures = page.get_by_role("region", name="Balance and payments")
    for label in ("Current balance", "Amount owed", "Last payment"):
        expect(figures.get_by_text(label, exact=True)).to_be_visible()
    expect(figures.get_by_text(re.compile(r"^\$[\d,]+\.\d\d$")).first).to_be_visible()


@pytest.mark.requirement("S3-17")
def test_recent_statements_and_ones_own_details_are_one_step_away(visit):
    page = visit(CUSTOMER).open("/")
    statements = page.get_by_role("region", name="Recent statements")
    expect(statements.get_by_role("link", name=re.compile("PDF")).first).to_be_visible()
    page.goto(page.url.rstrip("/") + "/profile")
    you = page.get_by_role("region", name="You", exact=True)
    expect(you.get_by_role("link", name="Change Address")).to_be_visible()


@pytest.mark.requirement("S3-21")
def test_contracts_are_searched_filtered_and_found_again(visit):
    page = visit(CUSTOMER).open("/contracts")
    table = page.get_by_role("table", name="Contracts")
    for column in ("Contract number", "Status", "Items out"):
        expect(table.get_by_role("columnheader", name=column)).to_be_visible()
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.get_by_role("button", name="All", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    number = table.get_by_role("rowheader").first.get_by_role("link").first.inner_text()
    page.get_by_label("Search contracts").fill("nothing like this")
    expect(page.get_by_text("No contracts match")).to_be_visible()
    page.get_by_role("button", name="Clear search").click()
    expect(table.get_by_role("link", name=number, exact=True)).to_be_visible()


@pytest.mark.parametrize("name", ["Quotes", "Reservations"])
def test_lists_in_which_all_stand_alike_have_no_column_for_it(visit, name):
    page = visit(CUSTOMER).open(f"/{name.lower()}")
    heads = page.get_by_role("table", name=name).get_by_role("columnheader")
    expect(heads).to_have_text([f"{name[:-1]} number", "Store", "Dates", "PDF"])
    expect(page.get_by_role("rowheader").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_said_below_a_table_stands_inside_its_card(visit, width):
    page = visit(CUSTOMER).open("/contracts/R-77120")
    page.set_viewport_size({"width": width, "height": 900})
    words = page.get_by_text("Everything listed is at")
    expect(words).to_be_visible()
    free = words.evaluate(
        """words => {
          const range = document.createRange();
          range.selectNodeContents(words);
          const card = words.closest(".card").getBoundingClientRect();
          const own = range.getBoundingClientRect();
          return [own.left - card.left, card.right - own.right, card.bottom - own.bottom];
        }"""
    )
    assert min(free) >= 12


@pytest.mark.requirement("S3-22")
def test_a_contracts_summary_opens_by_mouse_and_by_focus_and_escape_closes_it(visit):
    page = visit(CUSTOMER).open("/contracts")
    link = page.get_by_role("rowheader").first.get_by_role("link").first
    card = page.get_by_role("group", name=f"Summary of {link.inner_text()}")
    link.hover()
    expect(card).to_be_visible()
    expect(card.get_by_text("Items out", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(0, 0)
    link.focus()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(link).to_be_focused()


@pytest.mark.requirement("S3-22")
def test_a_contracts_summary_opens_by_tap(visit):
    person = visit(CUSTOMER, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = person.open("/contracts")
    link = page.get_by_role("rowheader").first.get_by_role("link").first
    name = f"Summary of {link.inner_text()}"
    page.get_by_role("button", name=name).tap()
    expect(page.get_by_role("group", name=name)).to_be_visible()
    assert page.url.endswith("/contracts")


@pytest.mark.requirement("S3-23")
def test_the_magnifying_glass_brings_the_contract_as_a_pdf(visit):
    person = visit(CUSTOMER)
    page = person.open("/contracts")
    number = page.get_by_role("rowheader").first.get_by_role("link").first.inner_text()
    glass = page.get_by_role("link", name=f"View contract {number} as PDF")
    with page.expect_download() as download:
        glass.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert download.value.suggested_filename.endswith(f"{number}.pdf")
    stranger = visit("stranger")
    stranger.open("/")
    path = glass.get_attribute("href")
    answer = httpx.get(f"{person.server.address}{path}", cookies=cookies_of(stranger))
    assert answer.status_code == 404


@pytest.mark.requirement("S3-20")
def test_a_statement_for_a_day_is_chosen_refused_and_kept_in_the_address(visit):
    page = visit(CUSTOMER).open("/statements")
    day = page.get_by_label("Statement for a date")
    day.fill("2999-01-31")
    page.get_by_role("button", name="Show statement").click()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_contain_text("That day has not come yet")
    expect(summary).to_be_focused()
    expect(day).to_have_value("2999-01-31")
    link = page.get_by_role("table").get_by_role("rowheader").nth(1).get_by_role("link")
    link.click()
    page.wait_for_url(re.compile(r"/statements/\d{4}-\d\d-\d\d$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Statement for")
    heading = page.get_by_role("heading", level=1).inner_text()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.get_by_text("Opening balance").first).to_be_visible()


@pytest.mark.requirement("S3-03")
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/contracts", "Contracts"),
        ("/quotes", "Quotes"),
        ("/reservations", "Reservations"),
        ("/invoices", "Invoices"),
        ("/statements", "Statements"),
    ],
)
def test_each_of_the_five_lists_leads_to_a_page_and_a_pdf(visit, path, heading):
    person = visit(CUSTOMER)
    page = person.open(path)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    pdf = page.get_by_role("table").get_by_role("link", name=re.compile("PDF")).first
    address = f"{person.server.address}{pdf.get_attribute('href')}"
    answer = httpx.get(address, cookies=cookies_of(person))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    page.get_by_role("table").get_by_role("rowheader").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)
    person.settled()
    assert "Page not found" not in page.inner_text("#main")
