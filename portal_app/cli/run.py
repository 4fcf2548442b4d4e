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
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models.database import engine
from portal_app.services import branding

# Named, not imported: it is made for the environment of a server.
_APPLICATION = "portal_app.portal_app"
_FIRST_STEPS = """\
There is no brand yet, so nobody can sign in. In another terminal, make one and its first admin:

  .venv/bin/python -m portal_app brand harbourline "Harbourline"
  .venv/bin/python -m portal_app staff add you@example.com "Your Name" --role admin

A host, colours and what comes after: docs/operating.md."""
_OR_THE_DEMO = """\
Or stop it, and try it with demo people: .venv/bin/python -m portal_app run --demo"""


def run(
    *, demo: Annotated[bool, typer.Option(help="Load the demo people on the first start.")] = False
) -> None:
    """Bring up the portal on one port and stay until stopped."""
    with build.alongside() as is_building:
        if is_building:
            typer.echo("Building the pages. This takes a while, and only after a change.")
        _ready_database(demo=demo)
    os.environ.update(build.serving_environment())
    application = _load()
    # Only now: the codes among the sign-ins count for half a minute, and building takes longer.
    typer.echo(_how_to_begin(demo=demo))
    typer.echo(f"\nThe portal is at {settings().address}   (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    _serve(application)


def _ready_database(*, demo: bool) -> None:
    """Bring the database up to date; load the demonstration once, if it is wanted."""
    database.wait_until_it_answers(typer.echo)
    database.migrate()
    if _is_demo(demo=demo):
        from portal_app.cli import demo as demo_people  # noqa: PLC0415 - not a part of production

        demo_people.load_once(typer.echo)


def _how_to_begin(*, demo: bool) -> str:
    """Return the demonstration's sign-ins, or what an empty portal needs first; else nothing."""
    if _is_demo(demo=demo):
        from portal_app.cli import demo as demo_people  # noqa: PLC0415 - not a part of production

        return demo_people.sign_ins()
    if branding.brands(Actor.system("run")):
        return ""
    return _FIRST_STEPS if settings().is_production else f"{_FIRST_STEPS}\n{_OR_THE_DEMO}"


def _is_demo(*, demo: bool) -> bool:
    return demo and not settings().is_production


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
