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
from tests.faults.measure import Contents, contents, different, noise_between
from tests.faults.stage import Stage, ticking

Command = Callable[[], Any]
Place = tuple[str, int]  # of a piece of code
PROCESSES = 2


@dataclass(frozen=True)
class Course:
    """What an untroubled command does."""

    states: list[Contents]  # before it, and after each of its commits
    end: Contents
    twice: Contents  # after the same click once more
    points: list[int]  # for each point at which it can be killed, how many commits lie before it
    called: set[Place]

    @property
    def moments(self) -> list[Contents]:
        return [*self.states, self.end, self.twice]


@dataclass(frozen=True)
class Expected:
    """What may be found after a kill, and after the repetition."""

    course: Course
    noise: set[tuple[str, str]]
    leaves: frozenset[str]  # tables in which an attempt that was cut off stays visible

    def fault(self, commits: int, left: Contents, again: Contents) -> str:
        """Say what is wrong with what a killed command left, or with its repetition."""
        if commits == 0:
            wrong = different(left, self.course.states[0], set())
        else:
            wrong = different(left, self.course.states[commits], self.noise)
        return f"left {wrong}" if wrong else self._fault_of_repetition(commits, again)

    def _fault_of_repetition(self, commits: int, again: Contents) -> str:
        if commits == len(self.course.states) - 1:
            wrong = different(again.essence, self.course.twice.essence, self.noise)
        else:
            spared = self.leaves if commits else frozenset[str]()
            wrong = different(again, self.course.end, self.noise, spared)
        return f"repeated {wrong}" if wrong else ""

    def fault_of_second_click(self) -> str:
        """Say what a click that is repeated after it was carried out has changed once more."""
        return different(self.course.twice.essence, self.course.end.essence, self.noise)


@dataclass
class Crashes:
    """What came of one command."""

    points: int = 0
    wrong: list[str] = field(default_factory=list)
    called: set[Place] = field(default_factory=set[Place])


def _untroubled(stage: Stage, name: str, command: Command) -> Course:
    """Carry a command out in a process that ends afterwards, and note its course."""
    folder = stage.copy(name)
    states, points, called = [contents(folder)], list[int](), set[Place]()

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
    course = [*states], contents(folder), [*points]
    with suppress(PortalError):
        command()
    return Course(course[0], course[1], contents(folder), course[2], called)


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
    ok = Expected(one, noise_between(one.moments, other.moments), leaves)
    assert one.end != one.states[0], "the command changed nothing"
    assert anew or not ok.fault_of_second_click()
    points = dict(enumerate(one.points))
    shares = [dict(list(points.items())[n::PROCESSES]) for n in range(PROCESSES)]
    forks = [
        fork(lambda n=n, share=share: _kill_each(stage, f"crash-{n}", command, share, ok))
        for n, share in enumerate(shares)
    ]
    wrong = [fault for each in forks for fault in each.result()]
    return Crashes(len(points), wrong, one.called)
