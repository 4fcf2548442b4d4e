"""What a run of the suite proved, written down as it ends; `make scoreboard` reads it.

Every process writes a file of its own, so that several can run the suite at once.
"""

import hashlib
import json
import os
import subprocess
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.ids import KNOWN

FOLDER = Path("build/results")
CLAIMS = {"requirement": "requirements", "asvs": "asvs"}
FIGURES = ("access", "matrix", "policies", "attacks", "crash_points", "axe", "bundles", "live")
# What each test of this process came to, by what it claims or counts: key, id or "", test.
_found: dict[str, Any] = {key: defaultdict(dict) for key in (*CLAIMS.values(), *FIGURES)}
_outcomes: dict[str, bool] = {}


def commit() -> str:
    """Name the commit; what was changed since is part of the name."""
    head = _git("rev-parse", "HEAD").decode().strip()
    changed = _git("diff", "HEAD") + _git("ls-files", "--others", "--exclude-standard", "-z")
    if not head or not changed:
        return head or "unknown"
    for name in _git("ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        file = Path(os.fsdecode(name))
        changed += file.read_bytes() if name and file.is_file() else b""
    return f"{head} with changes {hashlib.sha256(changed).hexdigest()[:12]}"


def _git(*words: str) -> bytes:
    try:
        return subprocess.run(["git", *words], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""


def record(key: str, figures: dict[str, Any]) -> None:
    """Write down what the running test counted; the scoreboard adds up what all tests did."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
    _found[key][""][test] = figures


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note what is claimed, so that a claim whose test never ran shows; refuse unknown ids."""
    for item in session.items:
        for kind, identifier in _claims_of(item):
            if identifier not in KNOWN[kind]:
                message = f"{item.nodeid} claims {identifier}, which is not in tests/ids.py"
                raise pytest.UsageError(message)
            _found[CLAIMS[kind]][identifier].setdefault(item.nodeid, None)


def _claims_of(item: pytest.Item) -> list[tuple[str, str]]:
    return [
        (kind, identifier)
        for kind in CLAIMS
        for marker in item.iter_markers(kind)
        for identifier in marker.args
    ]


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> None:
    """Note for each marker whether its test passed: with its set-up and its tidying up."""
    passed = call.excinfo is None and _outcomes.get(item.nodeid, True)
    _outcomes[item.nodeid] = passed
    if call.when == "setup" and passed:
        return
    for kind, identifier in _claims_of(item):
        _found[CLAIMS[kind]][identifier][item.nodeid] = passed


def pytest_sessionstart(session: pytest.Session) -> None:
    """Forget what earlier runs proved, when everything is run anew."""
    is_whole = session.config.args == session.config.getini("testpaths")
    if is_whole and not hasattr(session.config, "workerinput"):
        for file in FOLDER.glob("*.json"):
            file.unlink()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what this process found; looking at the list of tests proves nothing."""
    if session.config.option.collectonly:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{time.time_ns()}-{os.getpid()}.json"
    file.write_text(json.dumps({"commit": commit(), **_found}, indent=1, sort_keys=True) + "\n")
