"""The life of a run: one at a time, alive while it moves, and always with an end."""

from datetime import timedelta

from sqlmodel import col, delete, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import Action, Brand, SyncRefusal, SyncRun
from portal_app.services.imports.commands.tally import Tally, printable
from portal_app.services.imports.policy import require_import, require_run
from portal_app.services.imports.rules.runners import is_alive, this_process
from portal_app.services.imports.views import RunState
from portal_app.services.transaction import Transaction, transaction

KIND = "import"
_LONGEST_TRIGGER = 12
_LEASE = timedelta(minutes=2)


def open_run(tx: Transaction, *, source: str, trigger: str, dry_run: bool) -> SyncRun:
    """Write down that an import is wanted; it begins with `start`."""
    require_import(tx.actor)
    run = SyncRun(
        brand_id=tx.actor.brand,
        kind=KIND,
        trigger=text.key(trigger)[:_LONGEST_TRIGGER],
        source=printable(source)[:200],
        started_by=tx.actor.name[:120],
        started_at=clock.now(),
        state=RunState.WAITING,
        is_dry_run=dry_run is not False,
    )
    tx.session.add(run)
    tx.session.flush()
    tx.record(Action.FEED_STARTED, "sync_run", run.id, trigger=run.trigger, dry_run=run.is_dry_run)
    _announce(tx)
    return run


def start(tx: Transaction, run: SyncRun) -> bool:
    """Begin a run, or begin an interrupted one again; Conflict while another one is alive.

    Says whether the import before this one did not end, so that its last step has to be made good.
    """
    require_run(tx.actor, run)
    if tx.session.get(Brand, run.brand_id, with_for_update=True) is None:
        raise NotFound
    if run.state == RunState.FINISHED:
        raise Conflict("This import has ended already.")
    for other in _running(tx, run.brand_id):
        if is_alive(other, clock.now()):
            raise Conflict("Another import is running. Wait until it has ended, then try again.")
        other.state = RunState.INTERRUPTED
    made_good = _last_one_ended(tx, run) and run.state == RunState.WAITING
    _reset(tx, run)
    return not made_good


def _running(tx: Transaction, brand_id: str) -> list[SyncRun]:
    mine = select(SyncRun).where(
        col(SyncRun.brand_id) == brand_id,
        col(SyncRun.kind) == KIND,
        col(SyncRun.state) == RunState.RUNNING,
    )
    return list(tx.session.exec(mine).all())


def _last_one_ended(tx: Transaction, run: SyncRun) -> bool:
    newest = (
        select(SyncRun.state)
        .where(
            col(SyncRun.brand_id) == run.brand_id,
            col(SyncRun.kind) == KIND,
            col(SyncRun.is_dry_run).is_(False),
            col(SyncRun.id) != run.id,
            col(SyncRun.state) != RunState.WAITING,
        )
        .order_by(col(SyncRun.id).desc())
        .limit(1)
    )
    return tx.session.exec(newest).first() in (None, RunState.FINISHED)


def _reset(tx: Transaction, run: SyncRun) -> None:
    tx.session.exec(delete(SyncRefusal).where(col(SyncRefusal.run_id) == run.id))
    run.state, run.runner, run.alive_until = RunState.RUNNING, this_process(), clock.now() + _LEASE
    run.started_at, run.finished_at = clock.now(), None
    run.rows_read, run.counts = 0, Tally().as_json()
    tx.session.add(run)
    _announce(tx)


def beat(tx: Transaction, run_id: str, tally: Tally) -> SyncRun:
    """Keep the counts and say that the run is alive, in the transaction of what was counted.

    Conflict when another process has taken the import over meanwhile.
    """
    run = tx.session.get(SyncRun, run_id, with_for_update=True)
    if run is None or run.state != RunState.RUNNING or run.runner != this_process():
        raise Conflict("Another process has taken this import over.")
    run.alive_until, run.rows_read = clock.now() + _LEASE, tally.rows_read
    run.counts = tally.as_json()
    pending, tally.pending = tally.pending, []
    tx.session.add_all(
        SyncRefusal(
            run_id=run_id,
            file=one.file[:80],
            line=one.line,
            field=one.field[:60],
            value=one.value[:60],
            sentence=one.sentence[:300],
            is_warning=one.is_warning,
        )
        for one in pending
    )
    _announce(tx)
    return run


def finish(actor: Actor, run_id: str, tally: Tally) -> None:
    """End a run that came to its end."""
    with transaction(actor) as tx:
        run = beat(tx, run_id, tally)
        run.state, run.finished_at, run.alive_until = RunState.FINISHED, clock.now(), None
        counts = {key: value for key, value in run.counts.items() if key != "types"}
        tx.record(Action.FEED_IMPORTED, "sync_run", run_id, dry_run=run.is_dry_run, **counts)


def fail(actor: Actor, run_id: str, fault: str) -> None:
    """Note that a run of this process stopped by a fault; what it had committed stays."""
    with transaction(actor) as tx:
        run = tx.session.get(SyncRun, run_id, with_for_update=True)
        if run is not None and run.state == RunState.RUNNING and run.runner == this_process():
            note_failure(tx, run, fault)


def note_failure(tx: Transaction, run: SyncRun, fault: str) -> None:
    """End a run that cannot go on."""
    run.state, run.finished_at, run.alive_until = RunState.FAILED, clock.now(), None
    run.counts = {**run.counts, "fault": fault[:200]}
    tx.record(Action.FEED_FAILED, "sync_run", run.id)
    _announce(tx)


def _announce(tx: Transaction) -> None:
    tx.touch(f"imports:{tx.actor.brand}")
