"""One reading: a session in which nothing is written, shared by all that is asked inside it."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from portal_app.models import database

P = ParamSpec("P")
R = TypeVar("R")

_joined: ContextVar[Session | None] = ContextVar("joined", default=None)
_shared: ContextVar[Session | None] = ContextVar("shared", default=None)
_ANSWERS = "answers"


@contextmanager
def joined(session: Session) -> Generator[None]:
    """Let `transaction` use this session inside the block and leave the commit to its owner.

    A job whose effect and completion must be one calls its service inside this.
    """
    token = _joined.set(session)
    try:
        yield
    finally:
        _joined.reset(token)


def joined_session() -> Session | None:
    """Return the session of the block of `joined` that we are in, if we are in one."""
    return _joined.get()


@contextmanager
def apart() -> Generator[None]:
    """Let nothing inside the block read what was read before it: something is being written."""
    token = _shared.set(None)
    try:
        yield
    finally:
        _shared.reset(token)


@contextmanager
def reading() -> Generator[Session]:
    """Open a session for reading; inside another reading it is the same one.

    So services that ask one another see one state of things, and what is `remembered` is asked
    once. Inside `joined` it sees what has been written there.
    """
    if (session := _joined.get() or _shared.get()) is not None:
        yield session
        return
    with database.reading_session() as session:
        session.info[_ANSWERS] = {}
        token = _shared.set(session)
        try:
            yield session
        finally:
            _shared.reset(token)


def rows_of(session: Session, query: Any, **asked: Any) -> Sequence[Any]:
    """Return the rows that a query finds which was written once, given what is asked this time."""
    asking: Any = session
    return asking.exec(query, params=asked).all()


def at_once(ask: Callable[P, R]) -> Callable[P, R]:
    """Let a function that asks several services ask them in one reading."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        with reading():
            return ask(*args, **kwargs)

    return asked


def remembered(
    ask: Callable[Concatenate[Session, P], R],
) -> Callable[Concatenate[Session, P], R]:
    """Answer the same question once within one reading, and each time anew while writing."""

    @wraps(ask)
    def asked(session: Session, *args: P.args, **kwargs: P.kwargs) -> R:
        answers: dict[Any, Any] | None = session.info.get(_ANSWERS)
        if answers is None:
            return ask(session, *args, **kwargs)
        question = (ask, args, *sorted(kwargs.items()))
        try:
            is_known = question in answers
        except TypeError:  # what a browser sent may be anything; the service says what is wrong
            return ask(session, *args, **kwargs)
        if not is_known:
            answers[question] = ask(session, *args, **kwargs)
        return answers[question]

    return asked
