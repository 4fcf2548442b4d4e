"""`run`: build, migrate, load the demo on the first start, serve."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from portal_app.cli import build, database
from portal_app.core.settings import settings


def run(
    *, demo: Annotated[bool, typer.Option(help="Load the demo people on the first start.")] = False
) -> None:
    """Bring up the portal on one port and stay until stopped."""
    chosen = settings()
    if not build.is_current():
        typer.echo("Building the pages. This takes a few seconds, and only after a change.")
        build.ensure_built()
    database.migrate()
    if demo and not chosen.is_production:
        from portal_app.cli import demo as demo_people  # noqa: PLC0415 - not a part of production

        demo_people.load_once(typer.echo)
        typer.echo(demo_people.sign_ins())
    typer.echo(f"\nThe portal is at {chosen.address}   (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    granian = Path(sys.executable).parent / "granian"
    arguments = ["--interface", "asgi", "--factory", "--host", chosen.host]
    arguments += ["--port", str(chosen.port), "--workers", str(chosen.workers)]
    arguments.append("portal_app.portal_app:app")
    os.execve(granian, [str(granian), *arguments], build.serving_environment())  # noqa: S606
