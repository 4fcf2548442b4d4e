"""Runs as people read them, shared by the list and the report."""

from dataclasses import dataclass

from portal_app.core.settings import settings
from portal_app.services.imports import RunState, RunSummary
from portal_app.state.formats import plural, short_moment

_TRIGGERS = {
    "upload": "Upload",
    "nightly": "Nightly",
    "command": "Command line",
    "demo": "Demo",
}
_PUBLICATION = "publication"


@dataclass(frozen=True)
class RunRow:
    """A run, as the list shows it."""

    id: str
    name: str
    href: str
    how: str
    when: str
    who: str
    status: str
    tone: str
    result: str


def run_row(run: RunSummary) -> RunRow:
    """Format a run for display."""
    status, tone = status_of(run)
    is_publication = run.kind == _PUBLICATION
    return RunRow(
        id=run.id,
        name=name_of(run),
        href="" if is_publication else f"/staff/imports/{run.id}",
        how=_TRIGGERS.get(run.trigger, "By hand"),
        when=short_moment(run.started_at, settings().timezone),
        who=run.started_by,
        status=status,
        tone=tone,
        result=_publication_result(run) if is_publication else _import_result(run),
    )


def name_of(run: RunSummary) -> str:
    """Return what a run is called."""
    return "Website update" if run.kind == _PUBLICATION else run.source


def status_of(run: RunSummary) -> tuple[str, str]:
    """Return where a run stands, and the tone of that."""
    if run.state is RunState.FINISHED:
        return ("Done, with refusals", "warn") if run.refused else ("Done", "good")
    return {
        RunState.WAITING: ("Waiting", "neutral"),
        RunState.RUNNING: ("Running", "info"),
        RunState.INTERRUPTED: ("Interrupted", "bad"),
        RunState.FAILED: ("Stopped", "bad"),
    }[run.state]


def _publication_result(run: RunSummary) -> str:
    return f"{plural(run.opened, 'account')} opened"


def _import_result(run: RunSummary) -> str:
    written = "would be written" if run.is_dry_run else "written"
    refused = f", {run.refused:,} refused" if run.refused else ""
    return f"{run.written:,} {written}{refused}"
