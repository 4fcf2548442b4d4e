"""Which scenarios there are, and what each of them is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.integrations.limits_limiter import LimitsLimiter
from tests.doors import Service

Command = Callable[[], Any]
SYSTEM = Actor.system("tests")


@dataclass(frozen=True)
class Scenario:
    """What is clicked, and which commands that carries out.

    `anew` says why a click that is repeated after it was carried out has an effect once more.
    `leaves` are the tables in which an attempt that was cut off between two of its commits stays
    visible, so that they are not compared after the repetition.
    """

    prepare: Callable[[], Command]
    commands: tuple[Service, ...]
    anew: str = ""
    leaves: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.prepare.__name__


SCENARIOS: list[Scenario] = []
# Commands that are killed in no scenario, and why.
WITHOUT = {
    "cases.begin_reply": "It tells open tabs that somebody writes, and keeps nothing.",
    "identity.hash_new_password": "It writes nothing: the hash is stored by whoever asked for it.",
    "identity.is_link_alive": "It looks, and writes nothing.",
    "notifications.preview": "It shows what would be sent, and keeps nothing.",
}


def scenario(
    *commands: Service, anew: str = "", leaves: tuple[str, ...] = ()
) -> Callable[[Callable[[], Command]], Callable[[], Command]]:
    """Add a function that prepares the portal and returns the click."""

    def add(prepare: Callable[[], Command]) -> Callable[[], Command]:
        SCENARIOS.append(Scenario(prepare, commands, anew, frozenset(leaves)))
        return prepare

    return add


def limiter() -> LimitsLimiter:
    """Limits that have counted nothing; made anew for each click, as after a restart."""
    return LimitsLimiter()


def later(**delta: float) -> None:
    """Let time pass."""
    clock._source.advance(**delta)
