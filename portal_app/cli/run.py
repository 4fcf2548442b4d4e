"""`run`: build, and meanwhile migrate and load the demo on the first start; then serve."""

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from portal_app.cli import build, database
from portal_app.core.settings import settings
from portal_app.models.database import engine

# Named, not imported: it is made for the environment of a server.
_APPLICATION = "portal_app.portal_app"


def run(
    *, demo: Annotated[bool, typer.Option(help="Load the demo people on the first start.")] = False
) -> None:
    """Bring up the portal on one port and stay until stopped."""
    with build.alongside() as is_building:
        if is_building:
            typer.echo("Building the pages. This takes a while, and only after a change.")
        sign_ins = _ready_database(demo=demo)
    os.environ.update(build.serving_environment())
    application = _load()
    typer.echo(sign_ins)
    typer.echo(f"\nThe portal is at {settings().address}   (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    _serve(application)


def _ready_database(*, demo: bool) -> str:
    """Bring the database up to date; return the demonstration's sign-ins, if it has one."""
    database.wait_until_it_answers(typer.echo)
    database.migrate()
    if not demo or settings().is_production:
        return ""
    from portal_app.cli import demo as demo_people  # noqa: PLC0415 - not a part of production

    demo_people.load_once(typer.echo)
    return demo_people.sign_ins()


def _load() -> Callable[..., Any]:
    """Load the application once: every server process begins as a copy of this one.

    Nothing of it is garbage, so nobody looks for any: a fifth of the time.
    """
    gc.disable()
    try:
        return import_module(_APPLICATION).app()
    finally:
        gc.enable()


def _serve(application: Callable[..., Any]) -> None:
    from granian.constants import Interfaces, SSLProtocols  # noqa: PLC0415 - only needed here
    from granian.server import Server  # noqa: PLC0415

    engine().dispose()  # no connection may be shared with a copy
    chosen = settings()
    server = Server(
        f"{_APPLICATION}:app",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=chosen.workers,
        ssl_cert=Path(chosen.tls_certificate) if chosen.tls_certificate else None,
        ssl_key=Path(chosen.tls_key) if chosen.tls_key else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    server.serve(target_loader=lambda: application, wrap_loader=False)
