"""The background work, from the registry of jobs."""

import inspect
import sys

from docs.make.markdown import code, document, first_sentence, span, table
from portal_app.jobs.catalogue import JOBS
from portal_app.jobs.registry import Spec


def page() -> str:
    """Return docs/jobs.md."""
    return document(
        "Background work",
        "A job is a row of the database, left there by the transaction that needs it, so that "
        "there is never the one without the other. It is tried again when it fails, after a pause "
        "that doubles each time; one that is given up is kept with its reason, which holds "
        "nobody's data. A job that was running when a process ended is done again: each can be "
        "done twice without harm.",
        table(("Job", "What it does", "When", "Tries", "First pause", "Longest pause"), rows()),
    )


def rows() -> list[tuple[str, ...]]:
    """Return each job with when it runs and how often it is tried."""
    return [
        (
            code(name),
            _does(spec),
            _when(spec),
            str(spec.max_attempts),
            span(int(spec.backoff)),
            span(int(spec.cap)),
        )
        for name, spec in sorted(JOBS.items())
    ]


def _does(spec: Spec) -> str:
    words = inspect.getdoc(spec.work) or sys.modules[spec.work.__module__].__doc__
    return first_sentence(words)


def _when(spec: Spec) -> str:
    if spec.timetables is None:
        return "when something asks for it"
    if inspect.getmodule(spec.timetables) is inspect.getmodule(spec.work):
        return "at the times that are set for each brand"
    missed = "each missed time" if spec.catch_up == "each" else "the latest missed time"
    times = ", ".join(f"`{one}`" for one in spec.timetables())
    return f"{times}; after a pause {missed}"
