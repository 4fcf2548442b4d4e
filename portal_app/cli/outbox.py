"""`outbox`: what was written to people, for whoever develops or tries the portal."""

from typing import Annotated

import typer

from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.services import notifications

SYSTEM = Actor.system("outbox")


def outbox(
    count: Annotated[int, typer.Option(min=1, max=25, help="How many, newest first.")] = 5,
    to: Annotated[str, typer.Option(help="Only what went to this address or number.")] = "",
) -> None:
    """Show the newest letters and texts, codes and links included. Not in production."""
    if settings().is_production:
        typer.echo("In production letters and texts are read by those they were sent to.")
        raise typer.Exit(1)
    lines = notifications.outbox(SYSTEM, recipient=to).rows[:count]
    if not lines:
        typer.echo("Nothing was written yet.")
    for line in reversed(lines):
        message = notifications.message(SYSTEM, message_id=line.id)
        typer.echo(f"--- {line.created_at:%Y-%m-%d %H:%M} to {line.recipient} ({line.state.value})")
        typer.echo(f"{line.subject}\n\n{message.text}".strip() + "\n")
