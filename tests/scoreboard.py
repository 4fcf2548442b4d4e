"""Print what the last `make test` proved; nothing in it is typed by hand."""

import json
import sys
from pathlib import Path
from typing import Any

from tests.ids import LEVEL_1, LEVEL_2, OWED
from tests.results import CLAIMS, FIGURES, FOLDER, commit

BOARD = Path("build/scoreboard.json")


def read(folder: Path = FOLDER) -> dict[str, Any]:
    """Put together what every process wrote; of a test that ran twice the newer result counts."""
    parts = [json.loads(file.read_text()) for file in sorted(folder.glob("*-*.json"))]
    board: dict[str, Any] = {"commit": sorted({part["commit"] for part in parts})}
    for key in CLAIMS.values():
        board[key] = claims = {}
        for part in parts:
            for name, tests in part[key].items():
                ran = {test: passed for test, passed in tests.items() if passed is not None}
                claims[name] = dict.fromkeys(tests) | claims.get(name, {}) | ran
    for key in FIGURES:
        counted = {test: f for part in parts for test, f in part[key].get("", {}).items()}
        board[key] = _sum(list(counted.values()))
    return board


def _sum(figures: list[dict[str, Any]]) -> dict[str, Any]:
    total: dict[str, Any] = {}
    for one in figures:
        for name, value in one.items():
            both = [total[name], value] if name in total else [value]
            total[name] = _sum(both) if isinstance(value, dict) else sum(both)
    return total


def unproved(claims: dict[str, dict[str, bool | None]]) -> list[str]:
    """Name the claimed ids that no test proves: none ran, or one did not pass."""
    return sorted(n for n, tests in claims.items() if not tests or not all(tests.values()))


def faults(board: dict[str, Any], now: str) -> list[str]:
    """Return why these results prove less than they say."""
    found = []
    if board["commit"] != [now]:
        of = ", ".join(board["commit"]) or "no commit"
        found.append(f"These results are of {of}, and this is {now}: run `make test`.")
    for key in CLAIMS.values():
        if wrong := unproved(board[key]):
            found.append(f"Claimed in {key} without a passing test: {', '.join(wrong)}.")
        if owed := sorted(OWED[key] - board[key].keys()):
            found.append(f"Owed in {key} and claimed by no test: {', '.join(owed)}.")
    found += [f"Nothing was counted for {key}." for key in FIGURES if not board[key]]
    return found


def summary(board: dict[str, Any]) -> list[str]:
    """Return the lines that are printed."""
    proved = {
        key: board[key].keys() - unproved(board[key]) for key in ("requirements", "asvs")
    }  # fmt: skip
    asvs, owed = proved["asvs"], OWED["asvs"]
    shown = board | {"bundles": {k: v for k, v in board["bundles"].items() if k != "pages"}}
    return [
        f"commit        {', '.join(board['commit'])}",
        f"requirements  {len(proved['requirements'])} proved, "
        f"{len(proved['requirements'] & OWED['requirements'])} of the "
        f"{len(OWED['requirements'])} owed",
        f"asvs          {len(asvs)} of {len(LEVEL_1 | LEVEL_2)} proved; level 1: "
        f"{len(asvs & owed)} of the {len(owed)} owed, {len(asvs & LEVEL_1)} of all {len(LEVEL_1)}",
        *(f"{key:13} {json.dumps(shown[key], sort_keys=True)}" for key in FIGURES),
    ]


def main() -> None:
    board = read()
    found = faults(board, commit())
    BOARD.parent.mkdir(exist_ok=True)
    BOARD.write_text(json.dumps(board | {"faults": found}, indent=1, sort_keys=True) + "\n")
    print("\n".join([*summary(board), *found]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
