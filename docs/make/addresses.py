"""The registered addresses that are not pages, each with what it does."""

import dis
import inspect
from collections.abc import Callable, Iterator
from itertools import pairwise
from types import ModuleType
from typing import Any

from starlette.routing import Route

from docs.make.markdown import code, first_sentence
from portal_app.state.access import MARK
from portal_app.web.endpoints import ENDPOINTS

# What is done beside the work itself.
_BESIDE = {"leave_note"}


def rows(prefix: str = "/") -> list[tuple[str, ...]]:
    """Return method, path, mark and description of every address below a prefix."""
    return [
        (
            ", ".join(sorted((route.methods or set()) - {"HEAD"})),
            code(route.path),
            getattr(route.endpoint, MARK).value,
            _does(route.endpoint),
        )
        for route in ENDPOINTS
        if isinstance(route, Route) and route.path.startswith(prefix)
    ]


def _does(endpoint: Callable[..., Any]) -> str:
    """Return what the address says of itself, else what the services say that it asks."""
    if endpoint.__doc__:
        return first_sentence(endpoint.__doc__)
    work = inspect.getclosurevars(endpoint).nonlocals["work"]
    return " ".join(first_sentence(inspect.getdoc(service)) for service in _services(work))


def _services(work: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    seen = inspect.getclosurevars(work).globals.values()
    doors = [one for one in seen if isinstance(one, ModuleType) and hasattr(one, "__all__")]
    for name, asked in _pairs(work):
        for door in doors:
            offered = getattr(door, asked, None)
            is_work = door.__name__.endswith(f".{name}") and asked not in _BESIDE
            if is_work and asked in door.__all__ and inspect.isfunction(offered):
                yield offered


def _pairs(work: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """Return `invitations` and `link_page` for `invitations.link_page`.

    A name alone does not say what is meant: some doors offer a service of their own name.
    """
    steps = [one for one in dis.get_instructions(work) if one.opname not in {"PRECALL", "CACHE"}]
    for before, after in pairwise(steps):
        if before.opname == "LOAD_GLOBAL" and after.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
            yield before.argval, after.argval
