"""What an attacker tries, with a socket library and a script. Each returns whether it succeeded.

An attack says which promises it would break. Where it stands on something that a customer may
well do, it does that first: an attack that could not have worked counts as one that got through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Attack:
    """One attempt: what it needs around it, and the promises that it is made on."""

    name: str
    run: Callable[..., bool]
    where: str
    ids: tuple[str, ...]


ATTACKS: list[Attack] = []
MODULES = (
    "sockets", "handlers", "requests", "files", "programs", "sign_in", "registration", "hooks",
)  # fmt: skip


def attack(*ids: str, where: str = "world") -> Callable[[Callable[..., bool]], Any]:
    """Register an attack on a portal where everybody is in (`world`), or on its door (`door`)."""

    def register(function: Callable[..., bool]) -> Callable[..., bool]:
        ATTACKS.append(Attack(function.__name__, function, where, ids))
        return function

    return register


def everything() -> list[Attack]:
    """Return all attacks of all modules here."""
    for module in MODULES:
        import_module(f"{__name__}.{module}")
    return ATTACKS
