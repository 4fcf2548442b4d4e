"""Running jobs: claim one, do it, settle it, and keep its lease meanwhile."""

import logging
import math
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import timedelta
from secrets import SystemRandom

from portal_app.core import clock, live
from portal_app.core.actor import Actor
from portal_app.core.errors import Unavailable
from portal_app.core.redaction import redact
from portal_app.jobs import queue, schedule
from portal_app.jobs.queue import Claimed
from portal_app.jobs.registry import REGISTRY, Discard, Spec
from portal_app.models import database
from portal_app.services.transaction import joined, transaction

log = logging.getLogger("portal.jobs")
_LONGEST_ERROR = 4000
_FRAMES = 12
_UNKNOWN_EVERY_SECONDS = 60
_TOPIC = "jobs"
_ACTOR = Actor.system("jobs")
_jitter = SystemRandom()


class Worker:
    """Runs what is due; any number may run at once, in any number of processes and machines."""

    def __init__(
        self,
        specs: Mapping[str, Spec] = REGISTRY,
        *,
        threads: int = 3,
        poll_seconds: float = 1.0,
        lease_seconds: float = 30.0,
    ) -> None:
        """Take jobs of these kinds; a job of a worker that died is run again after its lease."""
        self._specs = specs
        self._threads = threads
        self._poll = poll_seconds
        self._lease = lease_seconds
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self._held: set[str] = set()
        self._loops: list[threading.Thread] = []
        self._keeper: threading.Thread | None = None
        self._looked_for_unknown = -math.inf
        self._has_run = False

    def run_due(self, limit: int = 10_000) -> int:
        """Run everything that is due in this thread and return how many jobs that were."""
        self._tick()
        ran = 0
        while ran < limit and self._run_one():
            ran += 1
        return ran

    def start(self) -> None:
        """Run jobs in threads until `shutdown`."""
        self._keeper = threading.Thread(target=self._keep_leases, name="job-leases", daemon=True)
        loops = [(self._tick, "job-schedule"), *[(self._work, "job")] * self._threads]
        self._loops = [
            threading.Thread(target=self._repeat, args=(step,), name=name, daemon=True)
            for step, name in loops
        ]
        for thread in (self._keeper, *self._loops):
            thread.start()

    def shutdown(self, wait_seconds: float = 20.0) -> None:
        """Take no more jobs and wait for those that run; one left over is run again elsewhere."""
        self._stopping.set()
        deadline = time.monotonic() + wait_seconds
        for thread in self._loops:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._stopped.set()
        if self._keeper:
            self._keeper.join(1.0)

    def _tick(self) -> bool:
        schedule.enqueue_what_is_due(self._specs.values())
        if time.monotonic() - self._looked_for_unknown > _UNKNOWN_EVERY_SECONDS:
            self._looked_for_unknown = time.monotonic()
            queue.mark_unknown(self._specs.keys())
        return False

    def _work(self) -> bool:
        if self._run_one():
            self._has_run = True
            return True
        if self._has_run:
            # Told once the queue has run dry, not for each of a thousand jobs.
            self._has_run = False
            live.announce({_TOPIC})
        return False

    def _run_one(self) -> bool:
        claimed = queue.claim(self._specs.keys(), lease_seconds=self._lease)
        if claimed is None:
            return False
        self._held.add(claimed.lease)
        try:
            self._run(claimed, self._specs[claimed.name])
        finally:
            self._held.discard(claimed.lease)
        return True

    def _run(self, claimed: Claimed, spec: Spec) -> None:
        try:
            if claimed.attempts > spec.max_attempts:
                raise Discard("The process died in every attempt.")  # noqa: TRY301
            if spec.in_tx:
                _run_as_one(claimed, spec)
            else:
                spec.work(**claimed.args)
                _settle(claimed, **_done())
        except Exception as error:  # noqa: BLE001 - a job may fail in any way; all are written down
            _settle_failed(claimed, spec, error)

    def _repeat(self, step: Callable[[], bool]) -> None:
        """Do a step over and over; rest when it found nothing to do or could not do it."""
        while not self._stopping.is_set():
            try:
                if step():
                    continue
            except Unavailable as fault:
                log.warning("the job worker could not reach its table: %s", fault)
            except Exception:
                log.exception("the job worker could not go on")
            self._stopping.wait(self._poll * _jitter.uniform(0.8, 1.2))

    def _keep_leases(self) -> None:
        while not self._stopped.wait(self._lease / 3):
            try:
                if held := tuple(self._held):
                    queue.prolong(held, lease_seconds=self._lease)
            except Exception as fault:
                is_away = isinstance(fault, Unavailable)
                shown = None if is_away else fault
                log.warning("leases could not be kept: %s", fault, exc_info=shown)


def _run_as_one(claimed: Claimed, spec: Spec) -> None:
    """Run a job and settle it in one transaction, undone if the job was taken over meanwhile."""
    with database.writing_session() as session, session.begin() as unit, joined(session):
        spec.work(**claimed.args)
        session.flush()
        if not queue.settle(session, claimed, **_done()):
            unit.rollback()


def _settle(claimed: Claimed, **values: object) -> None:
    with database.writing_session() as session, session.begin():
        queue.settle(session, claimed, **values)


def _done() -> dict[str, object]:
    return {"status": "done", "finished_at": clock.now(), "error": None}


def _settle_failed(claimed: Claimed, spec: Spec, error: Exception) -> None:
    is_dead = isinstance(error, Discard) or claimed.attempts >= spec.max_attempts
    note, now = _note(error), clock.now()
    level = logging.ERROR if is_dead else logging.WARNING
    what = (claimed.name, claimed.id, claimed.attempts, note.rstrip().rpartition("\n")[2])
    log.log(level, "job %s %s, attempt %s: %s", *what)
    if not is_dead:
        _settle(claimed, status="queued", run_at=now + _pause(claimed, spec), error=note)
        return
    try:
        _bury(claimed, spec, note, redact(str(error)))
    except Exception:
        log.exception("what follows from the end of job %s could not be done", claimed.id)
        _settle(claimed, status="dead", finished_at=now, error=note)


def _bury(claimed: Claimed, spec: Spec, note: str, reason: str) -> None:
    """Give a job up together with what follows from that."""
    with transaction(_ACTOR) as tx, joined(tx.session):
        ends = {"status": "dead", "finished_at": clock.now(), "error": note}
        if queue.settle(tx.session, claimed, **ends) and spec.on_dead:
            spec.on_dead(**claimed.args, reason=reason)
        tx.touch(_TOPIC)


def _pause(claimed: Claimed, spec: Spec) -> timedelta:
    # Spread a little, so that jobs that failed together do not all come back together.
    seconds = min(spec.cap, spec.backoff * 2 ** (claimed.attempts - 1))
    return timedelta(seconds=seconds * _jitter.uniform(0.8, 1.2))


def _note(error: Exception) -> str:
    lines = traceback.format_exception(error, limit=-_FRAMES)
    return redact("".join(lines))[-_LONGEST_ERROR:]
