"""`python -m bench [name …]`: measure everything, or only what is named."""

import os
import sys
import time
from types import ModuleType
from typing import Any

from bench import licence, report
from bench.measures import (
    cases,
    cold,
    feed,
    filling,
    journeys,
    lists,
    live,
    load,
    memory,
    payments,
    statement,
    uploads,
)
from bench.servers import running
from bench.sessions import Cookies
from bench.setting import Setting
from bench.world.million import world
from portal_app.core.settings import settings

# Memory first: a worker is weighed before it has worked.
MEASURES: dict[str, ModuleType] = {
    "memory": memory,
    "cold": cold,
    "journeys": journeys,
    "lists": lists,
    "cases": cases,
    "load": load,
    "statement": statement,
    "live": live,
    "feed": feed,
    "payments": payments,
    "uploads": uploads,
    "filling": filling,
}


def main(names: list[str]) -> None:
    """Run the measures that are named, all of them without a name."""
    if unknown := set(names) - MEASURES.keys():
        sys.exit(f"There is no {', '.join(unknown)}. Measures: {', '.join(MEASURES)}")
    made = world()
    os.environ.update(licence.environment(made.path))
    settings.cache_clear()
    rounds = int(os.environ.get("BENCH_ROUNDS", "9"))
    table = ""
    with running(made) as servers:
        setting = Setting(made, servers, Cookies(made), rounds, max(1, rounds // 2))
        for name in names or MEASURES:
            table = report.write(_measured(name, setting))
    print(table)


def _measured(name: str, setting: Setting) -> dict[str, Any]:
    began = time.monotonic()
    samples = MEASURES[name].measure(setting)
    print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return {title: one.summary() for title, one in samples.items()}


if __name__ == "__main__":
    main(sys.argv[1:])
