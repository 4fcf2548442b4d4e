"""`licence`: make keys, issue licences, look at one."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from portal_app.core import clock, signatures
from portal_app.core.ids import new_id
from portal_app.core.settings import settings
from portal_app.services import licensing
from portal_app.services.licensing import Licence, LicenceState, Unreadable

app = typer.Typer(no_args_is_help=True, help="Issue and inspect licences.")


@app.command("new-key")
def new_key(
    path: Annotated[Path, typer.Argument(help="Where to write the private key.")],
    kid: Annotated[str, typer.Option(help="The name that licences call it by.")] = "main",
) -> None:
    """Make a key pair: the private one into a file of yours, the public one for the settings."""
    private, public = signatures.new_key()
    _write_secret(path, private)
    typer.echo(f"The private key is in {path}. Whoever has it can issue licences.")
    typer.echo(f"PORTAL_LICENCE_PUBLIC_KEYS='{json.dumps({kid: public})}'")


@app.command()
def issue(
    key: Annotated[Path, typer.Option(help="The file with the private key.")],
    customer: Annotated[str, typer.Option(help="Whom the licence is for.")],
    installation: Annotated[str, typer.Option(help="As `licence inspect` shows it there.")],
    days: Annotated[int, typer.Option(min=1, max=36_500)] = 365,
    modules: Annotated[list[str], typer.Option("--module")] = ["rental"],  # noqa: B006
    kid: str = "main",
    starts: Annotated[str, typer.Option(help="A day such as 2026-12-01; today if left out.")] = "",
) -> None:
    """Print the line that goes into the licence file."""
    begin = datetime.fromisoformat(starts).replace(tzinfo=UTC) if starts else clock.now()
    licence = _licence(kid, installation, customer, modules, begin, timedelta(days=days))
    typer.echo(licensing.issue(key.read_text(encoding="ascii").strip(), licence))


@app.command()
def inspect(
    path: Annotated[
        Path | None, typer.Argument(help="A licence file, else the one in use.")
    ] = None,
) -> None:
    """Say what a licence holds, and what it is worth to this installation."""
    state = licensing.state()
    typer.echo(f"This installation is {state.installation}.")
    if path is None:
        _show(state)
        return
    try:
        licence = licensing.read(path.read_text(encoding="ascii"), settings().licence_public_keys)
    except (OSError, UnicodeDecodeError, Unreadable) as fault:
        typer.echo(f"{path} cannot be used. {fault}")
        raise typer.Exit(1) from fault
    status = licensing.judge(licence, installation=state.installation, now=clock.now())
    typer.echo(f"{path} is {status.value}: {licence.model_dump_json()}")


def _licence(
    kid: str,
    installation: str,
    customer: str,
    modules: list[str],
    begin: datetime,
    lasts: timedelta,
) -> Licence:
    return Licence(
        typ="portal-licence",
        kid=kid,
        id=new_id(),
        installation=installation,
        customer=customer,
        modules=modules,
        nbf=int(begin.timestamp()),
        exp=int((begin + lasts).timestamp()),
    )


def _show(state: LicenceState) -> None:
    typer.echo(state.sentence)
    if state.ends_at and state.starts_at:
        modules = ", ".join(state.modules)
        typer.echo(
            f"{state.customer}: {modules}, {state.starts_at:%Y-%m-%d} to {state.ends_at:%Y-%m-%d}"
        )


def _write_secret(path: Path, text: str) -> None:
    """Write a new file that only its owner reads; one that is there already is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "x", encoding="ascii", opener=_private) as file:
        file.write(text)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
