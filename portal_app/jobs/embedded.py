"""The worker inside the web process, for an installation that runs as one."""

from portal_app.core.settings import settings
from portal_app.jobs import catalogue
from portal_app.jobs.worker import Worker

_WAIT_SECONDS = 20.0
_workers: list[Worker] = []


def start_worker() -> None:
    """Run jobs in this process, unless PORTAL_JOBS is off because workers run elsewhere."""
    if settings().jobs == "off" or _workers:
        return
    worker = Worker(catalogue.JOBS)
    worker.start()
    _workers.append(worker)


def stop_worker() -> None:
    """Stop taking jobs and wait for those that run; blocks for up to twenty seconds."""
    while _workers:
        _workers.pop().shutdown(_WAIT_SECONDS)
