"""Every page in the portal: its address, who may open it, and what fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.core.actor import Access
from portal_app.state.shell import ShellState


@dataclass(frozen=True, slots=True)
class Route:
    """One page's place in the portal."""

    path: str
    page: Callable[[], rx.Component]
    title: str
    access: Access
    on_load: Any = None


def _hello() -> rx.Component:
    return rx.el.main(rx.el.h1("Hello ", ShellState.shell.name), id="main")


ROUTES = (
    Route("/", _hello, "Summary", Access.PUBLIC),
    Route("/sign-in", _hello, "Sign in", Access.PUBLIC),
    Route("/contracts/[number]", _hello, "Contract", Access.CONSUMER),
)
