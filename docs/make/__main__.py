"""Write every generated page: `python -m docs.make`."""

import typer

from docs.make import PAGES, ROOT

for name, page in PAGES.items():
    (ROOT / name).write_text(page(), encoding="utf-8")
    typer.echo(name)
