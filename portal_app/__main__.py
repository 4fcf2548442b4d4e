"""Run the operator's commands: `python -m portal_app <command>`, or `portal <command>`."""

import typer

from portal_app.cli import brands, demo, doctor, imports, licence, run, staff

app = typer.Typer(
    no_args_is_help=True, help="Look after a consumer portal.", pretty_exceptions_enable=False
)
app.command()(run.run)
app.command()(doctor.doctor)
app.add_typer(imports.app)
app.add_typer(brands.app)
app.add_typer(staff.app, name="staff")
app.add_typer(licence.app, name="licence")
app.add_typer(demo.app, name="demo")

if __name__ == "__main__":
    app()
