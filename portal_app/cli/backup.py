"""`backup` and `restore`: the whole database as one file, taken from a running portal.

A backup is taken in one moment of the database's own and proves itself before it gets its name; a
restored one proves itself before it is served.
"""

import os
import sqlite3
import subprocess
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import URL, make_url

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models import database
from portal_app.services import audit

SYSTEM = Actor.system("backup")
_SQLITE_HEADER = b"SQLite format 3\x00"


class BackupFault(Exception):
    """The copy cannot be made, or is not what it should be."""


def backup(
    folder: Annotated[Path, typer.Argument(help="Where backups are kept.")] = Path("var/backups"),
) -> None:
    """Copy the whole database into a new file, while the portal goes on working."""
    with _reporting():
        typer.echo(f"The backup is {take(folder)}.")


def restore(
    path: Annotated[Path, typer.Argument(help="A file that `backup` made.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Give up what the database holds now.")
    ] = False,
) -> None:
    """Put a backup in the place of the database. Stop the portal first."""
    with _reporting():
        put_back(path, replace=replace)
        report = audit.verify(SYSTEM)
        typer.echo(f"Restored. {report.sentence} {report.length} entries.")
        if not report.is_whole:
            raise typer.Exit(1)


def take(folder: Path) -> Path:
    """Return a new backup of the database that the settings name."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = make_url(settings().database_url)
    kind = "db" if url.get_backend_name() == "sqlite" else "dump"
    target = folder / f"portal-{clock.now():%Y%m%dT%H%M%S%fZ}.{kind}"
    unfinished = target.with_suffix(".part")
    try:
        if kind == "db":
            _copy_sqlite(Path(url.database or ""), unfinished)
        else:
            _run("pg_dump", url, "--format=custom", f"--file={unfinished}")
            _run_plain("pg_restore", "--list", str(unfinished))
        unfinished.chmod(0o600)
        unfinished.rename(target)
    finally:
        _remove(unfinished)
    return target


def put_back(path: Path, *, replace: bool) -> None:
    """Put a backup in the place of the database that the settings name."""
    url = make_url(settings().database_url)
    if not path.is_file():
        raise BackupFault(f"There is no file {path}.")
    with path.open("rb") as file:
        is_sqlite = file.read(len(_SQLITE_HEADER)) == _SQLITE_HEADER
    if is_sqlite != (url.get_backend_name() == "sqlite"):
        raise BackupFault("The backup is of another kind of database than the settings name.")
    if is_sqlite:
        _put_back_sqlite(path, Path(url.database or ""), replace=replace)
    else:
        clean = ("--clean", "--if-exists") if replace else ()
        whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _run("pg_restore", url, *clean, *whole, str(path))


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.is_file():
        raise BackupFault(f"There is no database {source}.")
    with closing(sqlite3.connect(source, timeout=30)) as live, closing(_new(target)) as copy:
        # All pages in one step: they are of one moment, and writers do not wait for it.
        live.backup(copy, pages=-1)
        _check(copy)


def _put_back_sqlite(path: Path, target: Path, *, replace: bool) -> None:
    if target.exists() and not replace:
        raise BackupFault(f"{target} is there already. With --replace it is given up.")
    unfinished = target.with_suffix(".restoring")
    unfinished.unlink(missing_ok=True)
    try:
        _copy_sqlite(path, unfinished)
        database.engine().dispose()
        # What the old database had not yet merged must not be merged into the new one.
        for rest in ("-wal", "-shm"):
            target.with_name(target.name + rest).unlink(missing_ok=True)
        unfinished.replace(target)
    finally:
        _remove(unfinished)


def _remove(unfinished: Path) -> None:
    """Leave nothing of a copy: where there was no room SQLite's own journal stays beside it."""
    for rest in ("", "-journal", "-wal", "-shm"):
        unfinished.with_name(unfinished.name + rest).unlink(missing_ok=True)


def _new(target: Path) -> sqlite3.Connection:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return sqlite3.connect(target)


def _check(copy: sqlite3.Connection) -> None:
    """Make the copy a file of its own, and have SQLite read all of it."""
    copy.execute("PRAGMA journal_mode=DELETE")
    (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    dangling = copy.execute("PRAGMA foreign_key_check").fetchone()
    if verdict != "ok" or dangling is not None:
        raise BackupFault(f"The copy is not sound: {verdict}.")


def _run(tool: str, url: URL, *options: str) -> None:
    where = {"--host": url.host, "--port": url.port, "--username": url.username}
    named = [f"{option}={value}" for option, value in where.items() if value]
    # The password goes by the environment: arguments can be read by everybody on the machine.
    secret = {"PGPASSWORD": url.password, "PGSSLMODE": str(url.query.get("sslmode", ""))}
    given = {name: value for name, value in secret.items() if value}
    _run_plain(tool, *named, f"--dbname={url.database}", *options, **given)


def _run_plain(tool: str, *arguments: str, **environment: str) -> None:
    try:
        subprocess.run(  # noqa: S603 - a fixed tool, and no shell
            [tool, *arguments],
            check=True,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
    except FileNotFoundError as error:
        raise BackupFault(
            f"{tool} is needed: install the client programs of PostgreSQL."
        ) from error
    except subprocess.CalledProcessError as error:
        reason = error.stderr.strip()[-500:] or "it was cut off. Is there room on the disk?"
        raise BackupFault(f"{tool} failed: {reason}") from error


@contextmanager
def _reporting() -> Generator[None]:
    try:
        yield
    except (BackupFault, OSError, sqlite3.Error) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
