"""Run the operator's commands: `python -m portal_app <command>`."""

import typer

from portal_app.cli.doctor import doctor

app = typer.Typer(no_args_is_help=True, help="Look after a consumer portal.")


@app.callback()
def main() -> None:
    """Look after a consumer portal."""


app.command()(doctor)

if __name__ == "__main__":
    app()
