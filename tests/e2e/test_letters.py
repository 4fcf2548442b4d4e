"""Letters as a mail program draws them, in a narrow window and in a wide one."""

import pytest
from jinja2 import Environment, meta

from portal_app.integrations.mjml_letters import MjmlLetters
from portal_app.services.notifications import rules
from tests.services.notifications.test_sending import TOPICS

FOLDER = rules.TEMPLATES / "email"
LINK = "https://portal.example.com/i/" + "Ab3-" * 11
MEASURE = """() => {
    const seen = [...document.querySelectorAll("p, a, div, td")].filter(one =>
        [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim())
        && one.checkVisibility() && one.getBoundingClientRect().height > 1);
    const root = document.documentElement;
    return {
        sideways: root.scrollWidth - root.clientWidth,
        smallest: Math.min(...seen.map(one => parseFloat(getComputedStyle(one).fontSize))),
        outside: seen.filter(one => one.getBoundingClientRect().right > innerWidth + 1)
            .map(one => one.textContent.slice(0, 60)),
    };
}"""


def set_letter(template):
    """Return the HTML part of a letter that says much in every place."""
    source = (FOLDER / f"{template}.mjml").read_text(encoding="utf-8")
    frame = (FOLDER / "layout.mjml").read_text(encoding="utf-8")
    parse = Environment(autoescape=True).parse
    names = meta.find_undeclared_variables(parse(source)) | meta.find_undeclared_variables(
        parse(frame)
    )
    facts = dict.fromkeys(names, "Somewhat longer words than usual, from Aberystwyth")
    facts |= {"colour": "#3d4fd6", "on_colour": "#ffffff", "address": LINK, "link": LINK}
    return MjmlLetters().html(template, facts)


@pytest.mark.requirement("S2-13")
def test_every_letter_fits_a_narrow_window_and_is_large_enough_to_read(browser):
    wrong = []
    for width in (390, 1280):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        for template in sorted(TOPICS):
            if not (FOLDER / f"{template}.mjml").is_file():
                continue
            page.set_content(set_letter(template))
            seen = page.evaluate(MEASURE)
            if seen["sideways"] > 0 or seen["outside"] or seen["smallest"] < 14:
                wrong.append((template, width, seen))
        context.close()
    assert wrong == []
