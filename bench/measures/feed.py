"""How fast a feed is read: a hundred thousand ledger entries into a fresh database."""

import csv
import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.places import WORK
from bench.samples import Samples
from bench.setting import Setting
from bench.world.bulk import Bulk
from bench.world.customers import Company
from bench.world.million import migrate
from portal_app.core.actor import Actor
from portal_app.services import imports
from tests.people import database_at

FRESH, AGAIN = "Feed: new ledger entries", "Feed: the same entries again"
ROWS, _ACCOUNTS = 100_000, 500
_HEAD = ("external_id", "account", "kind", "amount", "effective_on", "reference")


def measure(setting: Setting) -> dict[str, Samples]:  # noqa: ARG001 - a database of its own
    """Import the file twice; the floor is the bare parsing and inserting of its rows."""
    found = {FRESH: Samples("rows/s"), AGAIN: Samples("rows/s")}
    WORK.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK) as folder:
        feed, path = Path(folder) / "feed", Path(folder) / "portal.db"
        _write(feed)
        brand_id = _prepare(path)
        found[FRESH].add("html", ROWS / _bare(feed, Path(folder) / "bare.db"))
        with database_at(f"sqlite:///{path}"):
            found[FRESH].add("portal", ROWS / _import(feed, brand_id))
            found[AGAIN].add("portal", ROWS / _import(feed, brand_id))
    return found


def _write(folder: Path) -> None:
    folder.mkdir()
    with (folder / "ledger.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(_HEAD)
        for n in range(ROWS):
            day = f"2026-{n % 10 + 1:02d}-{n % 28 + 1:02d}"
            sign = "-" if n % 2 else ""
            row = (f"L-{n}", f"A-{n % _ACCOUNTS}", "payment" if n % 2 else "charge")
            out.writerow((*row, f"{sign}{n % 900}.25", day, f"INV-{n}"))


def _prepare(path: Path) -> str:
    migrate(path)
    connection = sqlite3.connect(path)
    company = Company(Bulk(connection))
    for n in range(_ACCOUNTS):
        company.account(f"A-{n}", "")
    connection.commit()
    connection.close()
    return company.brand.id


def _import(feed: Path, brand_id: str) -> float:
    began = time.perf_counter()
    report = imports.import_folder(Actor.system("bench", brand=brand_id), path=feed)
    taken = time.perf_counter() - began
    if report.run.refused:
        message = f"the feed was refused: {report}"
        raise RuntimeError(message)
    return taken


def _bare(feed: Path, path: Path) -> float:
    began = time.perf_counter()
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE entry ({', '.join(_HEAD)}, UNIQUE (external_id))")
    with (feed / "ledger.csv").open(newline="") as file:
        rows = csv.reader(file)
        next(rows)
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
    return time.perf_counter() - began
