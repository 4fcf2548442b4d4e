"""The list of components: all that is installed and locked, and nothing else."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from scripts import list_components

PINNED = dict(
    re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", Path("requirements.txt").read_text(), re.M)
)


@pytest.fixture(scope="module")
def listed():
    return json.loads(list_components.listed())


@pytest.mark.asvs("15.1.2")
def test_the_list_is_cyclonedx_and_names_the_portal(listed):
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["component"]["name"] == "consumer-portal"
    refs = [one["bom-ref"] for one in listed["components"]]
    assert len(refs) == len(set(refs)) > 250


@pytest.mark.asvs("15.1.2")
def test_every_python_package_stands_there_as_it_is_installed_and_pinned(listed):
    found = {one["name"].lower(): one for one in listed["components"] if "pkg:pypi" in one["purl"]}
    for name, wanted in PINNED.items():
        assert found[name.lower()]["version"] == version(name) == wanted
        assert found[name.lower()]["purl"] == f"pkg:pypi/{name.lower()}@{wanted}".replace("_", "-")
    # What those bring along stands there as well, and what only tests need does not.
    assert {"anyio", "botocore", "python-socketio", "argon2-cffi-bindings"} <= set(found)
    assert {"pytest", "hypothesis", "ruff", "localstripe"} & set(found) == set()


@pytest.mark.asvs("15.1.2")
def test_every_package_of_the_browser_part_stands_there_as_it_is_locked(listed):
    found = {one["purl"] for one in listed["components"] if "pkg:npm" in one["purl"]}
    lock = json.loads(Path("reflex.lock/package.json").read_text())
    for name, wanted in (lock["dependencies"] | lock["devDependencies"]).items():
        purl = f"pkg:npm/{name.replace('@', '%40')}@{wanted.removeprefix('v')}"
        assert purl in found
    locked = Path("reflex.lock/bun.lock").read_text().partition('"packages": {')[2]
    assert len(found) == len(set(re.findall(r'^ {4}"[^"]+": \["([^"]+)"', locked, re.M)))


@pytest.mark.asvs("15.1.2")
def test_the_command_writes_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(list_components, "PLACE", tmp_path / "build" / "components.json")
    list_components.main()
    assert json.loads((tmp_path / "build" / "components.json").read_text())["components"]
    assert "components" in capsys.readouterr().out
