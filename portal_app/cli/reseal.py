"""`reseal`: the step between a new secret and the end of the one before."""

import typer

from portal_app.core.actor import Actor
from portal_app.services import resealing


def reseal() -> None:
    """Seal anew, under PORTAL_SECRET_KEY, what PORTAL_SECRET_KEY_BEFORE has sealed.

    Ends with 1 if something opens under neither. Doing it again changes nothing.
    """
    done = resealing.reseal(Actor.system("reseal"))
    typer.echo(f"{done.renewed} sealed anew.")
    if done.lost:
        typer.echo(
            f"{done.lost} open under neither secret: keep PORTAL_SECRET_KEY_BEFORE as it is."
        )
        raise typer.Exit(1)
    typer.echo("PORTAL_SECRET_KEY_BEFORE is not needed any more.")
