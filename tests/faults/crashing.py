"""Kill a command wherever a kill makes a difference, one process for each.

What must hold: a command that was killed left what it had committed and nothing else, and the same
click again ends as if nothing had happened.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from portal_app.core.errors import PortalError
from tests.faults.forks import fork, was_killed
from tests.faults.measure import Contents, contents, noise_between
from tests.faults.stage import Stage, ticking

Command = Callable[[], Any]
PROCESSES = 2


@dataclass(frozen=True)
class Course:
    """What an untroubled command does."""

    states: list[Contents]  # before it, and after each of its commits
    twice: Contents  # after the same click once more
    points: list[int]  # for each point at which it can be killed, how many commits lie before it
    called: set[Any]  # the code that ran


@dataclass(frozen=True)
class Expected:
    """What may be found after a kill."""

    states: list[dict[str, list[str]]]
    twice: dict[str, list[str]]
    noise: set[tuple[str, str]]
    leaves: frozenset[str]  # tables in which an attempt that was cut off stays visible

    def fault(self, commits: int, left: Contents, again: Contents) -> str:
        """Say what is wrong with what a killed command left, or with its repetition."""
        found, repeated = left.without(self.noise), again.without(self.noise)
        if wrong := _different(found, self.states[commits]):
            return f"left {wrong}"
        is_done = commits == len(self.states) - 1
        goal = self.twice if is_done else self.states[-1]
        if is_done:
            repeated = again.without_refusals().without(self.noise)
        spared = self.leaves if 0 < commits and not is_done else frozenset[str]()
        wrong = _different(repeated, goal, spared)
        return f"repeated {wrong}" if wrong else ""


def _different(
    found: dict[str, list[str]], wanted: dict[str, list[str]], spared: frozenset[str] = frozenset()
) -> str:
    wrong = [name for name in wanted if name not in spared and found[name] != wanted[name]]
    return "; ".join(f"{name}: {found[name]} instead of {wanted[name]}" for name in wrong)


@dataclass
class Crashes:
    """What came of one command."""

    points: int = 0
    wrong: list[str] = field(default_factory=list)
    called: set[Any] = field(default_factory=set)


def _untroubled(stage: Stage, name: str, command: Command) -> Course:
    """Carry a command out in a process that ends afterwards, and note its course."""
    folder = stage.copy(name)
    states, points, called = [contents(folder)], list[int](), set[Any]()

    def tick(moment: str) -> None:
        if moment == "committed":
            states.append(contents(folder))
        points.append(len(states) - 1)

    def note(frame: Any, event: str, _argument: Any) -> None:
        if event == "call" and "portal_app" in frame.f_code.co_filename:
            called.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

    with ticking(stage.engine, tick):
        sys.setprofile(note)
        command()
        sys.setprofile(None)
    done = len(points), len(states)
    with suppress(PortalError):
        command()
    return Course(states[: done[1]], contents(folder), points[: done[0]], called)


def _until(stage: Stage, command: Command, fatal: int) -> None:
    """Carry a command out up to its point number `fatal`, counted from 0."""
    passed = 0

    def tick(_moment: str) -> None:
        nonlocal passed
        if passed == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1

    with ticking(stage.engine, tick):
        command()


def _kill_each(stage: Stage, name: str, command: Command, points: dict[int, int], ok: Expected):
    """Kill at these points one after the other, and say what was wrong."""
    wrong = list[str]()
    for point, commits in points.items():
        folder = stage.copy(name)
        if not was_killed(lambda point=point: _until(stage, command, point)):
            wrong.append(f"at point {point}: it was not reached")
            continue
        left = contents(folder)
        with suppress(PortalError):
            command()
        if fault := ok.fault(commits, left, contents(folder)):
            wrong.append(f"at point {point} of {len(points)}, after {commits} commits: {fault}")
    return wrong


def crash_everywhere(
    stage: Stage, command: Command, *, leaves: frozenset[str] = frozenset(), anew: bool = False
) -> Crashes:
    """Kill `command` at each of its points on a copy of what is prepared, then repeat it.

    After a kill the database must hold exactly what had been committed before that point. After
    the repetition it must hold what an untroubled click leaves; the repetition of a click that
    was finished must change nothing, unless it is meant to do it `anew`.
    """
    stage.copy("first")
    command()  # here, so that the processes to come find everything loaded and compiled
    stage.work_in(stage.origin)
    gc.collect()
    gc.freeze()  # the processes to come share these pages instead of copying them
    one, other = (
        fork(lambda name=name: _untroubled(stage, name, command)).result()
        for name in ("one", "other")
    )
    noise = noise_between([*one.states, one.twice], [*other.states, other.twice])
    states = [state.without(noise) for state in one.states]
    twice = one.twice.without_refusals().without(noise)
    assert states[0] != states[-1], "the command changed nothing"
    assert anew or not _different(twice, states[-1])
    ok = Expected(states, twice, noise, leaves)
    points = dict(enumerate(one.points))
    shares = [dict(list(points.items())[n::PROCESSES]) for n in range(PROCESSES)]
    forks = [
        fork(lambda n=n, share=share: _kill_each(stage, f"crash-{n}", command, share, ok))
        for n, share in enumerate(shares)
    ]
    wrong = [fault for each in forks for fault in each.result()]
    return Crashes(len(points), wrong, one.called)
