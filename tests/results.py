"""What a run of the suite proved, written down while it runs; `make scoreboard` reads it."""

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path("build/results")
_proved: dict[str, defaultdict[str, dict[str, bool]]] = {
    "requirement": defaultdict(dict),
    "asvs": defaultdict(dict),
}


def commit() -> str:
    """Name the commit, and say if the tree has been changed since."""
    try:
        head = ["git", "rev-parse", "HEAD"]
        return subprocess.run(head, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def record(key: str, figures: Any) -> None:
    """Write one key of the scoreboard."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{key}.json").write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> None:
    """Note for each marker whether its test passed; a failing set-up counts as a failure."""
    if call.when == "teardown" or (call.when == "setup" and call.excinfo is None):
        return
    for kind, proved in _proved.items():
        for marker in item.iter_markers(kind):
            for identifier in marker.args:
                proved[identifier][item.nodeid] = call.excinfo is None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Forget what earlier runs proved, when everything is run anew."""
    is_first = session.config.args == session.config.getini("testpaths")
    if is_first and FOLDER.exists():
        for file in FOLDER.glob("*.json"):
            file.unlink()


def pytest_sessionfinish() -> None:
    """Write what the markers say."""
    record("commit", commit())
    record("requirements", _with_earlier("requirements", _proved["requirement"]))
    record("asvs", _with_earlier("asvs", _proved["asvs"]))


def _with_earlier(key: str, proved: dict[str, dict[str, bool]]) -> dict[str, dict[str, bool]]:
    """Add to what this process proved what the one before it did: browsers have their own."""
    file = FOLDER / f"{key}.json"
    earlier = json.loads(file.read_text()) if file.exists() else {}
    return {name: earlier.get(name, {}) | proved.get(name, {}) for name in {*earlier, *proved}}
