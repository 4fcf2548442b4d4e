"""The bridge: lets the state show a message or move the focus without evaluating script.

A command is a dict of strings with `seq` and `op`: toast {text, level}, focus {id}, title {text},
assign {url}, reload. boot.js runs each `seq` once, so every new command needs a new one.
"""

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict
from reflex_components_core.core.banner import has_connection_errors


class Bridge(rx.Fragment):
    """Hands commands, the idle limit and the state of the connection to boot.js."""

    command: rx.Var[Any]
    idle: rx.Var[int]

    def add_imports(self) -> ImportDict:
        """Name what the effects need."""
        return {"react": ["useEffect"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        """Run one effect for each thing that boot.js wants to know."""
        return [
            _effect("run", self.command, on=f"({self.command})?.seq"),
            _effect("idle", self.idle),
            _effect("lost", has_connection_errors),
        ]

    def _exclude_props(self) -> list[str]:
        return ["command", "idle"]


def bridge(command: rx.Var[Any], *, idle_seconds: rx.Var[int] | int = 0) -> rx.Component:
    """Stand once in the frame; `idle_seconds` above zero starts the watch of boot.js."""
    return Bridge.create(command=command, idle=idle_seconds)


def _effect(verb: str, value: rx.Var[Any], *, on: str = "") -> rx.Var[Any]:
    """Call `portal.<verb>(value)` when the value, or the part named by `on`, changes."""
    script = f"useEffect(() => window.portal?.{verb}({value}), [{on or value}]);"
    return rx.Var(script, _var_data=value._get_all_var_data())  # noqa: SLF001 - Reflex has no public way
