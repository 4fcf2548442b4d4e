import logging
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, PortalError, TooMany
from portal_app.web.failures import declined, failed

ASKED = Request({"type": "http", "method": "GET", "path": "/x", "headers": [], "query_string": b""})


def shown(response):
    """Return the page and what it says between its heading and its link."""
    html = response.body.decode()
    said = re.search(r"<h1 class=\"h1\">(.*?)</h1><p>(.*?)</p>\n<p><a ", html, re.DOTALL)
    return html, unescape(said[1]), unescape(said[2])


@pytest.mark.asvs("1.2.1")
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1))
def test_a_refusal_is_shown_as_text_whatever_it_holds(words):
    html, _, said = shown(declined(ASKED, Conflict(words)))
    assert said.startswith(f"{words} If you contact us")
    assert html.count("<") == html.count(">") - words.count(">")
    assert html.count("<p>") == 2


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "{0}{title}", "a & b &lt; c"])
def test_what_looks_like_markup_or_a_template_is_neither(words):
    html, _, said = shown(declined(ASKED, Conflict(words)))
    assert said.startswith(f"{words} If you contact us")
    assert "<script" not in html


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotFound(), 404),
        (NotAllowed(), 403),
        (Conflict(), 409),
        (Invalid(name="Enter a name."), 422),
        (TooMany(), 429),
        (PortalError(), 400),
    ],
)
def test_each_refusal_has_its_status(refusal, status):
    response = declined(ASKED, refusal)
    assert response.status_code == status
    assert shown(response)[2].startswith(f"{refusal.message} If you contact us")


@pytest.mark.asvs("16.3.4")
@pytest.mark.asvs("16.5.1")
def test_a_fault_of_ours_shows_a_reference_and_no_detail(caplog):
    with caplog.at_level(logging.ERROR):
        response = failed(ASKED, ValueError("the password of the database is hunter2"))
    html, title, said = shown(response)
    assert response.status_code == 500
    assert title == "Something went wrong on our side"
    assert "hunter2" not in html
    assert "ValueError" not in html
    reference = re.search(r"E-[0-9A-Z]{6}", said)[0]
    assert reference in caplog.text
