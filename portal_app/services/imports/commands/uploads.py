"""Feeds that come through the browser: kept until a job has read them, then removed."""

import logging
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.ids import new_id
from portal_app.core.settings import settings
from portal_app.models import SyncRun
from portal_app.services.imports.commands import runs
from portal_app.services.imports.commands.feeds import carry_out
from portal_app.services.imports.policy import require_import, require_run
from portal_app.services.imports.rules.places import upload_place
from portal_app.services.imports.views import RunState
from portal_app.services.transaction import Transaction, transaction

JOB = "import_feed"
NO_ROOM = (
    "We could not keep this file: there is no room for it, or its folder cannot be written. "
    "Tell whoever looks after the portal, then send it again."
)
log = logging.getLogger("portal.imports")
_CHUNK = 1 << 20
_MEGABYTE = 1_000_000
# A dry run's file stays this long, so that it can be imported without sending it again.
_KEPT_FOR = timedelta(days=1)


def receive_feed(actor: Actor, *, name: str, content: BinaryIO, dry_run: bool, key: str) -> str:
    """Keep an uploaded feed, leave a job that imports it, and return the id of the run.

    `content` is read in pieces and no further than the limit; Invalid(feed=…) says what is wrong
    with it as a whole. The same `key` again answers with the same run.
    """
    require_import(actor)
    shown = PurePosixPath(text.key(name, longest=200).replace("\\", "/")).name
    if not shown.strip("."):
        raise Invalid(feed="Choose a file: a zip, or one of the files of a feed.")
    with _kept(content) as path, transaction(actor) as tx:
        if (earlier := tx.earlier_answer(key, "imports.receive_feed")) is not None:
            return earlier
        return tx.answer(key, _leave(tx, path, shown, dry_run=dry_run))


def import_checked(actor: Actor, *, run: str, key: str) -> str:
    """Import the upload of a dry run that has ended, and return the id of the new run."""
    with transaction(actor) as tx:
        checked = require_run(actor, tx.session.get(SyncRun, text.key(run), with_for_update=True))
        path = upload_place(checked.id)
        wanted = tx.earlier_answer(key, "imports.import_checked", run)
        if wanted is None:
            if not checked.is_dry_run or checked.state != RunState.FINISHED or not path.is_file():
                raise Conflict("The uploaded file is gone. Upload it again.")
            wanted = tx.answer(key, _leave(tx, path, checked.source, dry_run=False))
    path.unlink(missing_ok=True)
    return wanted


def _leave(tx: Transaction, path: Path, name: str, *, dry_run: bool) -> str:
    """Open a run for an upload, give it the file and leave the job.

    The file keeps its old name too: should this not commit, nothing has been taken away.
    """
    run = runs.open_run(tx, source=name, trigger="upload", dry_run=dry_run)
    upload_place(run.id).hardlink_to(path)
    tx.enqueue(JOB, key=f"{JOB}:{run.id}", run=run.id, brand=run.brand_id)
    return run.id


@contextmanager
def _kept(content: BinaryIO) -> Generator[Path]:
    """Write the content beside the other uploads, readable by nobody else, under a passing name."""
    folder = Path(settings().upload_folder)
    path = folder / f"{new_id()}.part"
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _sweep(folder)
            path.touch(mode=0o600)
            _copy(content, path)
        except OSError as fault:
            log.warning("an upload could not be kept: %s", fault.strerror)
            raise Invalid(feed=NO_ROOM) from fault
        yield path
    finally:
        path.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what nobody came back for: dry runs, and files that a crash left behind."""
    oldest = (clock.now() - _KEPT_FOR).timestamp()
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def _copy(content: BinaryIO, path: Path) -> None:
    most, copied = settings().feed_megabytes * _MEGABYTE, 0
    with path.open("wb") as kept:
        while chunk := content.read(_CHUNK):
            copied += len(chunk)
            if copied > most:
                megabytes = settings().feed_megabytes
                raise Invalid(feed=f"This is larger than {megabytes} MB. Send it in several parts.")
            kept.write(chunk)
    if not copied:
        raise Invalid(feed="This file is empty. Choose another one.")


def import_upload(actor: Actor, *, run: str) -> None:
    """Carry out the import of an uploaded feed; called again after a crash it begins anew.

    Raises Conflict while another import of the brand is running: try again later.
    """
    with transaction(actor) as tx:
        row = require_run(actor, tx.session.get(SyncRun, text.key(run), with_for_update=True))
        is_done = row.state == RunState.FINISHED
        is_after_accident = not is_done and runs.start(tx, row)
    path = upload_place(row.id)
    if is_done:
        _remove(path, row)
        return
    if not path.is_file():
        runs.fail(actor, row.id, "The uploaded file is gone. Upload it again.")
        return
    carry_out(
        actor,
        run_id=row.id,
        path=path,
        name=row.source,
        is_dry_run=row.is_dry_run,
        is_after_accident=is_after_accident,
    )
    _remove(path, row)


def _remove(path: Path, run: SyncRun) -> None:
    """Remove what has been imported; what was only checked may still be wanted."""
    if not run.is_dry_run:
        path.unlink(missing_ok=True)


def give_up_upload(actor: Actor, *, run: str, reason: str) -> None:
    """Note that an uploaded feed could not be imported, and remove it."""
    with transaction(actor) as tx:
        row = require_run(actor, tx.session.get(SyncRun, text.key(run), with_for_update=True))
        if row.state != RunState.FINISHED:
            runs.note_failure(tx, row, reason)
    upload_place(row.id).unlink(missing_ok=True)
