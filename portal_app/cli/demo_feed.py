"""The demonstration's feeds, with their dates moved so that they always end today."""

import csv
import tempfile
from collections.abc import Collection, Generator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

_DAY_LENGTH = len("2026-11-20")


@contextmanager
def moved(folder: Path, *, to: date, held_back: Collection[str] = ()) -> Generator[Path]:
    """Yield a copy of a feed whose days and moments are moved from its reference date to `to`.

    Accounts whose number is held back have their portal switched off in the copy.
    """
    reference = date.fromisoformat((folder / "reference_date.txt").read_text().strip())
    with tempfile.TemporaryDirectory(prefix="portal-demo-") as name:
        copy = Path(name) / folder.name
        copy.mkdir()
        for source in sorted(folder.glob("*.csv")):
            _move(source, copy / source.name, to - reference, held_back)
        yield copy


def _move(source: Path, target: Path, by: timedelta, held_back: Collection[str]) -> None:
    with source.open(newline="", encoding="utf-8") as old, target.open("w", newline="") as new:
        rows = csv.DictReader(old)
        columns = list(rows.fieldnames or [])
        writer = csv.DictWriter(new, columns, lineterminator="\n")
        writer.writeheader()
        dated = [column for column in columns if column.endswith(("_on", "_at"))]
        for row in rows:
            for column in dated:
                row[column] = _moved(row[column], by)
            if row.get("number") in held_back and "web_portal_enabled" in row:
                row["web_portal_enabled"] = "false"
            writer.writerow(row)


def _moved(cell: str, by: timedelta) -> str:
    """Move the day of `2026-11-20` or `2026-11-20T08:00:00-08:00`, and leave the time."""
    if not cell:
        return cell
    return (date.fromisoformat(cell[:_DAY_LENGTH]) + by).isoformat() + cell[_DAY_LENGTH:]
