"""Which scripts reach a browser: a short list of libraries, and few lines of our own."""

import json
import re
from pathlib import Path

import pytest

from portal_app.web.headers import PagePolicies
from tests.architecture.test_shape import SOURCE, calls_on_rx, text

FIRST = [Path("assets/boot.js"), Path("portal_app/web/line.js")]
OWN = [*FIRST, *sorted(Path("portal_app/components").glob("*.js*"))]
# What pages are made of, each named by Reflex or by a component of ours; the rest only builds.
LIBRARIES = {
    "@radix-ui/react-dialog", "@radix-ui/react-hover-card", "@react-router/node", "isbot",
    "lucide-react", "mergician", "react", "react-dom", "react-error-boundary", "react-helmet",
    "react-router", "socket.io-client", "universal-cookie",
}  # fmt: skip
BUILDERS = {
    "@emotion/react", "@react-router/dev", "@react-router/fs-routes", "autoprefixer", "postcss",
    "postcss-import", "vite",
}  # fmt: skip
PLUGINS = {"object", "embed", "applet", "param", "frame", "frameset", "portal"}
# Where a name that is no literal is written to: the two names stand in the line above.
WRITTEN_BY_NAME = {"history[name]"}


def without_comments(path):
    code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    return re.sub(r"(?m)^\s*//.*$", "", code)


@pytest.mark.asvs("3.7.1")
def test_pages_are_made_of_these_libraries_and_of_no_others():
    lock = json.loads(Path("reflex.lock/package.json").read_text())
    assert set(lock["dependencies"]) == LIBRARIES
    assert set(lock["devDependencies"]) == BUILDERS
    versions = [*lock["dependencies"].values(), *lock["devDependencies"].values()]
    assert [v for v in versions if not re.fullmatch(r"v?\d+\.\d+\.\d+", v)] == []


@pytest.mark.asvs("3.7.1")
def test_no_page_needs_a_plug_in():
    used = {name for path in SOURCE for name in re.findall(r"\brx\.el\.(\w+)", text(path))}
    assert {"form", "button"} <= used
    assert used & PLUGINS == set()
    assert not [path for path in SOURCE if PLUGINS & set(calls_on_rx(path))]
    for path in OWN:
        code = without_comments(path)
        assert not re.search(r"ActiveXObject|createElement\(\s*['\"](object|embed|applet)", code)


@pytest.mark.asvs("3.7.1")
def test_the_policy_of_every_page_lets_none_in(tmp_path):
    from portal_app.core.settings import Settings

    policy = PagePolicies(tmp_path).policy("/contracts", Settings(_env_file=None))
    assert "object-src 'none'" in policy and "default-src 'none'" in policy


@pytest.mark.asvs("15.3.6")
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_script_of_ours_writes_to_what_all_objects_share(path):
    """Nothing is merged into an object by names that came from somewhere."""
    code = without_comments(path)
    assert not re.search(r"__proto__|setPrototypeOf|Object\.defineProp", code)
    assert not re.search(r"\.prototype\b[^;,)\n]*[^=!<>]=[^=>]", code)
    assert not re.search(r"\bfor\s*\(\s*(const|let|var)\s+\w+\s+in\b", code)
    written = re.findall(r"([\w.$]+\[[^\]\n]+\])\s*(?:[-+*|&?]{0,2}=)(?![=>])", code)
    assert {place for place in written if not re.search(r"\[\d+\]$", place)} <= WRITTEN_BY_NAME
    # What is merged is merged into something new, and never deeply.
    targets = re.findall(r"Object\.assign\(\s*([^,]+),", code)
    assert set(targets) <= {'document.createElement("link")', "{}"}
