"""Applications in the operator's own colours: both sides, both widths, light and dark."""

import pytest
from playwright.sync_api import expect

from portal_app.core.actor import Role
from portal_app.services import branding
from tests import factories as f
from tests.e2e.test_accessibility import WIDTHS, judge
from tests.e2e.test_application_journey import SAMIRA, come_in, link_of
from tests.e2e.test_designing import CHOSEN, colours, rgb
from tests.e2e.test_uploads import look
from tests.people import database_at

MORTGAGE, CAR = "MA-60412", "FA-20931"
BUYER = "/staff/applications/FA-20931?section=contacts&tab=centre"
DESK = "/staff/applications/MA-60412?section=contacts&tab=centre"
# Where each component of a theme is looked at on the page of a proposal.
ON_A_PROPOSAL = {name: CHOSEN[name][2] for name in ("page", "header", "heading", "panel", "footer")}
ON_A_PROPOSAL |= {
    "primary": "#calls-to-action .btn.primary",
    "secondary": "#calls-to-action .btn:not(.primary,.quiet)",
}


@pytest.fixture(scope="module")
def themed_portal(own_portal):
    """The portal under a theme in which every component has a ground and an ink of its own."""
    pairs = {
        f"{name}_{part}": colour
        for name, (ground, ink, _) in CHOSEN.items()
        for part, colour in (("ground", ground), ("ink", ink))
    }
    fonts = {"heading_font": "Transitional", "body_font": "Transitional"}
    with database_at(own_portal.database):
        admin = f.sure(f.staff_actor(Role.ADMIN, brand_id=f.brand().id))
        branding.save_revision(
            admin, part="theme", content={"preset": branding.CUSTOM, **pairs, **fonts},
            seen=0, publish=True, key="theme",
        )  # fmt: skip
    return own_portal


def pictured(page, name):
    """Keep pictures of a page at both widths, light and dark, and let axe judge each."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for mode in ("light", "dark"):
            page.evaluate("mode => portal.theme(mode)", mode)
            page.wait_for_timeout(200)
            look(page, f"{name}-{width}-{mode}")
    return judge(page, "")


@pytest.mark.requirement("S4-01")
@pytest.mark.requirement("S4-04")
def test_a_proposal_is_drawn_in_the_colours_of_each_component(visit, themed_portal):
    desk = visit(role="agent", server=themed_portal).open(BUYER)
    name = desk.locator("#who li .choice span").first.inner_text()
    person = visit(server=themed_portal, reduced_motion="reduce")
    page = come_in(person, link_of(desk, name), heading="Your")
    for component, selector in ON_A_PROPOSAL.items():
        ground, ink, _ = CHOSEN[component]
        assert colours(page, selector) == [rgb(ground), rgb(ink)], component
    assert pictured(page, "proposal") == ""
    page.get_by_role("button", name="Send a message", exact=True).click()
    ground, ink, selector = CHOSEN["dialog"]
    expect(page.locator(selector)).to_be_visible()
    page.evaluate("portal.theme('light')")
    expect(page.locator(selector)).to_have_css("background-color", rgb(ground))
    expect(page.locator(selector)).to_have_css("color", rgb(ink))
    assert pictured(page, "message") == ""


@pytest.mark.requirement("S2-21")
@pytest.mark.requirement("S4-04")
def test_the_customer_centre_is_readable_in_the_colours_of_each_component(visit, themed_portal):
    staff = visit(role="agent", server=themed_portal, reduced_motion="reduce")
    desk = staff.open(DESK)
    person = visit(server=themed_portal, reduced_motion="reduce")
    page = come_in(person, link_of(desk, SAMIRA))
    assert pictured(page, "centre") == ""
    page.get_by_role("region", name="About you").get_by_role("link").first.click()
    page.wait_for_url("**/personal/**")
    person.settled()
    assert pictured(page, "form") == ""
    assert pictured(desk, "staff-centre") == ""
