"""How a brand treats a kind of change: what it waits for, and the steps of a review."""

from dataclasses import dataclass
from typing import Any, cast

from portal_app.core.actor import Role
from portal_app.core.entries import Entries
from portal_app.models import ChangePolicy

MOST_STEPS = 5
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a review: what is done, and the least role that may do it."""

    title: str
    role: Role = Role.AGENT


# A review is one decision by anybody of the staff, unless a brand says otherwise.
ONE_DECISION = (Step("Check and decide"),)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of change waits for in a brand; the steps count where it waits for staff."""

    policy: ChangePolicy
    steps: tuple[Step, ...] = ONE_DECISION


def read_steps(entered: Entries, value: object) -> tuple[Step, ...]:
    """Return the steps of a review; those without a title are left out, one has to remain."""
    steps: list[Step] = []
    for title_of, role_of in _pairs(value):
        title = entered.line("steps", title_of, limit=LONGEST_TITLE)
        if not title:
            continue
        role = entered.choice("steps", role_of, Role, problem="Choose who may do each step.")
        steps.append(Step(title, role or Role.AGENT))
    return tuple(steps) or ONE_DECISION


def _pairs(value: object) -> list[tuple[object, object]]:
    rows = cast("list[Any]", value) if isinstance(value, list | tuple) else []
    pairs: list[Any] = [row for row in rows[:MOST_STEPS] if isinstance(row, list | tuple)]
    return [(row[0], row[1]) for row in pairs if len(row) == 2]  # noqa: PLR2004
