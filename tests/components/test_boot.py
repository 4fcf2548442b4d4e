"""The static script keeps within the security policy and answers what the components ask of it."""

import gzip
import re
from pathlib import Path

import pytest

BOOT = Path("assets/boot.js").read_text()
LINE = Path("portal_app/web/line.js").read_text()
COMPONENTS = "\n".join(p.read_text() for p in Path("portal_app/components").glob("*.py"))


@pytest.mark.asvs("3.2.2")
@pytest.mark.parametrize("way", [
    r"\beval\b", r"new Function", r"innerHTML", r"outerHTML", r"insertAdjacentHTML",
    r"document\.write", r"setTimeout\(\s*[\"'`]", r"\.on[a-z]+\s*=", r"javascript:",
])  # fmt: skip
def test_no_text_becomes_code_or_markup(way):
    assert not re.search(way, BOOT + LINE)


def test_the_script_is_small():
    assert len(gzip.compress(BOOT.encode())) <= 6_000


@pytest.mark.parametrize("attribute", sorted(set(re.findall(r'"data-([\w-]+)"', COMPONENTS))))
def test_every_data_attribute_that_components_set_is_answered(attribute):
    camel = re.sub(r"-(\w)", lambda m: m.group(1).upper(), attribute)
    stylesheet = Path("assets/portal.css").read_text()
    assert f"data-{attribute}" in BOOT + stylesheet or f".{camel}" in BOOT


@pytest.mark.parametrize("verb", ["run", "idle", "lost", "opened", "closed", "theme", "toast"])
def test_the_portal_object_offers_what_the_bridge_and_the_sheets_call(verb):
    offered = re.search(r"Object\.freeze\(\{(.*?)\}\)", BOOT).group(1)
    assert verb in re.findall(r"\w+", offered)


def test_addresses_that_are_not_of_the_web_are_never_opened():
    assert re.search(r"\^https\?:\$", BOOT)


def test_staying_signed_in_is_said_with_the_portals_own_header():
    assert '"X-Portal": "1"' in BOOT
    assert '"/auth/stay"' in BOOT
    assert '"/auth/sign-out"' in BOOT
