"""Long lists, figures that agree with the papers, and a person with two accounts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import TODAY
from tests.integrations.pdf_reading import text_of


def body_rows(page):
    return page.locator("tbody tr")


def fetched(person, link):
    """What the browser gets for a document, with its own cookie."""
    answer = person.context.request.get(f"{person.server.address}{link.get_attribute('href')}")
    assert answer.ok
    return answer.body()


@pytest.mark.requirement("S3-21")
def test_three_thousand_contracts_come_a_page_at_a_time(visit):
    person = visit("big_rental_customer")
    page = person.open("/contracts")
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.get_by_role("button", name="All", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    first = body_rows(page).count()
    newest = body_rows(page).first.get_by_role("link").first.inner_text()
    more = page.get_by_role("button", name="Show more")
    more.click()
    expect(body_rows(page)).to_have_count(2 * first)
    numbers = [row.get_by_role("link").first.inner_text() for row in body_rows(page).all()]
    assert len(set(numbers)) == 2 * first
    assert numbers[0] == newest
    page.get_by_label("Order of contracts").select_option("oldest")
    expect(body_rows(page).first.get_by_role("link").first).not_to_have_text(newest)
    page.get_by_role("searchbox", name="Search contracts").fill(newest)
    expect(body_rows(page)).to_have_count(1)
    expect(more).to_have_count(0)
    page.get_by_role("searchbox", name="Search contracts").fill("(.*[")
    page.get_by_role("button", name="Clear search").click()
    expect(body_rows(page)).to_have_count(first)


@pytest.mark.requirement("S3-02")
@pytest.mark.requirement("S3-19")
@pytest.mark.requirement("S3-20")
def test_summary_statement_and_paper_say_the_same_figures(visit):
    person = visit("rental_customer")
    page = person.open("/")
    figures = page.get_by_role("region", name="Balance and payments").locator("dd.v")
    balance = figures.first.inner_text()
    assert re.fullmatch(r"\$[\d,]+\.\d\d", balance)
    page.get_by_role("link", name="Statement of today").click()
    page.wait_for_url(f"**/statements/{TODAY}")
    page = person.settled()
    shown = page.get_by_role("region", name="Figures of this statement").locator("dd.v")
    expect(shown.first).to_have_text(balance)
    opening = shown.nth(1).inner_text()
    paper = text_of(fetched(person, page.get_by_role("link", name="Statement PDF")))
    assert balance in paper
    assert opening in paper
    # The parts by age add up to the whole.
    aged = page.get_by_role("region", name="How long it has been owed").locator("dd")
    cents = [int(re.sub(r"\D", "", text)) for text in aged.all_inner_texts()]
    assert sum(cents) == int(re.sub(r"\D", "", balance))


@pytest.mark.requirement("S3-19")
def test_who_has_not_paid_yet_reads_so(visit):
    page = visit("no_payment_yet").open("/")
    figures = page.get_by_role("region", name="Balance and payments")
    expect(figures).to_contain_text("$0.00")
    expect(figures).to_contain_text(re.compile("none yet|not provided", re.IGNORECASE))


def test_the_owner_of_two_accounts_chooses_and_sees_one_at_a_time(visit):
    person = visit("two_accounts")
    page = person.open("/choose-account")
    rows = page.locator("#main").get_by_role("listitem")
    expect(rows).to_have_count(2)
    for number in ("20150", "20151"):
        page = person.open("/choose-account")
        row = rows.filter(has_text=number)
        row.get_by_role("button").click()
        page.wait_for_url(f"{person.server.address}/")
        expect(person.settled().locator("#main .sub")).to_contain_text(f"Account {number}")
        links = person.open("/contracts").locator("tbody").get_by_role("link")
        expect(links).not_to_have_count(0)
        seen = set(links.all_inner_texts())
        other = person.another_tab().open("/contracts").locator("tbody").get_by_role("link")
        expect(other).to_have_count(links.count())
        assert set(other.all_inner_texts()) == seen
    page.locator("button.acct").click()
    expect(page.get_by_role("link", name="Change account")).to_be_visible()
