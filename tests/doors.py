"""The services' front doors as the code has them: what is added to one joins every walk."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import portal_app.services
from portal_app.core.actor import Actor

Service = Callable[..., Any]
ROOT = portal_app.services.__name__


def offered() -> dict[str, Service]:
    """Return every function of every front door, by names such as `identity.sign_in`."""
    found: dict[str, Service] = {}
    for domain in pkgutil.iter_modules(portal_app.services.__path__):
        if domain.ispkg:
            door = importlib.import_module(f"{ROOT}.{domain.name}")
            functions = ((name, getattr(door, name)) for name in door.__all__)
            found |= {
                f"{domain.name}.{n}": each for n, each in functions if inspect.isfunction(each)
            }
    return found


def takes_actor(service: Service) -> bool:
    """Say whether somebody asks for it; the others work inside somebody's transaction."""
    first = next(iter(inspect.signature(service, eval_str=True).parameters.values()), None)
    return first is not None and first.annotation is Actor


def operations() -> dict[str, Service]:
    """Return what an actor can ask the portal for."""
    return {name: service for name, service in offered().items() if takes_actor(service)}


def commands() -> dict[str, Service]:
    """Return what an actor can ask the portal to do, as against what it only tells."""
    return {
        name: service for name, service in operations().items() if ".commands" in service.__module__
    }
