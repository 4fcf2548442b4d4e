"""The database of a million contracts: made once, kept until the tables change."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.places import ROOT, WORK, fingerprint
from bench.world.bulk import TODAY, Bulk
from bench.world.customers import Company, Customer
from bench.world.homes import Homes
from bench.world.papers import Papers

# Fewer for a quick look: BENCH_ROWS=10000. Whoever is watched keeps as many as they have.
ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
# How many contracts, and how many cases, whoever is watched has of these rows.
WATCHED = (20, 2_000, 20_000)
# Others who sign in while load is measured, and how many contracts each of them has.
CROWD, THEIR_CONTRACTS = 120, 50
ELSEWHERE = min(20_000, ROWS // 50)


@dataclass(frozen=True)
class WatchedCases:
    """How many cases a watched customer sees, and the number of their newest."""

    cases: int
    newest: str


@dataclass(frozen=True)
class World:
    """The database, and who can sign in to it."""

    path: Path
    brand_id: str
    staff_id: str
    watched: tuple[Customer, ...]
    crowd: tuple[Customer, ...]
    cases: tuple[WatchedCases, ...]
    made_on: str

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"


def world() -> World:
    """Return the database, making it first if the tables or the recipe have changed."""
    sources = [ROOT / "alembic" / "versions", Path(__file__).parent]
    folder = WORK / f"million-{ROWS}-{fingerprint(*sources)}"
    facts = folder / "facts.json"
    if not facts.exists():
        _forget_older()
        folder.mkdir(parents=True, exist_ok=True)
        facts.write_text(json.dumps(_make(folder / "portal.db")))
    return _read(folder / "portal.db", json.loads(facts.read_text()))


def _forget_older() -> None:
    for file in WORK.glob(f"million-{ROWS}-*/*"):
        file.unlink()


def _read(path: Path, facts: dict) -> World:
    people = {key: tuple(Customer(**c) for c in facts.pop(key)) for key in ("watched", "crowd")}
    cases = tuple(WatchedCases(**one) for one in facts.pop("cases"))
    return World(path=path, **people, cases=cases, **facts)


def migrate(path: Path) -> None:
    """Make the tables, in a process of its own so that this one's settings stay as they are."""
    path.unlink(missing_ok=True)
    environment = {**os.environ, "PORTAL_DATABASE_URL": f"sqlite:///{path}"}
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)


def _make(path: Path) -> dict:
    print(f"Making the database of {ROWS:,} contracts and cases; it is kept.", flush=True)
    migrate(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    with _without_indexes(connection, "contract", "contract_line", "case", "case_moment"):
        connection.execute("BEGIN")
        facts = _fill(Bulk(connection))
        connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return facts


def _fill(bulk: Bulk) -> dict:
    company = Company(bulk)
    papers = Papers(bulk, company.brand.id, company.store.id)
    watched = [company.customer(n + 1, amount) for n, amount in enumerate(WATCHED)]
    crowd = [company.customer(n + 100, THEIR_CONTRACTS) for n in range(CROWD)]
    for one in (*watched, *crowd):
        papers.contracts([(one.account_id, one.contracts)], lines=True)
        papers.ledger(one.account_id, 300)
    left = max(0, ROWS - sum(one.contracts for one in (*watched, *crowd)))
    others = [company.account(f"B-{n}", "").id for n in range(ELSEWHERE)]
    shares = [left // ELSEWHERE + (n < left % ELSEWHERE) for n in range(ELSEWHERE)]
    papers.contracts(zip(others, shares, strict=True), lines=False)
    homes = Homes(bulk, company.brand.id, company.staff_id)
    cases = [
        asdict(WatchedCases(n, homes.of(one, n))) for one, n in zip(watched, WATCHED, strict=True)
    ]
    homes.strangers(max(0, ROWS - sum(WATCHED)), ELSEWHERE)
    return {
        "brand_id": company.brand.id,
        "staff_id": company.staff_id,
        "watched": [asdict(one) for one in watched],
        "crowd": [asdict(one) for one in crowd],
        "cases": cases,
        "made_on": TODAY.isoformat(),
    }


@contextmanager
def _without_indexes(connection: sqlite3.Connection, *tables: str) -> Iterator[None]:
    """Drop the plain indexes while rows are written: making them at the end is far quicker."""
    marks = ", ".join("?" for _ in tables)
    where = f"type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})"
    found = connection.execute(f"SELECT name, sql FROM sqlite_master WHERE {where}", tables)
    indexes = found.fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, sql in indexes:
        connection.execute(sql)
