"""The demo's files as the tests read them."""

import csv
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "demo"
FEEDS = ["feed", "feed_orchard"]


class FeedFiles(dict[str, list[dict[str, str]]]):
    """The rows of one feed folder, by record type."""

    def of(self, number: str, record: str) -> list[dict[str, str]]:
        return [row for row in self[record] if row["account"] == f"A-{number}"]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _read_feed(folder: str) -> FeedFiles:
    return FeedFiles({path.stem: _read(path) for path in (DEMO / folder).glob("*.csv")})


@pytest.fixture(scope="module", params=FEEDS)
def feed(request: pytest.FixtureRequest) -> FeedFiles:
    return _read_feed(request.param)


@pytest.fixture(scope="module")
def harbourline() -> FeedFiles:
    return _read_feed("feed")


@pytest.fixture(scope="module")
def orchard() -> FeedFiles:
    return _read_feed("feed_orchard")


@pytest.fixture(scope="module")
def people() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in _read(DEMO / "people.csv")}
