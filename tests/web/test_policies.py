"""Which inline scripts a page may run, whichever way and whenever the pages were built."""

import json
import os

import pytest

from portal_app.core.settings import Settings
from portal_app.web.headers import PagePolicies

SETTINGS = Settings(_env_file=None)


@pytest.fixture
def build(tmp_path):
    """Return what writes down the scripts of a build, each later than the one before."""
    moments = iter(range(1, 10))

    def write(pages: dict[str, list[str]]):
        file = tmp_path / "csp.json"
        file.write_text(json.dumps(pages))
        os.utime(file, ns=(next(moments),) * 2)
        return tmp_path

    return write


def scripts(policies: PagePolicies, path: str) -> str:
    policy = policies.policy(path, SETTINGS)
    return next(part for part in policy.split("; ") if part.startswith("script-src"))


@pytest.mark.asvs("3.4.3")
def test_a_page_may_run_its_own_scripts_and_no_other_pages(build):
    policies = PagePolicies(build({"/a/index.html": ["sha256-a"], "/b/index.html": ["sha256-b"]}))
    assert "'sha256-a'" in scripts(policies, "/a")
    assert "'sha256-b'" not in scripts(policies, "/a")
    assert policies.paths == {"/a", "/b"}


def test_one_page_for_every_address_may_run_its_scripts_at_each(build):
    """That is what the development command builds."""
    policies = PagePolicies(build({"/index.html": ["sha256-one"]}))
    for path in ("/", "/contracts", "/contracts/R-1"):
        assert "'sha256-one'" in scripts(policies, path)


def test_a_build_that_ends_after_the_start_is_heard_of(build, tmp_path):
    policies = PagePolicies(tmp_path)
    assert scripts(policies, "/a").strip() == "script-src 'self'"
    build({"/a/index.html": ["sha256-old"]})
    assert "'sha256-old'" in scripts(policies, "/a")
    build({"/a/index.html": ["sha256-new"]})
    assert "'sha256-new'" in scripts(policies, "/a")
    assert "'sha256-old'" not in scripts(policies, "/a")


@pytest.mark.requirement("S4-19")
def test_pages_may_send_files_to_the_store_of_the_settings_and_nowhere_else(build):
    def connections(**chosen):
        policy = PagePolicies(build({"/a/index.html": []})).policy("/a", Settings(**chosen))
        return next(part for part in policy.split("; ") if part.startswith("connect-src"))

    store = "https://files.example.com"
    assert store in connections(documents="s3", s3_bucket="x", s3_endpoint=store)
    assert "amazonaws.com" in connections(documents="s3", s3_bucket="x")
    assert "https" not in connections()
