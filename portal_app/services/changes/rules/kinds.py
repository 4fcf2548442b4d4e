"""The registry of kinds: what can be changed, how it is decided on, and who carries it out.

A kind belongs to the domain that owns what is changed. That domain registers it with its own
functions for reading and applying, so that this one never imports it: whoever asks for changes
may be imported by nobody here. docs/decisions/0010 says why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from portal_app.core.errors import NotFound
from portal_app.models import ChangePolicy, ChangeRequest
from portal_app.services.transaction import Transaction

Values = Mapping[str, str]


def as_it_is(value: str) -> str:
    """Show a value as it is held."""
    return value


@dataclass(frozen=True, slots=True)
class ChangeField:
    """One field of a kind: its name in feeds and events, its label, and how it is shown.

    `column` is where it is held, its name unless said; a feed is compared there.
    """

    name: str
    label: str
    column: str = ""
    show: Callable[[str], str] = as_it_is

    @property
    def held_in(self) -> str:
        """The column that holds it."""
        return self.column or self.name


@dataclass(frozen=True, slots=True)
class Subject:
    """What is changed, as it is held now: its name for people, and the master's own id."""

    name: str
    external_id: str
    values: Values


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change.

    `policies` are those that a brand may choose between; the first is how it starts. `held` reads
    the subject (None when it is gone), `apply` carries an approved request out inside the given
    transaction and raises a PortalError where it cannot. `event` is what the master system hears.

    `what` is how letters call it after "your", the title unless said, and `link` leads to where it
    is seen. `is_repeatable`: several may wait for one subject, such as people who are to be added.
    """

    key: str
    title: str
    event: str
    subject_type: str
    fields: tuple[ChangeField, ...]
    policies: tuple[ChangePolicy, ...]
    held: Callable[[Session, str], Subject | None]
    apply: Callable[[Transaction, ChangeRequest], None]
    what: str = ""
    link: str = "/profile"
    is_repeatable: bool = False

    @property
    def labels(self) -> dict[str, str]:
        """The fields' labels by their names."""
        return {one.name: one.label for one in self.fields}


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind; the domain that owns what is changed does so once, when it is loaded."""
    if kind.key in _KINDS:
        message = f"two kinds of change are called {kind.key}"
        raise ValueError(message)
    _KINDS[kind.key] = kind
    return kind


def kind_of(key: object) -> Kind:
    """Return a kind by its key; NotFound for what cannot be changed."""
    kind = _KINDS.get(key) if isinstance(key, str) else None
    if kind is None:
        raise NotFound
    return kind


def all_kinds() -> tuple[Kind, ...]:
    """Return every kind, in the order in which they were registered."""
    return tuple(_KINDS.values())
