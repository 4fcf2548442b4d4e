"""State behind the report of one import."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.core.settings import settings
from portal_app.services import imports
from portal_app.services.imports import ImportReport, Refusal, RunState, TypeCounts
from portal_app.state.access import manager
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import moment, plural
from portal_app.state.imports.words import name_of, status_of


@dataclass(frozen=True)
class CountRow:
    """What happened to the records of one type."""

    name: str
    new: str
    changed: str
    unchanged: str
    stale: str
    ended: str
    refused: str

    @classmethod
    def of(cls, one: TypeCounts) -> "CountRow":
        """Format the counts of a type."""
        figures = (one.new, one.changed, one.unchanged, one.stale, one.ended, one.refused)
        return cls(one.name.replace("_", " ").capitalize(), *(f"{n:,}" for n in figures))


@dataclass(frozen=True)
class RefusalRow:
    """A line that did not go in, or a note beside one that did."""

    key: str
    place: str
    field: str
    value: str
    sentence: str
    kind: str
    tone: str

    @classmethod
    def of(cls, number: int, one: Refusal) -> "RefusalRow":
        """Format a refusal."""
        kind, tone = ("Note", "warn") if one.is_warning else ("Refused", "bad")
        place = f"{one.file}, line {one.line:,}" if one.line else one.file or "The feed"
        return cls(str(number), place, one.field, one.value, one.sentence, kind, tone)


@dataclass(frozen=True)
class ReportView:
    """The report as it is shown."""

    name: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    is_under_way: bool = False
    percent: int = 0
    progress: str = ""
    outcome: str = ""
    outcome_tone: str = "info"
    advice: str = ""
    may_import_now: bool = False
    key: str = ""
    csv: str = ""
    not_shown: str = ""
    counts: list[CountRow] = field(default_factory=list)
    refusals: list[RefusalRow] = field(default_factory=list)

    @classmethod
    def of(cls, report: ImportReport) -> "ReportView":
        """Format a report."""
        run = report.run
        status, tone = status_of(run)
        outcome, outcome_tone, advice = _outcome(report)
        by = f" by {run.started_by}" if run.started_by else ""
        hidden = report.not_kept + report.total_listed - len(report.refusals)
        return cls(
            name=name_of(run),
            sub=f"Started {moment(run.started_at, settings().timezone)}{by}.",
            status=status,
            tone=tone,
            is_under_way=run.state in {RunState.RUNNING, RunState.WAITING},
            percent=run.percent,
            progress=f"{run.rows_read:,} lines read, {run.percent}%",
            outcome=outcome,
            outcome_tone=outcome_tone,
            advice=advice,
            may_import_now=report.may_import_now,
            key=load_key(),
            csv=f"/files/imports/{run.id}/refusals.csv",
            not_shown=f"{plural(hidden, 'more line')} in the file." if hidden > 0 else "",
            counts=[CountRow.of(one) for one in report.counts],
            refusals=[RefusalRow.of(n, one) for n, one in enumerate(report.refusals)],
        )


def _outcome(report: ImportReport) -> tuple[str, str, str]:
    """Return what came of a run, its tone, and what to do next."""
    run = report.run
    if run.state is RunState.INTERRUPTED:
        return (
            "This import was interrupted",
            "bad",
            "What it had written stays. Import the same feed again: nothing is written twice.",
        )
    if run.state is RunState.FAILED:
        return "This import stopped", "bad", report.fault
    if run.state is not RunState.FINISHED:
        return "", "info", ""
    return _ended(report)


def _ended(report: ImportReport) -> tuple[str, str, str]:
    run = report.run
    records = plural(run.written, "record")
    title = f"{records} would be written" if run.is_dry_run else f"{records} written"
    if report.files_refused or run.refused:
        what = [plural(run.refused, "line")] if run.refused else []
        what += [plural(report.files_refused, "file")] if report.files_refused else []
        advice = (
            f"{' and '.join(what)} refused, as listed below; everything else is fine. Correct what"
            " is listed in your own system and import again."
        )
        return title, "warn", advice
    if run.is_dry_run:
        return title, "good", "Everything can be read. Nothing was written: this was a check."
    return title, "good", "Everything in the feed could be read."


class ImportReportState(FormMixin, PortalState):
    """One import: how far it is, what it did, what it refused."""

    view: ReportView = ReportView()
    is_loaded: bool = False
    _run: str = ""

    @rx.event
    @manager
    async def load(self):
        """Open the report that the address names."""
        self.view, self.is_loaded, self._run = ReportView(), False, self._param("run")
        self.problem = ""
        await self._refresh()

    @rx.event
    @manager
    async def refresh(self):
        """Follow the run while it goes on."""
        await self._refresh()

    @rx.event
    @manager
    async def import_now(self, key: str):
        """Import the file that the dry run has looked at."""
        with self._reporting():
            run = await self._ask(imports.import_checked, run=self._run, key=key)
            return self._go(f"/staff/imports/{run}")

    async def _refresh(self) -> None:
        with self._opening():
            report = await self._ask(imports.run_report, run=self._run)
            self.view, self.is_loaded = ReportView.of(report), True
            self._watch(ImportReportState.refresh, f"imports:{self._actor.brand}")
