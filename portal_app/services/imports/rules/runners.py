"""Which process carries out a run, and whether it is still there."""

import os
import socket
from datetime import datetime

from portal_app.core.ids import process_name
from portal_app.models import SyncRun
from portal_app.services.imports.views import RunState


def this_process() -> str:
    """Return a name for this process that no other has, now or later."""
    return f"{os.getpid()}:{process_name()}:{socket.gethostname()}"[:160]


def is_alive(run: SyncRun, now: datetime) -> bool:
    """Say whether the process that carries out this run is still there."""
    if run.state != RunState.RUNNING or run.alive_until is None:
        return False
    return run.alive_until > now and not _is_gone(run.runner)


def _is_gone(runner: str) -> bool:
    """Whether a process of this machine has ended; of another machine only the lease tells."""
    pid, origin, host = runner.split(":", 2)
    if host != socket.gethostname():
        return False
    if int(pid) == os.getpid():
        return origin != process_name()
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
