"""`staff add`: the first admin of a brand; the others are made here as well."""

from typing import Annotated

import typer

from portal_app.cli.brands import BrandKey, brand_of
from portal_app.core.actor import Actor, Role
from portal_app.core.errors import Invalid, PortalError
from portal_app.services import identity

app = typer.Typer(no_args_is_help=True, help="Members of staff.")
_REFUSED = 1


@app.callback()
def staff() -> None:
    """Members of staff."""


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    name: Annotated[str, typer.Argument(help="Their name, as customers read it.")],
    *,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.AGENT,
    brand: BrandKey = "",
    password: Annotated[
        str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, hidden=True)
    ],
) -> None:
    """Add a member of staff; they set up an authenticator app when they first sign in."""
    actor = Actor.system("staff")
    try:
        identity.create_staff(
            actor,
            brand=brand_of(brand, actor).id,
            email=email,
            name=name,
            role=role,
            password=password,
        )
    except PortalError as refusal:
        words = refusal.fields.values() if isinstance(refusal, Invalid) else [refusal.message]
        typer.echo("\n".join(words), err=True)
        raise typer.Exit(_REFUSED) from refusal
    typer.echo(f"{name} can sign in now, as {role.value}.")
