"""Run the operator's commands: `python -m portal_app <command>`, or `portal <command>`."""

import sys

import typer

from portal_app.cli import (
    audit,
    backup,
    brands,
    demo,
    doctor,
    imports,
    jobs,
    licence,
    outbox,
    reseal,
    run,
    staff,
    storage,
)
from portal_app.core.errors import Unavailable

app = typer.Typer(
    no_args_is_help=True,
    help="Look after a consumer portal.",
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(run.run)
app.command()(doctor.doctor)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(outbox.outbox)
app.command()(reseal.reseal)
app.command()(jobs.worker)
app.add_typer(imports.app)
app.add_typer(brands.app)
app.add_typer(staff.app, name="staff")
app.add_typer(jobs.app, name="jobs")
app.add_typer(licence.app, name="licence")
app.add_typer(storage.app, name="storage")
app.add_typer(audit.app, name="audit")
app.add_typer(demo.app, name="demo")


def main() -> None:
    """Run a command; what is away is named in a sentence."""
    try:
        app()
    except Unavailable as fault:
        sys.exit(f"The portal cannot reach what it stands on. {fault}")


if __name__ == "__main__":
    main()
