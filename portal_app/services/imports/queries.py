"""What became of imports: the list of runs, one report, and its refusals as a file."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.paging import page_size
from portal_app.models import Account, PortalAccess, SyncRefusal, SyncRun
from portal_app.services.imports.policy import require_import, require_run, visible_to
from portal_app.services.imports.rules.places import upload_place
from portal_app.services.imports.rules.runners import is_alive
from portal_app.services.imports.rules.types import TYPES
from portal_app.services.imports.views import (
    ImportReport,
    Refusal,
    RunPage,
    RunState,
    RunSummary,
    TypeCounts,
    Waiting,
)
from portal_app.services.transaction import reading

_MOST_SHOWN = 200
_NAMES_SHOWN = 5
_PUBLISHING_LASTS = timedelta(minutes=15)
# A spreadsheet takes a cell that begins like this for a formula and carries it out.
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("file", "line", "field", "value", "what to do", "kind")


def runs(actor: Actor, *, after: str = "", size: int = 20) -> RunPage:
    """Return imports and publications, newest first; `after` is the id to go on from."""
    require_import(actor)
    size = page_size(size)
    query = select(SyncRun).where(visible_to(actor)).order_by(col(SyncRun.id).desc())
    if first := text.key(after):
        query = query.where(col(SyncRun.id) < first)
    with reading() as session:
        found = session.exec(query.limit(size + 1)).all()
        shown = tuple(_summary(run) for run in found[:size])
    return RunPage(shown, shown[-1].id if len(found) > size else "")


def waiting(actor: Actor) -> Waiting:
    """Return which accounts became ready since the last publication (S3-10)."""
    require_import(actor)
    ready = (
        col(Account.brand_id) == actor.brand,
        col(Account.portal_access) == PortalAccess.READY_UNPUBLISHED,
        col(Account.ended_at).is_(None),
    )
    first = select(Account.name).where(*ready).order_by(col(Account.name), col(Account.id))
    with reading() as session:
        count = session.exec(select(func.count()).select_from(Account).where(*ready)).one()
        return Waiting(count, tuple(session.exec(first.limit(_NAMES_SHOWN))))


def run_report(actor: Actor, *, run: str) -> ImportReport:
    """Return the report of one run with its first refusals; NotFound for another brand's."""
    with reading() as session:
        row = require_run(actor, session.get(SyncRun, text.key(run)))
        refusals = session.exec(_refusals_of(row.id).limit(_MOST_SHOWN)).all()
        mine = col(SyncRefusal.run_id) == row.id
        kept = session.exec(select(func.count()).select_from(SyncRefusal).where(mine)).one()
        return _report(row, refusals, kept)


def refusals_csv(actor: Actor, *, run: str) -> str:
    """Return every refusal and warning of a run as CSV, safe to open in a spreadsheet."""
    with reading() as session:
        require_run(actor, session.get(SyncRun, text.key(run)))
        lines = io.StringIO()
        writer = csv.writer(lines)
        writer.writerow(_COLUMNS)
        for one in session.exec(_refusals_of(run)):
            kind = "warning" if one.is_warning else "refused"
            cells = (one.file, str(one.line or ""), one.field, one.value, one.sentence, kind)
            writer.writerow(map(_harmless, cells))
    return lines.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_LIKE_A_FORMULA) else cell


def _refusals_of(run: str) -> SelectOfScalar[SyncRefusal]:
    return select(SyncRefusal).where(col(SyncRefusal.run_id) == run).order_by(col(SyncRefusal.id))


def _summary(run: SyncRun) -> RunSummary:
    return RunSummary(
        id=run.id,
        kind=run.kind,
        trigger=run.trigger,
        source=run.source,
        started_by=run.started_by,
        started_at=run.started_at,
        finished_at=run.finished_at,
        state=_state(run),
        is_dry_run=run.is_dry_run,
        percent=run.counts.get("percent", 0),
        rows_read=run.rows_read,
        written=run.counts.get("written", 0),
        refused=run.counts.get("refused", 0),
        opened=run.counts.get("registrable", 0) + run.counts.get("joined", 0),
    )


def _state(run: SyncRun) -> RunState:
    if run.state != RunState.RUNNING:
        return RunState(run.state)
    now = clock.now()
    # A publication keeps no lease: it is a matter of seconds.
    alive = is_alive(run, now) if run.alive_until else now - run.started_at < _PUBLISHING_LASTS
    return RunState.RUNNING if alive else RunState.INTERRUPTED


def _report(run: SyncRun, refusals: Sequence[SyncRefusal], kept: int) -> ImportReport:
    types: dict[str, dict[str, int]] = run.counts.get("types", {})
    return ImportReport(
        run=_summary(run),
        counts=tuple(TypeCounts(name, **types[name]) for name in TYPES if name in types),
        files_refused=run.counts.get("files_refused", 0),
        warnings=run.counts.get("warnings", 0),
        not_kept=run.counts.get("not_kept", 0),
        fault=run.counts.get("fault", ""),
        may_import_now=run.is_dry_run
        and run.state == RunState.FINISHED
        and upload_place(run.id).is_file(),
        total_listed=kept,
        refusals=tuple(
            Refusal(one.file, one.line, one.field, one.value, one.sentence, one.is_warning)
            for one in refusals
        ),
    )
