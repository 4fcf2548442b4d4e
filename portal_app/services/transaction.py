"""One unit of work: a session, its audit trail, its jobs and its announcements, all or nothing."""

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import event, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from portal_app.core import clock, live
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import SwitchedOff
from portal_app.core.ids import new_id, process_name
from portal_app.core.secrets import fingerprint
from portal_app.models import (
    Action,
    AuditEvent,
    ChangeSignal,
    IdempotencyKey,
    Job,
    OutgoingEvent,
    database,
)
from portal_app.services.reading import apart, joined, joined_session, reading

_LONGEST_KEY = 64
_LENGTH_OF_MARK = 32
_NUMBERS_LOCK = 7_220_041

__all__ = ["Transaction", "joined", "link", "reading", "transaction"]


@dataclass(slots=True)
class Transaction:
    """What a command may touch while it runs."""

    session: Session
    actor: Actor
    topics: set[str] = field(default_factory=set[str])
    claimed: dict[str, str] = field(default_factory=dict[str, str])
    trail: list[AuditEvent] = field(default_factory=list[AuditEvent])
    outgoing: list[OutgoingEvent] = field(default_factory=list[OutgoingEvent])

    def record(self, action: Action, object_type: str, object_id: str = "", **detail: Any) -> None:
        """Write down what this actor did. `detail` holds no secret and no whole address."""
        self.trail.append(
            AuditEvent(
                at=clock.now(),
                actor_kind=self.actor.kind.value,
                actor_id=self.actor.known_as,
                brand_id=self.actor.brand,
                session_id=self.actor.session_id,
                ip=self.actor.ip,
                action=action.value,
                object_type=object_type,
                object_id=object_id,
                detail=detail,
                prev_hash="",
                hash="",
            )
        )

    def enqueue(
        self, name: str, *, key: str | None = None, run_at: datetime | None = None, **args: Any
    ) -> None:
        """Leave a job, run only if this commits; the same key again does nothing.

        `args` holds ids and short values only: jobs are readable by staff.
        """
        self.insert_once(Job, self._job(name, key, args, run_at), "unique_key")

    def enqueue_each(self, name: str, jobs: Mapping[str, dict[str, Any]]) -> None:
        """Leave many jobs of a kind, each with its arguments by its key; as `enqueue` otherwise."""
        rows = [self._job(name, key, args) for key, args in jobs.items()]
        if not rows:
            return
        table: Any = Job
        statement = _once(self.session.get_bind().dialect.name, table, "unique_key")
        self.session.connection().execute(statement, rows)

    def _job(
        self, name: str, key: str | None, args: dict[str, Any], run_at: datetime | None = None
    ) -> dict[str, Any]:
        now = clock.now()
        named = {"id": new_id(), "brand_id": self.actor.brand, "name": name, "args": args}
        times = {"run_at": run_at or now, "created_at": now}
        return {**named, **times, "unique_key": key, "status": "queued", "attempts": 0}

    def touch(self, *topics: str) -> None:
        """Say that something people may be looking at has changed, such as `account:<id>`."""
        self.topics.update(topics)

    def earlier_answer(self, key: str, command: str, *about: object) -> str | None:
        """Claim a click's key; if this actor's same click was carried out, return its answer.

        Of two clicks at the same moment the second waits here for the first. The same key for
        another command, or for the same one `about` something else, is another click: buttons that
        stand together may share one. `about` is what the click names, as it came.
        """
        owner, kept = self._click(key)
        command = _told_apart(command, about)
        self.claimed[kept] = command
        values = {
            "owner": owner,
            "key": kept,
            "command": command,
            "answer": "",
            "created_at": clock.now(),
        }
        if self.insert_once(IdempotencyKey, values, "owner", "key", "command"):
            return None
        row = self.session.get(IdempotencyKey, (owner, kept, command))
        return row.answer if row else None

    def answer(self, key: str, value: str) -> str:
        """Remember what this click was answered, and return it."""
        owner, kept = self._click(key)
        row = self.session.get(IdempotencyKey, (owner, kept, self.claimed.get(kept, "")))
        if row:
            row.answer = value
        return value

    def _click(self, key: object) -> tuple[str, str]:
        """Return whose click it is and its key; what cannot be a key is not found."""
        return self.actor.user_id or self.actor.session_id, identifier(key)[:_LONGEST_KEY]

    def insert_once(self, table: Any, values: dict[str, Any], *unique: str) -> bool:
        """Insert a row unless one with the same `unique` columns is there; say if it was new.

        `values` names every column: the table's own defaults do not apply here.
        """
        statement = _once(self.session.get_bind().dialect.name, table, *unique)
        return self.session.connection().execute(statement, values).first() is not None

    @contextmanager
    def part(self) -> Generator[None]:
        """Undo all that the block did, and nothing else, if it raises."""
        topics, trail, outgoing = set(self.topics), len(self.trail), len(self.outgoing)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            self.topics = topics
            del self.trail[trail:], self.outgoing[outgoing:]
            raise

    def finish(self) -> None:
        """Chain the audit trail and leave the signals; the last thing before the commit."""
        self.session.flush()
        if self.trail or self.outgoing:
            self._take_turns()
        for event_out in self.outgoing:
            self.session.add(event_out)
            self.session.flush()
        if self.trail:
            self._chain()
        if self.topics:
            now = clock.now()
            signals = [{"topic": each, "origin": process_name(), "at": now} for each in self.topics]
            self.session.connection().execute(insert(ChangeSignal), signals)

    def _take_turns(self) -> None:
        """Let nobody else number entries and events until this commits: readers go by number."""
        if self.session.get_bind().dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=_NUMBERS_LOCK)
            self.session.connection().execute(lock)

    def _chain(self) -> None:
        newest = select(AuditEvent.hash).order_by(col(AuditEvent.seq).desc()).limit(1)
        previous = self.session.exec(newest).first() or ""
        for entry in self.trail:
            entry.prev_hash, entry.hash = previous, link(entry, previous)
            previous = entry.hash
            self.session.add(entry)
            self.session.flush()


def _told_apart(command: str, about: tuple[object, ...]) -> str:
    """Return a command with a mark of what it is about, short enough for its column."""
    if not about:
        return command
    return f"{command}:{fingerprint(json.dumps(about, default=repr))[:_LENGTH_OF_MARK]}"


@cache
def _once(dialect: str, table: Any, *unique: str) -> Any:
    """Return the statement that inserts a row unless it is there, made once for all."""
    insertion = (postgresql if dialect == "postgresql" else sqlite).insert(table.__table__)
    return insertion.on_conflict_do_nothing(index_elements=list(unique)).returning(text("1"))


def link(entry: AuditEvent, previous: str) -> str:
    """Return the hash that ties an audit entry to the one before it."""
    facts = entry.model_dump(exclude={"seq", "hash", "prev_hash"}, mode="json")
    return fingerprint(json.dumps([previous, facts], sort_keys=True, separators=(",", ":")))


@contextmanager
def transaction(actor: Actor) -> Generator[Transaction]:
    """Run a block as `actor`: commit all of it if it finishes, none of it if it raises.

    That something was asked for which is switched off is written down all the same (S0-05).
    """
    if (session := joined_session()) is not None:
        with _one_unit(session, actor) as tx:
            yield tx
        return
    try:
        with _own_unit(actor) as tx:
            yield tx
    except SwitchedOff as refusal:
        with _own_unit(actor) as tx:
            tx.record(Action.ACCESS_DENIED, "feature", refusal.feature)
        raise


@contextmanager
def _own_unit(actor: Actor) -> Generator[Transaction]:
    with (
        apart(),
        database.writing_session() as session,
        session.begin(),
        _one_unit(session, actor) as tx,
    ):
        yield tx


@contextmanager
def _one_unit(session: Session, actor: Actor) -> Generator[Transaction]:
    tx = Transaction(session, actor)
    yield tx
    tx.finish()
    if topics := frozenset(tx.topics):
        # Told only once it is true.
        def tell(_session: object) -> None:
            live.announce(topics)

        event.listen(session, "after_commit", tell, once=True)
