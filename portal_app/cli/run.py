"""`run`: build, and meanwhile migrate and load the demo on the first start; then serve."""

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
    with build.alongside() as is_building:
        if is_building:
            typer.echo("Building the pages. This takes a while, and only after a change.")
        sign_ins = _ready_database(demo=demo)
    typer.echo(sign_ins)
    chosen = settings()
    typer.echo(f"\nThe portal is at {chosen.address}   (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    granian = Path(sys.executable).parent / "granian"
    arguments = ["--interface", "asgi", "--factory", "--host", chosen.host]
    arguments += ["--port", str(chosen.port), "--workers", str(chosen.workers)]
    arguments.append("portal_app.portal_app:app")
    os.execve(granian, [str(granian), *arguments], build.serving_environment())  # noqa: S606


def _ready_database(*, demo: bool) -> str:
    """Bring the database up to date; return the demonstration's sign-ins, if it has one."""
    database.wait_until_it_answers(typer.echo)
    database.migrate()
    if not demo or settings().is_production:
        return ""
    from portal_app.cli import demo as demo_people  # noqa: PLC0415 - not a part of production

    demo_people.load_once(typer.echo)
    return demo_people.sign_ins()
