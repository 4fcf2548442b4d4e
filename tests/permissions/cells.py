"""The matrix of services as single cells that can be tried one by one, and what each has to give.

Beside the cells that name a thing there are three kinds more: what staff of another brand are shown
of their own, what nobody does without having proved again who they are, and what is for some kind
of caller alone and about nothing.
"""

import importlib
import inspect
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from portal_app.core.actor import Actor
from portal_app.core.errors import PortalError
from tests.people import database_at
from tests.permissions import cases_world
from tests.permissions.foreign import ids_of
from tests.permissions.probes import NOT_ABOUT_A_THING, OF_ONES_OWN, PROBES
from tests.permissions.table import EVERYBODY, RULE_OF
from tests.permissions.test_matrix import actor_of, outcome_of
from tests.permissions.world import FIRM, World

ALL = PROBES | OF_ONES_OWN
NEIGHBOUR = "other_staff"  # an administrator of another brand
# Whom each is refused until they have proved within ten minutes who they are.
ONLY_WHEN_SURE = {
    **dict.fromkeys((
        "branding.publish_draft", "branding.roll_back", "branding.save_revision",
        "branding.set_logo", "events.add_endpoint", "events.create_token",
        "events.remove_endpoint", "events.switch_endpoint", "templates.publish",
        "templates.withdraw",
    ), "admin"),
    "identity.end_device": "owner",
}  # fmt: skip
# Whoever calls these is given nothing, or what is nobody's; or they are handed what was decided.
FOR_ANYBODY = frozenset({
    "access.settle_account", "cases.cases_corner", "changes.choices", "changes.code_sent_to",
    "documents.hand_out", "notifications.inbox", "notifications.mark_all_read",
})  # fmt: skip
_LONG = 8  # shorter ids are found in any text


class Cell(NamedTuple):
    """One service asked by one caller."""

    how: str
    caller: str
    name: str


def cells() -> Iterator[Cell]:
    """Yield every cell."""
    callers = sorted(EVERYBODY)
    yield from (Cell("named", caller, name) for caller in callers for name in ALL)
    yield from (Cell("shown", NEIGHBOUR, name) for name in OF_ONES_OWN)
    yield from (Cell("unsure", caller, name) for name, caller in ONLY_WHEN_SURE.items())
    for name in sorted(NOT_ABOUT_A_THING - FOR_ANYBODY):
        others = [caller for caller in callers if caller not in RULE_OF[name].kind]
        yield from (Cell("at all", caller, name) for caller in others)


def is_right(cell: Cell, found: str) -> bool:
    """Say whether a cell gave what it has to."""
    rule = RULE_OF[cell.name]
    if cell.how == "shown":
        return found == "nothing of ours"
    if cell.how == "unsure":
        return found == "refused"
    if cell.how == "at all":
        return found in {"hidden", "refused"}
    # Staff of another brand do the like for their own: there is nothing else to name.
    is_own = cell.caller == NEIGHBOUR and cell.name in OF_ONES_OWN
    return found == "allowed" if is_own else rule.expects(cell.caller, found)


@dataclass
class Trials:
    """A copy of the world in which cells are tried; `anew` takes another."""

    kept: Path
    world: World
    folder: Path
    actors: dict[str, Actor] = field(default_factory=dict)
    theirs: list[str] = field(default_factory=list)

    def anew(self) -> World:
        """Begin with the world as it was at first."""
        number = len(list(self.folder.glob("*.db")))
        path = shutil.copy(self.kept, self.folder / f"{number}.db")
        self.world = replace(self.world, url=f"sqlite:///{path}")
        self.actors, self.theirs = {}, []
        return self.world

    def given(self, cell: Cell) -> tuple[Any, Actor, dict[str, Any]]:
        """Return what a cell calls, as whom and with what."""
        if cell.caller not in self.actors:
            self.actors[cell.caller] = actor_of(self.world, cell.caller)
        actor = self.actors[cell.caller]
        if cell.how == "unsure":
            actor = replace(actor, stepped_up_until=None)
        if cell.how == "at all":
            package, _, name = cell.name.partition(".")
            service = getattr(importlib.import_module(f"portal_app.services.{package}"), name)
            wanted = list(inspect.signature(service).parameters.values())[1:]
            return service, actor, {p.name: "x" for p in wanted if p.default is p.empty}
        if cell.how == "shown" and not self.theirs:
            self._fill()
        service, arguments = ALL[cell.name]
        return service, actor, arguments(self.world)

    def tried(self, cell: Cell, given: tuple[Any, Actor, dict[str, Any]]) -> str:
        """Call it and say what came of it."""
        service, actor, arguments = given
        if cell.how != "shown":
            return outcome_of(service, actor, arguments)
        try:
            shown = repr(service(actor, **arguments))
        except PortalError as refusal:
            shown = refusal.message
        return next((f"shows {one}" for one in self.theirs if one in shown), "nothing of ours")

    def _fill(self) -> None:
        self.world.request()
        with database_at(self.world.url):
            cases_world.affairs(self.world)
        self.theirs = [FIRM, *(one for one in ids_of(self.world) if len(one) >= _LONG)]
