"""The operator makes the portal their own: a theme, a logo, words; open pages follow."""

import tomllib
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP

from tests.e2e.conftest import PATIENCE

STAFF = tomllib.loads(Path("demo/staff.toml").read_text(encoding="utf-8"))["staff"]
OBED = next(one for one in STAFF if one["email"] == "manager@harbourline.example.com")
SETTINGS = "/staff/settings/portal?group=theme"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 180 40">'
    '<rect width="180" height="40" rx="8" fill="#b4451f"/></svg>'
)
# What each component shows on a customer's page, and where its two colours are looked at.
CHOSEN = {
    "page": ("#fdf3e7", "#3b2412", "body"),
    "header": ("#3b2412", "#ffe9cf", ".side"),
    "heading": ("#fdf3e7", "#7a2e0e", "#page-title"),
    "panel": ("#fffaf2", "#3b2412", ".card"),
    "primary": ("#b4451f", "#ffffff", ".btn.primary"),
    "secondary": ("#f7e3c8", "#3b2412", ".btn:not(.primary,.quiet)"),
    "table_head": ("#f3dcc0", "#3b2412", ".tbl th[scope=col]"),
    "table_row": ("#fffaf2", "#3b2412", ".tbl tbody tr"),
    "link": ("#fffaf2", "#8a3413", ".card .a"),
    "alert": ("#3b2412", "#ffffff", ".alert"),
    "dialog": ("#fff3df", "#3b2412", ".sheet"),
    "footer": ("#f7e3c8", "#3b2412", ".foot"),
}
# Notes before every paint what the page looks like: no old brand may flash up.
WATCH_PAINTS = """window.painted = []; const look = () => {
    const logo = document.querySelector(".brand-logo");
    const ground = document.body && getComputedStyle(document.body).backgroundColor;
    const isThere = logo && getComputedStyle(logo).display !== "none";
    if (logo) painted.push(`${ground} ${isThere ? "picture" : ""}`);
    requestAnimationFrame(look);
}; requestAnimationFrame(look);"""
LOOKED_AT = ("page", "header", "heading", "panel", "footer")


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def colours(page, selector):
    return page.eval_on_selector(
        selector,
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]",
    )


def apply(page, nth=0):
    page.get_by_role("button", name="Apply", exact=True).nth(nth).click()


@pytest.mark.requirement("S4-04")
@pytest.mark.requirement("S4-05")
@pytest.mark.requirement("S4-06")
@pytest.mark.requirement("S4-07")
def test_theme_fonts_and_logo_reach_an_open_page_and_not_the_other_brand(visit, own_portal):
    other = {"host": f"orchard.localhost:{own_portal.port}"}
    before = httpx.get(f"{own_portal.address}/branding.css", headers=other).text
    customer = visit("rental_customer", server=own_portal)
    seen = customer.open("/")
    admin = visit(role="admin", is_sure=True, server=own_portal)
    page = admin.open(SETTINGS)
    page.select_option("#preset", "custom")
    expect(page.locator("#page_ground")).to_be_visible()
    for name, (ground, ink, _) in CHOSEN.items():
        page.fill(f"#{name}_ground", ground)
        page.fill(f"#{name}_ink", ink)
    page.select_option("#body_font", "Transitional")
    page.fill("#footer_ink", "#f0e0c0")
    expect(page.get_by_text("1 of 12 cannot be read yet.")).to_be_visible()
    apply(page)
    expect(page.locator("#errors")).to_contain_text("The nearest text that can be read is")
    page.get_by_role("button", name="Use #").first.click()
    expect(page.get_by_text("Everything can be read.")).to_be_visible()
    page.fill("#footer_ink", CHOSEN["footer"][1])
    apply(page)
    expect(page.get_by_text("Applied. Open pages follow at once.").first).to_be_visible()
    # The customer's page was not loaded again.
    wanted = rgb(CHOSEN["page"][0])
    seen.wait_for_function(
        f"getComputedStyle(document.body).backgroundColor === '{wanted}'", timeout=PATIENCE
    )
    for name in LOOKED_AT:
        ground, ink, selector = CHOSEN[name]
        assert colours(seen, selector) == [rgb(ground), rgb(ink)], name
    family = seen.eval_on_selector("body", "e => getComputedStyle(e).fontFamily")
    assert family.startswith("Charter")
    admin.open(SETTINGS)
    page.set_input_files(
        "#logo", {"name": "l.svg", "mimeType": "image/svg+xml", "buffer": LOGO.encode()}
    )
    page.fill("#alt", "Harbour Company")
    apply(page, nth=1)
    expect(page.locator("img.logo-now")).to_have_attribute("alt", "Harbour Company")
    expect(seen.locator(".side img.brand-logo")).to_be_visible()
    assert httpx.get(f"{own_portal.address}/branding.css", headers=other).text == before
    served = httpx.get(f"{own_portal.address}/branding/logo")
    assert "sandbox" in served.headers["content-security-policy"]
    # Whoever opens a page now gets the new brand with its first paint: the sheet stands in <head>.
    fresh = visit(server=own_portal)
    fresh.page.add_init_script(WATCH_PAINTS)
    fresh.page.goto(f"{own_portal.address}/sign-in", wait_until="commit")
    fresh.settled()
    assert set(fresh.page.evaluate("painted")) == {f"{wanted} picture"}


@pytest.mark.requirement("S2-13")
@pytest.mark.requirement("S2-15")
def test_message_is_worded_with_tags_that_cannot_be_broken(visit, own_portal):
    manager = visit(role="manager", server=own_portal)
    page = manager.open("/staff/settings/email-templates")
    page.get_by_role("link", name="Invitation to the portal").click()
    manager.settled()
    text = page.get_by_role("textbox", name="Text", exact=True)
    text.fill("Hello  and welcome.\n\nOpen it: {{ portal_link }")
    expect(page.get_by_text("The tag {{ portal_link }} has been altered").first).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#errors")).to_contain_text("{{ portal_link }} has been altered")
    text.fill("Hello  and welcome.\n\nOpen it: {{ portal_link }}")
    text.press("Control+Home")
    for _ in "Hello ":
        text.press("ArrowRight")
    page.get_by_role("button", name="{{ first_name }}").click()
    assert page.input_value("#text").startswith("Hello {{ first_name }} and welcome.")
    letter = page.frame_locator("iframe.framed")
    expect(letter.get_by_text("Hello Grace and welcome.").last).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    # Customers will be sent these words: who publishes them proves once more who they are.
    page.get_by_role("link", name="Confirm it is you").click()
    manager.settled()
    code = TOTP(OBED["secret"]).now()
    manager.fill_in("Confirm", password=OBED["password"], code=code)
    page.wait_for_url(f"{own_portal.address}/staff/settings/email-templates/application-invitation")
    manager.settled()
    page.get_by_role("button", name="Publish the draft").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Your words, version 1")).to_be_visible()
