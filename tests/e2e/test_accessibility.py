"""axe on every page, in both brands, light and dark, wide and narrow: nothing may be found."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.results import record

CONSUMER = [
    "/", "/contracts", "/contracts/R-77120", "/quotes", "/reservations", "/invoices", "/statements",
    "/items-out", "/requests", "/notifications", "/help", "/profile", "/security",
]  # fmt: skip
STAFF = [
    "/staff", "/staff/rental-requests", "/staff/customers", "/staff/customers/10427",
    "/staff/imports", "/staff/outbox", "/staff/jobs", "/staff/reports", "/staff/settings/portal",
    "/staff/settings/licence", "/staff/settings/audit", "/staff/settings/help", "/staff/gallery",
]  # fmt: skip
DOORS = ["/sign-in", "/register", "/reset"]
WIDTHS = (1280, 390)
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
_found = {"pages": 0, "views": 0, "violations": 0}


def judge(page, orchard_css):
    """Look at one loaded page in eight ways, and return what axe says of each."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for mode in ("light", "dark"):
            page.evaluate("mode => portal.theme(mode)", mode)
            for css in ("", orchard_css):
                page.evaluate(
                    """css => {
                        const style = document.getElementById('other-brand') ||
                            document.body.appendChild(Object.assign(
                                document.createElement('style'), {id: 'other-brand'}));
                        style.textContent = css;
                    }""",
                    css,
                )
                page.wait_for_timeout(60)
                _found["views"] += 1
                where = f"{page.url} {width} {mode} {'orchard' if css else 'first'}"
                sideways = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                if sideways > 0:
                    wrong.append(f"{where}: scrolls sideways by {sideways}px")
                for fault in Axe().run(page, options=OPTIONS).response["violations"]:
                    nodes = [node["html"][:120] for node in fault["nodes"][:3]]
                    wrong.append(f"{where}: {fault['id']} {nodes}")
    _found["pages"] += 1
    _found["violations"] += len(wrong)
    record("axe", _found)
    return wrong


@pytest.mark.parametrize("path", CONSUMER)
def test_customers_pages_are_accessible(visit, orchard_css, path):
    person = visit("rental_customer")
    assert judge(person.open(path), orchard_css) == []


@pytest.mark.parametrize("path", STAFF)
def test_staff_pages_are_accessible(visit, orchard_css, path):
    person = visit(role="admin")
    assert judge(person.open(path), orchard_css) == []


@pytest.mark.parametrize("path", DOORS)
def test_doors_are_accessible(visit, orchard_css, path):
    assert judge(visit().open(path), orchard_css) == []
