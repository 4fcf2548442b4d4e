"""`import` and `publish`: fill the portal from a folder, and let ready accounts register."""

from pathlib import Path
from typing import Annotated, Any

import typer

from portal_app.cli.brands import BrandKey, brand_of
from portal_app.core.actor import Actor
from portal_app.core.errors import PortalError
from portal_app.services import access, imports
from portal_app.services.imports import ImportProgress, ImportReport, Refusal

app = typer.Typer()
_COLUMNS = ("new", "changed", "unchanged", "stale", "ended", "refused")
_SHOWN = 20
_COULD_NOT_RUN = 2


@app.command("import")
def import_feed(
    folder: Annotated[Path, typer.Argument(exists=True, help="A folder, a zip or one file.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report, but write nothing.")] = False,
    brand: BrandKey = "",
) -> None:
    """Import a feed. Ends with 1 if anything was refused, with 2 if it could not run."""
    actor = _actor("import", brand)
    try:
        with typer.progressbar(length=100, label=f"Reading {folder.name}") as bar:
            report = imports.import_folder(
                actor, path=folder, trigger="command", dry_run=dry_run, progress=_moving(bar)
            )
    except PortalError as refusal:
        typer.echo(refusal.message, err=True)
        raise typer.Exit(_COULD_NOT_RUN) from refusal
    typer.echo(printed(report))
    raise typer.Exit(0 if report.is_clean else 1)


@app.command()
def publish(*, brand: BrandKey = "") -> None:
    """Update the website: accounts that became ready may register from now on."""
    done = access.publish(_actor("publish", brand), trigger="command")
    typer.echo(
        f"{done.checked:,} accounts looked at: {done.registrable:,} can register now,"
        f" {done.joined:,} joined a sign-in, {done.lost:,} lost access, {done.restored:,} have it"
        " back."
    )


def _actor(name: str, brand: str) -> Actor:
    return Actor.system(name, brand=brand_of(brand, Actor.system(name)).id)


def _moving(bar: Any) -> Any:
    def move(progress: ImportProgress) -> None:
        done = 100 * progress.bytes_done // (progress.bytes_total or 1)
        bar.update(done - bar.pos)

    return move


def printed(report: ImportReport) -> str:
    """Return a report as a terminal shows it."""
    width = max((len(one.name) for one in report.counts), default=0)
    lines = ["", f"{'':{width}}" + "".join(f"{name:>11}" for name in _COLUMNS)]
    for one in report.counts:
        figures = (f"{getattr(one, name):>11,}" for name in _COLUMNS)
        lines.append(f"{one.name:{width}}" + "".join(figures))
    lines += ["", *map(_line, report.refusals[:_SHOWN]), _ending(report)]
    return "\n".join(lines)


def _line(one: Refusal) -> str:
    place = f"{one.file}:{one.line}" if one.line else one.file
    what = f" {one.field}" if one.field else ""
    value = f" ({one.value})" if one.value else ""
    return f"{'Note' if one.is_warning else 'Refused'}  {place}{what}{value}  {one.sentence}"


def _ending(report: ImportReport) -> str:
    more = len(report.refusals) - _SHOWN + report.not_kept
    rest = f"There are more; all stand in the report.  {report.run.id}\n" if more > 0 else ""
    written = "Nothing was written: this was a dry run." if report.run.is_dry_run else "Done."
    return (
        f"{rest}{written} {report.run.rows_read:,} rows read, {report.run.written:,} "
        f"{'to write' if report.run.is_dry_run else 'written'}, {report.run.refused:,} refused,"
        f" {report.files_refused:,} files refused, {report.warnings:,} notes."
    )
