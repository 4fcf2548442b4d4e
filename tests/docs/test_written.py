"""What is written by hand names only what there is."""

import re
from pathlib import Path

import pytest

from docs.make import ROOT
from docs.make.commands import rows
from portal_app.core.settings import Settings
from portal_app.routes import ROUTES
from portal_app.web.endpoints import ENDPOINTS
from portal_app.web.gate import ALIASES

PAGES = sorted(
    path
    for folder in (".", "docs", "docs/decisions")
    for path in (ROOT / folder).glob("*.md")
    if not path.name.startswith(".")
)
LINK = re.compile(r"\]\(([^)#\s]+)")
# What whoever adds a page writes.
EXAMPLES = {"state/contracts/quotes.py", "pages/contracts/quotes.py"}
MADE_UP = re.compile(r"\b(TODO|TBD|FIXME|lorem|coming soon|screenshot)\b", re.IGNORECASE)


def named(path):
    return str(path.relative_to(ROOT))


@pytest.fixture(params=PAGES, ids=named)
def written(request) -> tuple[Path, str]:
    return request.param, request.param.read_text(encoding="utf-8")


def test_every_link_leads_somewhere(written):
    path, text = written
    targets = [link for link in LINK.findall(text) if "://" not in link]
    assert [link for link in targets if not (path.parent / link).resolve().exists()] == []


def test_every_heading_that_a_link_names_is_there(written):
    path, text = written
    for file, heading in re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", text):
        page = (path.parent / file) if file else path
        heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert heading in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_file_that_is_named_is_there(written):
    path, text = written
    if "decisions" in path.parts or path.name == "CHANGELOG.md":
        return  # what was true then
    places = (ROOT, ROOT / "portal_app", ROOT / "portal_app/services", path.parent)
    for name in re.findall(
        r"`([\w./-]+/[\w.-]+\.(?:py|js|jsx|css|txt|mjml|toml|csv|md|sh))`", text
    ):
        if not name.startswith("/") and name not in EXAMPLES:
            assert any((place / name).exists() for place in places), name


def test_every_setting_exists(written):
    named = set(re.findall(r"\bPORTAL_[A-Z_]+\b", written[1])) - {"PORTAL_CLOCK_FILE"}
    assert named <= {f"PORTAL_{name.upper()}" for name in Settings.model_fields}


def test_every_command_exists(written):
    known = {name.strip("`") for name, *_ in rows()} | {"COMMAND", "<command>"}
    for words in re.findall(r"python -m portal_app ([^`\n]+)", written[1]):
        first, second = [*words.split(), ""][:2]
        assert first in known or f"{first} {second}" in known, words


def test_every_target_of_make_exists(written):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", written[1], re.MULTILINE)
    assert {first or second for first, second in named} <= set(targets)


def test_every_address_exists(written):
    known = {route.path for route in (*ROUTES, *ENDPOINTS)} | set(ALIASES)
    for address in re.findall(r"`(/(?:staff|auth|files)[a-z/_-]*)`", written[1]):
        assert address in known, address


def test_nothing_is_left_open(written):
    assert MADE_UP.findall(written[1]) == []


@pytest.mark.asvs("15.1.1")
def test_times_for_repairs_are_promised_alike_in_both_places():
    policy, page = (ROOT / "SECURITY.md").read_text(), (ROOT / "docs/security.md").read_text()
    assert "within seven days, everything else within thirty" in " ".join(policy.split())
    assert "within **7 days**, everything else within **30**" in page
    assert "Components with a known weakness are renewed within the same times" in policy


@pytest.mark.asvs("15.1.3")
def test_what_costs_much_is_written_down_with_what_holds_it():
    section = (ROOT / "docs/limits.md").read_text().partition("## What costs much")[2]
    for costly in ("checking a password", "making a PDF", "reading a feed", "searching"):
        assert f"| {costly}" in section
