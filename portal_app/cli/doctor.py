"""`doctor`: look at everything that the portal stands on, and say what to do about it."""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import typer

from portal_app import wiring
from portal_app.cli import build, certificates, database, storage
from portal_app.core import clock
from portal_app.core.fitness import refusals
from portal_app.core.settings import settings
from portal_app.ports import PortUnavailable
from portal_app.services import health, licensing, limits

_SKEW = timedelta(minutes=1)
_LEAST_FREE_MEGABYTES = 1_000
_ENV = Path(".env")


class Finding(NamedTuple):
    """What one look found."""

    name: str
    is_ok: bool
    words: str


def doctor() -> None:
    """Check the settings, the servers and the folders; ends with 1 if anything is not well."""
    findings = [finding for name, look in CHECKS.items() for finding in _findings(name, look)]
    for finding in findings:
        typer.echo(f"{'ok' if finding.is_ok else 'not ok':8}{finding.name}: {finding.words}")
    wrong = sum(not finding.is_ok for finding in findings)
    typer.echo(f"\n{wrong} of {len(findings)} not ok." if wrong else "\nAll is well.")
    raise typer.Exit(1 if wrong else 0)


Look = Callable[[], Iterable[tuple[bool, str]]]


def _findings(name: str, look: Look) -> list[Finding]:
    try:
        return [Finding(name, is_ok, words) for is_ok, words in look()]
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what was asked for
        reason = str(error).partition("\n")[0] or "no answer"
        return [Finding(name, False, f"{type(error).__name__}: {_without_password(reason)}")]  # noqa: FBT003


def _without_password(reason: str) -> str:
    chosen = settings()
    secrets = (chosen.redis_url.get_secret_value(), chosen.database_url)
    for password in filter(None, (urlsplit(url).password for url in secrets)):
        reason = reason.replace(password, "…")
    return reason


def _settings() -> Iterable[tuple[bool, str]]:
    if reasons := refusals(settings()):
        return [(False, reason) for reason in reasons]
    return [(True, f"nothing speaks against them (PORTAL_ENV={settings().env}).")]


def _own_file() -> Iterable[tuple[bool, str]]:
    if not _ENV.exists():
        yield True, "there is none; the settings come from the environment."
        return
    is_private = not stat.S_IMODE(_ENV.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
    may_be_read = is_private or not settings().is_production
    yield may_be_read, "read by its owner only." if is_private else "others may read it: chmod 600."


def _zone() -> Iterable[tuple[bool, str]]:
    yield True, f"{ZoneInfo(settings().timezone).key} is known here."


def _clock() -> Iterable[tuple[bool, str]]:
    newest = health.newest_entry_at()
    is_sane = newest is None or clock.now() > newest - _SKEW
    yield (
        is_sane,
        "it goes on from what is written down."
        if is_sane
        else (
            f"it stands before the newest entry of the audit trail, {newest:%Y-%m-%d %H:%M} UTC."
        ),
    )


def _database() -> Iterable[tuple[bool, str]]:
    health.check()
    yield True, "it answers."
    is_encrypted = health.is_connection_encrypted()
    if is_encrypted is None:
        yield True, "it is a file of this machine."
        return
    host = urlsplit(settings().database_url).hostname or "localhost"
    is_here = host in {"localhost", "127.0.0.1", "::1"}
    way = "encrypted" if is_encrypted else "not encrypted"
    yield is_encrypted or is_here, f"the way to {host} is {way}."


def _migrations() -> Iterable[tuple[bool, str]]:
    is_done = database.is_migrated()
    yield is_done, "all have run." if is_done else "some have not run: alembic upgrade head."


def _redis() -> Iterable[tuple[bool, str]]:
    if not settings().redis_url.get_secret_value():
        yield True, "not used: one process keeps everything in memory."
        return
    wiring.rate_limiter().allows("doctor", 1, 1, "doctor")
    yield True, "it answers."


def _mail() -> Iterable[tuple[bool, str]]:
    chosen = settings()
    wiring.mailer().check()
    if chosen.mailer == "captured":
        yield True, "captured: nothing is sent, letters are read in the outbox."
    else:
        yield True, f"{chosen.smtp_host}:{chosen.smtp_port} takes letters."


def _texts() -> Iterable[tuple[bool, str]]:
    most, sent = limits.text_budget().amount, health.codes_texted()
    words = f"{sent:,} of {most:,} codes a day were texted in the last 24 hours"
    hint = "" if sent < most else ": nobody gets another. See PORTAL_TEXT_CODES_PER_DAY"
    yield sent < most, f"{words}{hint}."


def _licence() -> Iterable[tuple[bool, str]]:
    state = licensing.state()
    yield state.is_in_force, f"{state.sentence} Installation {state.installation}."


def _proxy() -> Iterable[tuple[bool, str]]:
    chosen = settings()
    has_proxy = chosen.address.startswith("https://")
    is_ok = not has_proxy or chosen.trusted_proxy_hops > 0
    yield (
        is_ok,
        f"{chosen.trusted_proxy_hops} trusted."
        if is_ok
        else ("none trusted, so all callers count as one: set PORTAL_TRUSTED_PROXY_HOPS."),
    )


def _pages() -> Iterable[tuple[bool, str]]:
    is_current = build.is_current()
    yield (
        is_current,
        "built." if is_current else "not built from these sources: the next start builds them.",
    )


def _folders() -> Iterable[tuple[bool, str]]:
    chosen = settings()
    if chosen.feed_folder:
        is_readable = Path(chosen.feed_folder).is_dir() and os.access(
            chosen.feed_folder, os.R_OK | os.X_OK
        )
        words = "can be read" if is_readable else "cannot be read"
        yield is_readable, f"the feed folder {chosen.feed_folder} {words}."
    uploads = Path(chosen.upload_folder)
    is_writable = os.access(_nearest(uploads), os.W_OK | os.X_OK)
    words = "can be written" if is_writable else "cannot be written"
    yield is_writable, f"the upload folder {uploads} {words}."


def _files() -> Iterable[tuple[bool, str]]:
    faults = wiring.object_store().faults(settings().origins)
    yield from ((False, words) for words in faults)
    if not faults:
        yield True, f"{storage.where()} takes files and gives them back."


def _scanner() -> Iterable[tuple[bool, str]]:
    scanner, most = wiring.scanner(), settings().upload_megabytes
    yield True, f"{scanner.ping()}."
    with tempfile.TemporaryFile() as largest:
        largest.truncate(most * 1_000_000)
        try:
            scanner.scan(largest)
        except PortUnavailable as fault:
            words = f"{fault}. Files up to {most} MB wait for ever: raise its StreamMaxLength."
            yield False, words


def _disk() -> Iterable[tuple[bool, str]]:
    needed = max(_LEAST_FREE_MEGABYTES, 2 * settings().feed_unpacked_megabytes)
    for folder in {_nearest(Path(settings().upload_folder)), _nearest(Path("var"))}:
        free = shutil.disk_usage(folder).free // 1_000_000
        yield free >= needed, f"{free:,} MB free at {folder}, {needed:,} MB wanted."


def _nearest(folder: Path) -> Path:
    """Return the folder, or the first of those above it that exists."""
    return next(one for one in (folder, *folder.absolute().parents) if one.exists())


CHECKS: dict[str, Look] = {
    "settings": _settings,
    ".env": _own_file,
    "time zone": _zone,
    "database": _database,
    "migrations": _migrations,
    "clock": _clock,
    "redis": _redis,
    "mail": _mail,
    "texts": _texts,
    "licence": _licence,
    "proxies": _proxy,
    "certificate": certificates.look,
    "pages": _pages,
    "folders": _folders,
    "files": _files,
    "scanner": _scanner,
    "disk": _disk,
}
