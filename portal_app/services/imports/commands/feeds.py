"""Carrying out an import, from the folder to the report."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.services import changes
from portal_app.services.imports.commands import runs
from portal_app.services.imports.commands.batches import write
from portal_app.services.imports.commands.drafts import drafts_of
from portal_app.services.imports.commands.files import Feed, FeedFile, Limits, opened, whole_file
from portal_app.services.imports.commands.lookups import Held, owners
from portal_app.services.imports.commands.readiness import look_again
from portal_app.services.imports.commands.rows import BadRow, FileRefused, RawRow, Reading
from portal_app.services.imports.commands.scratch import scratch
from portal_app.services.imports.commands.shared import warn_of_shared
from portal_app.services.imports.commands.work import Bench, Progress, Work
from portal_app.services.imports.queries import run_report
from portal_app.services.imports.rules.fields import Draft
from portal_app.services.imports.views import ImportProgress, ImportReport, Refusal
from portal_app.services.transaction import Transaction, reading, transaction

_BATCH = 1_000
# Beyond this an announcement to the whole brand is cheaper than one to each account.
_MOST_TOPICS = 200
_STOPPED = "The import stopped at a fault of ours. What it had written stays; run it again."


def import_folder(
    actor: Actor,
    *,
    path: Path,
    trigger: str = "manual",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a folder, a zip or one file, and return what became of it.

    `trigger` is a word for why: manual, nightly, upload. Raises Conflict while another import of
    the brand is running. What is wrong in the feed is in the report, never raised.
    """
    with transaction(actor) as tx:
        run = runs.open_run(tx, source=path.name, trigger=trigger, dry_run=dry_run)
        is_after_accident = runs.start(tx, run)
    carry_out(
        actor,
        run_id=run.id,
        path=path,
        name=path.name,
        is_dry_run=run.is_dry_run,
        is_after_accident=is_after_accident,
        progress=progress,
    )
    return run_report(actor, run=run.id)


def carry_out(
    actor: Actor,
    *,
    run_id: str,
    path: Path,
    name: str,
    is_dry_run: bool,
    is_after_accident: bool,
    progress: Progress | None = None,
) -> None:
    """Read the feed of a run that has begun, to its end; a fault is noted on the run and raised."""
    with ExitStack() as stack:
        stack.enter_context(_noting_faults(actor, run_id))
        work = Work(actor, run_id, is_dry_run, stack.enter_context(scratch()))
        feed = stack.enter_context(opened(path, name=name, limits=limits()))
        _read_all(work, feed, progress)
        if not is_dry_run:
            look_again(work, at_all=is_after_accident)
        runs.finish(actor, run_id, work.tally)


def limits() -> Limits:
    """Return how large a feed may be."""
    return Limits(settings().feed_megabytes, settings().feed_unpacked_megabytes)


@contextmanager
def _noting_faults(actor: Actor, run_id: str) -> Generator[None]:
    try:
        yield
    except BaseException:
        runs.fail(actor, run_id, _STOPPED)
        raise


def _read_all(work: Work, feed: Feed, progress: Progress | None) -> None:
    for refusal in feed.refusals:
        work.tally.refuse(refusal)
    done = 0
    for file in feed.files:
        _read_file(work, feed, file, done, progress)
        done += file.size
    _tell(work, progress, "", feed.size, feed.size)


def _read_file(
    work: Work, feed: Feed, file: FeedFile, done: int, progress: Progress | None
) -> None:
    bench, lines = Bench(work, file.name, file.kind), Reading(file)
    rows = lines.rows()
    try:
        while batch := list(islice(rows, _BATCH)):
            work.tally.rows_read += len(batch)
            work.tally.percent = 100 * (done + lines.position) // feed.size
            _batch(bench, batch)
            _tell(work, progress, file.name, done + lines.position, feed.size)
    except FileRefused as fault:
        work.tally.refuse(whole_file(file.name, str(fault)))
    _warn_of_unknown(work, file, lines)
    if file.kind.shared:
        with reading() as session:
            warn_of_shared(session, bench)


def _tell(work: Work, progress: Progress | None, file: str, done: int, total: int) -> None:
    if progress:
        progress(ImportProgress(file, done, total, work.tally.rows_read))


def _warn_of_unknown(work: Work, file: FeedFile, lines: Reading) -> None:
    for column in sorted(lines.unknown):
        sentence = "This column is not known and was left out. Check how it is spelt."
        work.tally.refuse(Refusal(file.name, 1, column, "", sentence, is_warning=True))


def _batch(bench: Bench, rows: list[RawRow | BadRow]) -> None:
    """Read a batch without the lock that writers wait for, then write it in one transaction."""
    work = bench.work
    with reading() as session:
        drafts = drafts_of(session, bench, rows)
        if work.is_dry_run:
            write(session, bench, drafts)
    with transaction(work.actor) as tx:
        if not work.is_dry_run and drafts:
            _write(tx, bench, drafts)
        runs.beat(tx, work.run_id, work.tally)


def _write(tx: Transaction, bench: Bench, drafts: list[Draft]) -> None:
    written = write(tx.session, bench, drafts)
    if written and bench.kind.changes_as:
        changes.note_feed(tx, subject_type=bench.kind.changes_as, rows=written)
    if written and bench.kind.followed:
        bench.kind.followed(tx, written)
    accounts = owners(tx.session, bench, written) if written else set[str]()
    if bench.kind.decides_access:
        bench.work.scratch.touch(accounts)
    topics = {f"account:{account_id}" for account_id in accounts} | _topics(bench, written)
    _announce(tx, topics, written)


def _topics(bench: Bench, written: list[Held]) -> set[str]:
    return {f"{word}:{row[column]}" for word, column in bench.kind.watched_as for row in written}


def _announce(tx: Transaction, topics: set[str], written: list[Held]) -> None:
    if len(topics) <= _MOST_TOPICS and topics:
        tx.touch(*topics)
    elif written:
        tx.touch(f"brand:{tx.actor.brand}")
