"""`audit`: the proof that nobody changed the account of who did what."""

from typing import Annotated

import typer

from portal_app.core.actor import Actor
from portal_app.services import audit

app = typer.Typer(no_args_is_help=True, help="Check the audit trail.")
SYSTEM = Actor.system("audit")


@app.callback()
def main() -> None:
    """Check the audit trail."""


@app.command()
def verify(
    anchor: Annotated[
        str, typer.Option(help="A fingerprint that the nightly job wrote to the log.")
    ] = "",
) -> None:
    """Follow the whole trail; ends with 1 if it is not as it was written."""
    report = audit.verify(SYSTEM, anchor=anchor)
    typer.echo(f"{report.sentence} {report.length} entries, the newest is {report.head}.")
    if not report.is_whole:
        raise typer.Exit(1)
