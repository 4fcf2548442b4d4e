"""The scoreboard says no more than was proved, however many processes proved it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import results, scoreboard
from tests.ids import KNOWN, OWED

ROOT = Path(__file__).parent.parent
HEAD = "abc123"
ONE_FIGURE = {"": {"tests/test_a.py::test_a": {"points": 1}}}


@pytest.fixture
def part(tmp_path):
    """Write what one process found; whatever is not said is proved and counted."""

    def write(name="1-1", commit=HEAD, **found):
        whole = {key: {i: {"tests/test_a.py::test_a": True} for i in OWED[key]} for key in OWED}
        figures = dict.fromkeys(scoreboard.FIGURES, ONE_FIGURE)
        text = json.dumps({"commit": commit, **whole, **figures, **found})
        (tmp_path / f"{name}.json").write_text(text)
        return scoreboard.read(tmp_path)

    return write


def empty(**found):
    return {key: {} for key in (*OWED, *scoreboard.FIGURES)} | found


def test_a_whole_run_of_this_commit_has_no_fault(part):
    board = part()
    assert scoreboard.faults(board, HEAD) == []
    assert f"{len(OWED['asvs'])} of the {len(OWED['asvs'])} owed" in scoreboard.summary(board)[2]


def test_results_of_another_commit_or_of_several_are_refused(part):
    assert "are of abc123, and this is def456" in scoreboard.faults(part(), "def456")[0]
    board = part("2-1", "def456", **empty())
    assert "abc123, def456" in scoreboard.faults(board, HEAD)[0]


def test_no_results_are_refused(tmp_path):
    assert "of no commit" in scoreboard.faults(scoreboard.read(tmp_path), HEAD)[0]


@pytest.mark.parametrize("outcome", [False, None], ids=["failed", "never ran"])
def test_a_claim_whose_test_failed_or_never_ran_is_named(part, outcome):
    claims = part()["asvs"] | {"1.2.1": {"test_good": True, "test_bad": outcome}}
    (fault,) = scoreboard.faults(part(asvs=claims), HEAD)
    assert fault == "Claimed in asvs without a passing test: 1.2.1."


def test_an_id_that_is_owed_and_claimed_by_nothing_is_named(part):
    claims = {name: tests for name, tests in part()["asvs"].items() if name != "8.3.1"}
    (fault,) = scoreboard.faults(part(asvs=claims), HEAD)
    assert fault == "Owed in asvs and claimed by no test: 8.3.1."


def test_a_figure_that_nobody_counted_is_named(part):
    assert scoreboard.faults(part(axe={}), HEAD) == ["Nothing was counted for axe."]


def test_processes_add_up_and_each_test_counts_once_with_its_newest_result(part):
    part("1-7", attacks={"": {"a": {"tried": 1, "by": {"x": 1}}, "b": {"tried": 1}}})
    part("2-8", **empty(attacks={"": {"c": {"tried": 1, "by": {"x": 2, "y": 5}}}}))
    board = part("3-9", **empty(attacks={"": {"b": {"tried": 4}}}))
    assert board["attacks"] == {"tried": 6, "by": {"x": 3, "y": 5}}


def test_a_process_that_only_knows_of_a_test_does_not_speak_for_it(part):
    claims = part()["asvs"]
    part("1-7", asvs=claims | {"1.2.1": {"here": True, "there": None}})
    board = part("2-8", **empty(asvs={"1.2.1": {"here": None, "there": True}}))
    assert scoreboard.faults(board, HEAD) == []
    again = part("3-9", **empty(asvs={"1.2.1": {"here": False}}))
    assert "1.2.1" in scoreboard.faults(again, HEAD)[0]


SUITE = """
import pytest
from tests.results import record

@pytest.mark.asvs("1.2.1")
def test_good():
    record("attacks", {"tried": 1, "succeeded": 0})

@pytest.mark.asvs("1.2.2")
@pytest.mark.requirement("S3-01")
def test_bad():
    assert False

@pytest.fixture
def broken():
    yield
    assert False

@pytest.mark.asvs("1.2.3")
def test_badly_tidied(broken): ...

@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.asvs("1.2.4")), 2])
def test_once(n):
    assert n == 1

@pytest.mark.asvs("1.2.5")
def test_left_out():
    pytest.skip("not today")
"""


def run(folder, text, *options):
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = asvs(id)\n    requirement(id)\n")
    (folder / "test_sample.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "tests.results", "-p", "no:cacheprovider"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, *options], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_a_run_writes_what_each_marked_test_came_to(tmp_path):
    run(tmp_path, SUITE)
    run(tmp_path, SUITE, "-k", "test_good")
    folder = tmp_path / results.FOLDER
    assert len(list(folder.iterdir())) == 2, "a run of some tests forgets nothing"
    board = scoreboard.read(folder)
    assert scoreboard.unproved(board["asvs"]) == ["1.2.2", "1.2.3", "1.2.5"]
    assert board["asvs"]["1.2.4"] == {"test_sample.py::test_once[1]": True}
    assert scoreboard.unproved(board["requirements"]) == ["S3-01"]
    assert board["attacks"] == {"tried": 1, "succeeded": 0}


def test_an_id_that_does_not_exist_stops_the_run(tmp_path):
    answer = run(tmp_path, "import pytest\n@pytest.mark.asvs('6.2.99')\ndef test_it(): ...\n")
    assert answer.returncode != 0
    assert "6.2.99" in answer.stdout + answer.stderr


def test_what_was_changed_since_the_commit_is_part_of_its_name(tmp_path, monkeypatch):
    def git(*words):
        who = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    monkeypatch.chdir(tmp_path)
    git("init")
    (tmp_path / "a").write_text("one")
    git("add", "a")
    git("commit", "-m", "Begin")
    clean = results.commit()
    assert len(clean) == 40
    names = {clean}
    for name, text in (("a", "two"), ("a", "three"), ("b", "new"), ("b", "newer")):
        (tmp_path / name).write_text(text)
        names.add(results.commit())
    assert len(names) == 5
    assert all(name.startswith(clean) for name in names)


def test_everything_that_is_owed_may_be_claimed():
    assert OWED["requirements"] <= KNOWN["requirement"]
    assert OWED["asvs"] <= KNOWN["asvs"]
    assert (len(KNOWN["requirement"]), len(KNOWN["asvs"]), len(OWED["asvs"])) == (128, 198, 44)
