"""Every command of the operator, from the program itself."""

from typing import Any

import typer

from docs.make.markdown import code, document, table
from portal_app.__main__ import app


def page() -> str:
    """Return docs/commands.md."""
    return document(
        "Commands",
        "`.venv/bin/python -m portal_app COMMAND`, run in the portal's folder with its settings; "
        "after `make run` also `.venv/bin/portal COMMAND`. Every command says more with `--help`. "
        "A command acts as the portal itself and is written down like everything else.",
        table(("Command", "What it does", "Takes"), rows()),
    )


def rows() -> list[tuple[str, str, str]]:
    """Return each command, its first sentence, and what it takes."""
    return sorted(_below(typer.main.get_command(app), ""))


def _below(command: Any, name: str) -> list[tuple[str, str, str]]:
    if inside := getattr(command, "commands", None):
        below = inside.items()
        return [row for key, each in below for row in _below(each, f"{name} {key}".strip())]
    takes = [_shown(one) for one in command.params if not getattr(one, "hidden", False)]
    words = (command.help or "").partition("\n\n")[0]
    return [(code(name), words, ", ".join(takes))]


def _shown(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        name = str(parameter.name).upper()
        return code(name if parameter.required else f"[{name}]")
    return code(parameter.opts[0])
