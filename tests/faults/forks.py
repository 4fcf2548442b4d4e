"""Work in processes of its own: forked, so that each begins in milliseconds."""

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fork:
    """A process that does one thing, and the end of the pipe through which it says what came."""

    process: int
    pipe: int

    def result(self) -> Any:
        """Wait for what the work returned; raises RuntimeError with its traceback if it failed."""
        with os.fdopen(self.pipe, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(self.process, 0)
        if os.WIFSIGNALED(status):
            raise Killed(signal.Signals(os.WTERMSIG(status)).name)
        is_well, value = pickle.loads(told)
        if not is_well:
            raise RuntimeError(value)
        return value


class Killed(Exception):
    """The process was killed before it could say anything."""


def fork(work: Callable[[], Any]) -> Fork:
    """Begin `work` in a process that is this one's copy."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return Fork(child, reading)
    try:
        os.close(reading)
        try:
            told = pickle.dumps((True, work()))
        except BaseException:
            told = pickle.dumps((False, traceback.format_exc()))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(told)
    finally:
        os._exit(0)


def was_killed(work: Callable[[], Any]) -> bool:
    """Run `work` in a process of its own to whatever end; say whether it was killed."""
    try:
        fork(work).result()
    except Killed:
        return True
    return False
