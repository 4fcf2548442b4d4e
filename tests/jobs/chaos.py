"""Forks a worker process for each line that it reads, and says its id: a fork starts at once."""

import os
import signal
import sys
import time
from pathlib import Path

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.ids import new_id
from portal_app.jobs.engine import REGISTRY, Worker, job
from portal_app.models import IdempotencyKey
from portal_app.services.transaction import transaction

SENT = Path(sys.argv[1])


@job("effect", in_tx=True, max_attempts=1000, backoff=0.05, cap=0.2)
def effect(number: int) -> None:
    with transaction(Actor.system("chaos")) as tx:
        row = {"owner": "chaos", "command": str(number), "created_at": clock.now()}
        tx.session.add(IdempotencyKey(key=new_id(), **row))
        tx.session.flush()
        time.sleep(0.01)  # long enough to be killed in


@job("letter", max_attempts=1000, backoff=0.05, cap=0.2)
def letter(number: int) -> None:
    with SENT.open("a", encoding="ascii") as sent:
        sent.write(f"{number}\n")
    time.sleep(0.01)


def work() -> None:
    Worker(REGISTRY, threads=2, poll_seconds=0.02, lease_seconds=1.0).start()
    time.sleep(600)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not kept
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            work()
        print(child, flush=True)
