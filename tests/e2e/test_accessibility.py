"""axe on every page, in both brands, light and dark, wide and narrow: nothing may be found."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlmodel import Session, select

from portal_app import models as m
from tests.e2e.addresses import CONSUMER, DOORS, PAYER, STAFF, sandbox_page
from tests.people import database_at
from tests.results import record

WIDTHS = (1280, 390)
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Mode and brand change colours and nothing else: after one full look at each width these remain.
COLOURS = ["color-contrast", "link-in-text-block"]
DRESS = """([mode, css]) => {
    portal.theme(mode);
    const style = document.getElementById("other-brand") || document.body.appendChild(
        Object.assign(document.createElement("style"), {id: "other-brand"}));
    style.textContent = css;
    return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
LOOK = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    const root = document.documentElement;
    return {
        sideways: root.scrollWidth - root.clientWidth,
        faults: found.violations.map(one =>
            one.id + ": " + one.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(" | ")),
    };
}"""


def judge(page, orchard_css):
    """Look at one loaded page in eight ways, and return what axe says of each."""
    page.evaluate(Axe().axe_script)
    wrong, views = [], 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
        rules = GUIDELINES
        for mode in ("light", "dark"):
            for brand, css in (("first", ""), ("orchard", orchard_css)):
                page.evaluate(DRESS, [mode, css])
                page.wait_for_timeout(150)
                seen = page.evaluate(LOOK, rules)
                if seen["faults"]:  # colours may still have been on their way: look again
                    page.wait_for_timeout(1_000)
                    seen = page.evaluate(LOOK, rules)
                where = f"{page.url} {width} {mode} {brand}"
                wrong += [f"{where}: {fault}" for fault in seen["faults"]]
                if seen["sideways"] > 0:
                    wrong.append(f"{where}: scrolls sideways by {seen['sideways']}px")
                rules = COLOURS
                views += 1
    record("axe", {"pages": 1, "views": views, "violations": len(wrong)})
    return "\n".join(wrong)


@pytest.fixture
def look_at(visit, orchard_css):
    """Open a page for somebody and judge it; nothing moves meanwhile."""

    def looked_at(path, **who):
        return judge(visit(**who, reduced_motion="reduce").open(path), orchard_css)

    return looked_at


@pytest.mark.parametrize("path", CONSUMER)
def test_customers_pages_are_accessible(look_at, path):
    assert look_at(path, key="rental_customer") == ""


@pytest.mark.parametrize("path", PAYER)
def test_pages_of_somebody_who_pays_by_schedule_are_accessible(look_at, path):
    assert look_at(path, key="head") == ""


@pytest.mark.parametrize("path", STAFF)
def test_staff_pages_are_accessible(look_at, path):
    assert look_at(path, role="admin") == ""


def test_staffs_page_of_a_person_is_accessible(look_at, demo_portal):
    with database_at(demo_portal.database) as engine, Session(engine) as session:
        renata = session.exec(select(m.Person.id).where(m.Person.given_name == "Renata")).one()
    assert look_at(f"/staff/people/{renata}", role="admin") == ""


@pytest.mark.parametrize("path", DOORS)
def test_doors_are_accessible(look_at, path):
    assert look_at(path) == ""


def test_the_sandboxs_own_page_is_accessible(look_at, demo_portal):
    assert look_at(sandbox_page(demo_portal, "axe")) == ""
