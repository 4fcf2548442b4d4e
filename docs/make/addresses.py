"""The registered addresses that are not pages, each with what it does."""

import inspect
from collections.abc import Callable, Iterator
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
    for name in work.__code__.co_names:
        for door in doors:
            offered = getattr(door, name, None)
            is_work = name in door.__all__ and name not in _BESIDE
            if is_work and inspect.isfunction(offered):
                yield offered
