"""Workers that are killed over and over: nothing is lost, and nothing done twice."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path

from portal_app.core.actor import Actor
from portal_app.models import IdempotencyKey, Job
from portal_app.services.transaction import transaction
from tests import factories as f

ROOT = Path(__file__).parents[2]
JOBS, KILLS, LONGEST_SECONDS = 150, 24, 90


def test_workers_killed_in_a_loop_lose_nothing_and_double_nothing(any_db, tmp_path):
    with transaction(Actor.system("tests")) as tx:
        for number in range(JOBS):
            tx.enqueue("effect", number=number)
            tx.enqueue("letter", number=number)
    sent = tmp_path / "sent"
    sent.touch()
    kills = _kill_until_done(any_db, sent)
    assert kills >= KILLS // 2, "the jobs were done before the workers were killed often enough"
    rows = f.fetch_all(Job)
    assert Counter(row.status for row in rows) == {"done": 2 * JOBS}
    effects = [row.command for row in f.fetch_all(IdempotencyKey, owner="chaos")]
    assert sorted(map(int, effects)) == list(range(JOBS))
    letters = Counter(sent.read_text(encoding="ascii").split())
    assert set(map(int, letters)) == set(range(JOBS))
    # A job that is not one with its completion may be repeated, by each thread that was killed.
    assert sum(letters.values()) - JOBS <= 2 * kills


def _kill_until_done(engine, sent) -> int:
    chance = random.Random(7)
    deadline, kills = time.monotonic() + LONGEST_SECONDS, 0
    with _nursery(engine, sent) as fork:
        workers = [fork(), fork()]
        while _waiting():
            assert time.monotonic() < deadline, "not done in time"
            time.sleep(chance.uniform(0.03, 0.2))
            if kills < KILLS:
                victim = chance.randrange(2)
                os.kill(workers[victim], signal.SIGKILL)
                workers[victim] = fork()
                kills += 1
    return kills


def _waiting() -> bool:
    return any(f.fetch_all(Job, status=status) for status in ("queued", "running"))


@contextlib.contextmanager
def _nursery(engine, sent) -> Generator[Callable[[], int]]:
    address = engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.chaos", str(sent)],
        cwd=ROOT,
        env={**os.environ, "PORTAL_DATABASE_URL": address},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as parent:
        forked: list[int] = []

        def fork() -> int:
            parent.stdin.write("\n")
            forked.append(int(parent.stdout.readline()))
            return forked[-1]

        try:
            yield fork
        finally:
            for worker in forked:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
            parent.stdin.close()
