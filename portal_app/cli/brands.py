"""`brand`: make a brand, and tell which one a command is for."""

from typing import Annotated

import typer

from portal_app.core.actor import Actor
from portal_app.services import branding
from portal_app.services.branding import BrandView

app = typer.Typer()
BrandKey = Annotated[
    str, typer.Option("--brand", help="The brand's key; left out, the default brand.")
]


@app.command("brand")
def make_brand(
    key: Annotated[str, typer.Argument(help="A short name for commands, such as harbourline.")],
    name: Annotated[str, typer.Argument(help="The name that customers see.")],
    host: Annotated[
        list[str] | None, typer.Option(help="A host it answers at; may repeat.")
    ] = None,
    colour: Annotated[str, typer.Option(help="Its colour, as #rrggbb.")] = "#3d4fd6",
) -> None:
    """Make a brand; the first one is the default."""
    branding.found_brand(
        Actor.system("brand"),
        name_in_addresses=key,
        name=name,
        hosts=host or [],
        looks={"colour": colour},
    )
    typer.echo(f"{name} is there.")


def brand_of(key: str, actor: Actor) -> BrandView:
    """Return the brand that a command is for; ends the command when there is none."""
    every = branding.brands(actor)
    for brand in every:
        if brand.key == key or (not key and brand.is_default):
            return brand
    known = ", ".join(brand.key for brand in every)
    typer.echo(
        f"There is no brand {key}. Known: {known}."
        if known
        else "There is no brand yet. Make one first: portal brand KEY NAME",
        err=True,
    )
    raise typer.Exit(2)
