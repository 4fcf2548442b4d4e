"""Print what the last `make test` proved; nothing in it is typed by hand."""

import json
import sys
from pathlib import Path
from typing import Any

from tests.results import FOLDER, commit

KEYS = (
    "commit",
    "requirements",
    "asvs",
    "access",
    "matrix",
    "attacks",
    "crash_points",
    "axe",
    "bundles",
)


def _read(key: str) -> Any:
    file = FOLDER / f"{key}.json"
    return json.loads(file.read_text()) if file.exists() else None


def _claims(proved: dict[str, dict[str, bool]]) -> tuple[int, list[str]]:
    failing = [name for name, tests in proved.items() if not tests or not all(tests.values())]
    return len(proved) - len(failing), failing


def main() -> None:
    figures = {key: _read(key) for key in KEYS}
    Path("build/scoreboard.json").write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
    print(f"commit        {figures['commit']}")
    failing: list[str] = []
    for key in ("requirements", "asvs"):
        passed, wrong = _claims(figures[key] or {})
        failing += wrong
        print(f"{key:13} {passed} proved" + (f", failing: {', '.join(wrong)}" if wrong else ""))
    for key in KEYS[3:]:
        print(f"{key:13} {json.dumps(figures[key], sort_keys=True)}")
    if figures["commit"] != commit():
        sys.exit("These results are of another commit: run `make test`.")
    if failing:
        sys.exit("A claimed id has no passing test.")


if __name__ == "__main__":
    main()
