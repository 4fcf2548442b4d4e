"""Makes the demo's feeds anew: `python -m demo.make_feed [folder]`, always the same bytes."""

import sys
from pathlib import Path

from demo.make.calendar import REFERENCE
from demo.make.guide import PEOPLE_COLUMNS, people_rows, readme
from demo.make.source import load_brand
from demo.make.tables import write_csv
from demo.make.world import build_feed

BRANDS = ["harbourline", "orchard"]


def make_feeds(target: Path) -> None:
    """Write every brand's folder and the list of the demo people."""
    people: list[dict[str, str]] = []
    for key in BRANDS:
        brand = load_brand(key)
        folder = target / brand.folder
        build_feed(brand).write(folder)
        _write_text(folder / "reference_date.txt", f"{REFERENCE.isoformat()}\n")
        _write_text(folder / "README.md", readme(brand))
        people += people_rows(brand)
    write_csv(target / "people.csv", PEOPLE_COLUMNS, people)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make_feeds(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
