"""Writes what a run measured: results.json for machines, results.md and the README for people."""

import json
import platform
from typing import Any

import psutil

from bench.places import ROOT
from bench.targets import TARGETS, TELLING

JSON, TABLE = ROOT / "bench" / "results.json", ROOT / "bench" / "results.md"
README = ROOT / "README.md"
_MARKS = ("<!-- figures: written by `make bench` -->\n", "<!-- end of figures -->")
_HEAD = """# Measured

Written by `python -m bench`; nothing here is typed by hand. Medians; a ratio compares the portal with a floor in the
same round and is the median of those. The figures of one run belong together: machines change their speed, ratios
stay. *Slow line*: 150 ms round trip, 1.6/0.75 Mbit/s, processor × 4. Floors: a bare FastAPI and Jinja2 page without
JavaScript ("HTML"), and a bare Reflex page ("Reflex"); both list 20 of a customer's contracts from the same SQLite
database of 10⁶ contracts. For a feed the floor is bare parsing and inserting, for an upload a plain PUT of the same
bytes to the same store. Targets in ms are for the machine they were set on; compare the ratios.

"""
_COLUMNS = "| | | HTML | Reflex | portal | ÷ HTML | ÷ Reflex | target |\n|---|---|---|---|---|---|---|---|\n"


def write(found: dict[str, dict[str, Any]]) -> str:
    """Merge a run's figures into those of earlier runs of other measures; return the table."""
    kept = json.loads(JSON.read_text())["measures"] if JSON.exists() else {}
    figures = {"machine": _machine(), "measures": {**kept, **found}}
    JSON.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    table = _COLUMNS + "".join(_row(name, one) for name, one in figures["measures"].items())
    TABLE.write_text(_HEAD + table + "\n" + _machine_line(figures["machine"]))
    README.write_text(_with_figures(README.read_text(), figures))
    return table


def _with_figures(text: str, figures: dict[str, Any]) -> str:
    """Return the README with the most telling figures between its two marks."""
    before, _, rest = text.partition(_MARKS[0])
    _, _, after = rest.partition(_MARKS[1])
    told = "".join(
        _row(name, figures["measures"][name]) for name in TELLING if name in figures["measures"]
    )
    table = _COLUMNS + told + "\n" + _machine_line(figures["machine"]) + "\n"
    return before + _MARKS[0] + table + _MARKS[1] + after


def _machine() -> dict[str, Any]:
    return {
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "python": platform.python_version(),
        "load_at_end": [round(load, 1) for load in psutil.getloadavg()],
    }


def _machine_line(machine: dict[str, Any]) -> str:
    load = " / ".join(map(str, machine["load_at_end"]))
    return (
        f"{machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}; "
        f"load average at the end {load}.\n"
    )


def _row(name: str, one: dict[str, Any]) -> str:
    values = [_cell(one["median"].get(who)) for who in ("html", "reflex", "portal")]
    ratios = [_cell(one["ratio"].get(who)) for who in ("html", "reflex")]
    return (
        f"| {name} | {one['unit']} | {' | '.join((*values, *ratios))} | {TARGETS.get(name, '')} |\n"
    )


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"
