"""Kill a command at every statement and every commit it makes, one process for each.

The processes are forked from this one, so that each starts in a few milliseconds. What must hold:
a command that was killed left nothing or everything, and the same click again has one effect.
"""

import os
import shutil
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from portal_app.core.errors import PortalError
from portal_app.models import database


@dataclass
class Crashes:
    """What came of one command."""

    points: int = 0
    violations: int = 0
    wrong: list[str] = field(default_factory=list)


def _use(path: Path) -> Engine:
    engine = database.build_engine(f"sqlite:///{path}")
    writing = engine.execution_options(begin="BEGIN IMMEDIATE")
    database.engine = lambda: engine  # type: ignore[assignment]
    database.writing_engine = lambda: writing  # type: ignore[assignment]
    return engine


def _arm(engine: Engine, fatal: int) -> None:
    ticks = 0

    def tick(*_: Any, **__: Any) -> None:
        nonlocal ticks
        ticks += 1
        if ticks == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", tick)
    event.listen(engine, "after_cursor_execute", tick)
    event.listen(engine, "commit", tick)  # before the commit reaches the file
    event.listen(engine.pool, "reset", tick)  # after it has


def _repeatedly(command: Callable[[], Any]) -> Callable[[], Any]:
    """A click repeated after it was carried out may be told that there is nothing left to do."""

    def repeated() -> None:
        with suppress(PortalError):
            command()

    return repeated


def _in_child(path: Path, command: Callable[[], Any], fatal: int) -> bool:
    """Run the command in a forked process; return whether it lived to the end."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return False
        assert os.waitstatus_to_exitcode(status) == 0, "the command failed without being killed"
        return True
    code = 1
    try:
        engine = _use(path)
        if fatal:
            _arm(engine, fatal)
        command()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def crash_everywhere(
    prepared: Path,
    folder: Path,
    command: Callable[[], Any],
    measure: Callable[[], Any],
    *,
    is_repeatable: bool = False,
) -> Crashes:
    """Kill `command` at each of its points on a copy of the `prepared` database, then repeat it.

    `measure` reads what matters; it must equal "nothing" or "done" after the kill, and "done"
    after the repetition, unless repeating is meant to do it anew. What "nothing" and "done" are
    is measured first, without a kill.
    """

    def reading(path: Path) -> Any:
        engine = _use(path)
        try:
            return measure()
        finally:
            engine.dispose()

    def fresh(name: str) -> Path:
        return Path(shutil.copy(prepared, folder / f"{name}.db"))

    whole = fresh("whole")
    nothing = reading(whole)
    assert _in_child(whole, command, 0)
    done = reading(whole)
    assert nothing != done, "the measure does not see what the command does"
    found, lived = Crashes(), False
    while not lived:
        path = fresh(f"crash-{found.points}")
        lived = _in_child(path, command, found.points + 1)
        if not lived:
            found.points += 1
            left = reading(path)
            assert _in_child(path, _repeatedly(command), 0)
            again = reading(path)
            if left not in (nothing, done) or (again != done and not is_repeatable):
                found.violations += 1
                found.wrong.append(f"at point {found.points}: left {left}, again {again}")
        for leftover in folder.glob(f"{path.name}*"):
            leftover.unlink()
    return found
