"""Where a form may lead: to a page of this portal, however the address is written."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.web.auth.posting import safe_path

BASE = "https://portal.example.org/sign-in"
OUTSIDE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil",
    "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "data:text/html,x", "///evil",
    "/%0d%0aLocation:%20x\r\n", " //evil.example", "/ /evil.example", "evil.example", "",
    "//[evil", "/[x]//" + "a" * 600, "/\uff05\uff12\uff46evil", "/auth/sign-out",
    "/sign-in", "/_event",
]  # fmt: skip
pieces = st.lists(
    st.sampled_from(
        ["/", "\\", "//", "evil.example", "https:", "@", ":", "?", "#", "%2f", "%5c", "%0d%0a",
         "\t", "\n", " ", ".", "..", "\u2028", "contracts", "x", "[", "]"]
    ),
    max_size=7,
).map("".join)  # fmt: skip


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize("wanted", OUTSIDE)
def test_an_address_that_leads_elsewhere_is_dropped(wanted):
    assert safe_path(wanted) == ""


@pytest.mark.asvs("3.7.2")
@given(pieces | st.text(max_size=60))
def test_what_is_kept_stays_here(wanted):
    kept = safe_path(wanted)
    if kept:
        # As browsers read it: a backslash is a slash, tabs and line ends are not there.
        seen = kept.replace("\\", "/").translate({9: None, 10: None, 13: None})
        assert urlsplit(urljoin(BASE, seen)).netloc == "portal.example.org"
        assert kept == wanted


@pytest.mark.parametrize(
    "wanted", ["/", "/contracts", "/contracts/R-1?tab=items", "/items-out/0193/off-rent#form"]
)
def test_a_page_of_the_portal_is_kept(wanted):
    assert safe_path(wanted) == wanted
