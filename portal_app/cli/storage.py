"""`storage`: make ready, once, what keeps the files that people send."""

import typer

from portal_app import wiring
from portal_app.core.settings import settings
from portal_app.ports import PortRefused

app = typer.Typer(no_args_is_help=True, help="Look after the store of files that people send.")


@app.callback()
def storage() -> None:
    """Look after the store of files that people send."""


@app.command()
def init() -> None:
    """Make the store if there is none: private, open to our own pages for sending only.

    Doing it again changes nothing; do so after a host of a brand has been added.
    """
    store = wiring.object_store()
    try:
        not_offered = store.prepare(settings().origins)
        faults = store.faults(settings().origins)
    except PortRefused as refusal:
        typer.echo(f"The store refused: {refusal}.")
        raise typer.Exit(1) from refusal
    for words in not_offered:
        typer.echo(f"This store does not offer {words}: see to it where it is looked after.")
    for words in faults:
        typer.echo(f"Not ready: {words}")
    if faults:
        raise typer.Exit(1)
    typer.echo(f"{where()} is ready.")


def where() -> str:
    """Return where files are kept, in words."""
    chosen = settings()
    if chosen.documents == "disk":
        return f"The folder {chosen.document_folder}"
    return f"The bucket {chosen.s3_bucket} at {chosen.upload_origin}"
