"""Readings of the licence (S3-04): from its file, remembered for a minute."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import NotAllowed
from portal_app.core.settings import settings
from portal_app.models import Installation, database
from portal_app.services.licensing import policy, rules
from portal_app.services.licensing.rules import Licence, LicenceStatus, Unreadable
from portal_app.services.licensing.views import LicenceState
from portal_app.services.transaction import reading

_LOOK_AGAIN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the file held when it was looked at."""

    mark: tuple[object, ...]
    at: datetime
    installation: str
    licence: Licence | None = None
    fault: str = ""


_lock = threading.Lock()
_seen: _Seen | None = None


def has_module(module: str) -> bool:
    """Say whether this installation may use a module now, such as "rental".

    Asked by services, on nobody's behalf: it is a fact about the installation.
    """
    current = state()
    return current.is_in_force and module in current.modules


def require_module(actor: Actor, *, module: str) -> None:
    """Refuse a customer while a module is not licensed; staff keep what is there.

    What belongs to no module ("") needs no licence.
    """
    if module and actor.is_consumer and not has_module(module):
        raise NotAllowed(
            "The portal is not licensed for this page at the moment. Nothing is lost: "
            "your store has everything. Call them if you need something."
        )


def state() -> LicenceState:
    """Return what this installation is licensed for now."""
    seen, now = _look(), clock.now()
    licence = seen.licence
    if licence is None:
        status = LicenceStatus.UNREADABLE if seen.fault else LicenceStatus.MISSING
        return LicenceState(status, seen.installation, fault=seen.fault)
    return LicenceState(
        status=rules.judge(licence, installation=seen.installation, now=now),
        installation=seen.installation,
        licence_id=licence.id,
        customer=licence.customer,
        modules=tuple(licence.modules),
        starts_at=licence.starts_at,
        ends_at=licence.ends_at,
        grace_until=licence.ends_at + rules.GRACE,
    )


def licence(actor: Actor) -> LicenceState:
    """Return the same for the settings page; administrators only."""
    policy.require_readable(actor)
    return state()


def running_out(actor: Actor) -> LicenceState | None:
    """Return a licence that lives on its days of grace, else None; managers and administrators."""
    policy.require_seeing_to_it(actor)
    current = state()
    return current if current.status is LicenceStatus.GRACE else None


def _look() -> _Seen:
    """Return what the file holds, read again after a minute or when it was changed."""
    global _seen  # noqa: PLW0603 - one file and one memory of it for the process
    mark = _mark()
    with _lock:
        known = _seen
    if known and known.mark == mark and abs(clock.now() - known.at) < _LOOK_AGAIN_AFTER:
        return known
    fresh = _read(mark)
    with _lock:
        _seen = fresh
    return fresh


def _mark() -> tuple[object, ...]:
    """Return what changes when the file, or what it is checked against, changes."""
    chosen = settings()
    keys = tuple(sorted(chosen.licence_public_keys.items()))
    where = (chosen.licence_file, str(database.engine().url), keys)
    try:
        file = Path(chosen.licence_file).stat() if chosen.licence_file else None
    except OSError:
        file = None
    return (*where, file.st_mtime_ns, file.st_size, file.st_ino) if file else where


def _read(mark: tuple[object, ...]) -> _Seen:
    with reading() as session:
        installation = session.exec(select(Installation.id)).first() or ""
    found = _Seen(mark, clock.now(), installation)
    path = settings().licence_file
    if not path or not Path(path).exists():
        return found
    try:
        with Path(path).open(encoding="ascii") as file:
            text = file.read(rules.LONGEST_FILE + 1)
        licence = rules.read(text, settings().licence_public_keys)
    except (OSError, UnicodeDecodeError):
        return _Seen(mark, found.at, installation, fault="The file cannot be read.")
    except Unreadable as fault:
        return _Seen(mark, found.at, installation, fault=str(fault))
    return _Seen(mark, found.at, installation, licence)
