"""The shape of a record type, and of one record on its way in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Table, inspect

from portal_app.models import MasterRow
from portal_app.services.imports.rules import cells
from portal_app.services.imports.rules.cells import Reader, Surroundings, Value
from portal_app.services.transaction import Transaction

# Fields that every record may carry, whatever its type.
COMMON = ("external_id", "updated_at", "deleted")


class Fault(NamedTuple):
    """What is wrong with a field, and what to do."""

    field: str
    sentence: str


class Known(NamedTuple):
    """A record that others may refer to."""

    id: str
    currency: str = ""
    account_id: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: how it is read and where it is kept.

    `kept_in` is its column, "" for one that is read and not kept.
    """

    name: str
    reader: Reader
    is_required: bool
    is_personal: bool
    target: str
    kept_in: str


@dataclass(slots=True)
class Draft:
    """One record on its way in.

    `values` is what the row gives, by column; `merged` is that over what is held already.
    """

    line: int
    external_id: str
    given: Mapping[str, str]
    digest: str
    updated_at: datetime | None = None
    is_deleted: bool = False
    held: Mapping[str, Any] | None = None
    known: dict[str, Known] = field(default_factory=dict[str, Known])
    values: dict[str, Value] = field(default_factory=dict[str, Value])
    merged: dict[str, Any] = field(default_factory=dict[str, Any])


Check = Callable[[Draft], Fault | None]
Derive = Callable[[Draft, Surroundings], None]


@dataclass(frozen=True, slots=True)
class Apart:
    """What no two records may have at the same time, and what to say of the second.

    `columns` name what they would share, the first of them what both belong to; only records with
    the `value` in `column` count, where one is given.
    """

    columns: tuple[str, ...]
    field: str
    sentence: str
    column: str = ""
    value: object = None


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of file in a feed.

    `money_of` names the reference whose currency the amounts are in, unless each record
    `has_own_currency`; `unique` a further column that no two records may share; `shared` one that
    is better not shared, which is worth a warning; `owned_through` the column that leads to the
    account; `changes_as` what customers' changes call it, where they may have it changed; `apart`
    keeps records apart that cannot be at the same time;
    `sealed` names the columns that hold a day sealed for its row, and the place of each;
    `watched_as` names the topics of a row: a word, and the column with the id; `outlived_by` says
    of which records an older word of the feed's counts no more; `followed` is told in the same
    transaction what was written.
    """

    name: str
    model: type[MasterRow]
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()
    derive: Derive | None = None
    derived: tuple[str, ...] = ()
    unique: str = ""
    shared: str = ""
    money_of: str = ""
    has_own_currency: bool = False
    portal_defaults: tuple[str, ...] = ()
    owned_through: str = ""
    decides_access: bool = False
    changes_as: str = ""
    apart: tuple[Apart, ...] = ()
    sealed: tuple[tuple[str, Callable[[str], str]], ...] = ()
    watched_as: tuple[tuple[str, str], ...] = ()
    outlived_by: Callable[[Draft], bool] | None = None
    followed: Callable[[Transaction, Sequence[Mapping[str, Any]]], object] | None = None

    @property
    def table(self) -> Table:
        """The table that holds the records."""
        return self.model.__table__  # type: ignore[attr-defined]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a feed fills, and no others."""
        kept = (one.kept_in for one in self.fields if one.kept_in)
        return (*kept, *self.derived)

    @property
    def names(self) -> frozenset[str]:
        """Every column that a file of this type may have."""
        return frozenset((*COMMON, *(one.name for one in self.fields)))

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a file of this type must have."""
        return ("external_id", *(one.name for one in self.fields if one.is_required))

    @property
    def references(self) -> tuple[Field, ...]:
        """The fields that name another record."""
        return tuple(one for one in self.fields if one.target)


class FieldOf(Protocol):
    """What becomes a field once its table is known."""

    def __call__(self, columns: Mapping[str, Any]) -> Field:
        """Return the field of a table with these columns."""
        ...


def a_field(
    name: str,
    reader: Reader | None = None,
    *,
    is_required: bool = False,
    is_personal: bool = False,
    target: str = "",
    column: str | None = None,
) -> FieldOf:
    """Describe a field; without a reader it is text as long as its column.

    `column` is the field's name unless said, with `_id` for a reference; "" keeps it nowhere.
    """
    usual = f"{name}_id" if target else name
    kept_in = usual if column is None else column

    def of(columns: Mapping[str, Any]) -> Field:
        longest = 80 if target else getattr(columns[kept_in].type, "length", 0) if kept_in else 0
        read = reader or cells.text(longest)
        return Field(name, read, is_required, is_personal, target, kept_in)

    return of


def record_type(name: str, model: type[MasterRow], *fields: FieldOf, **more: Any) -> RecordType:
    """Describe a record type by its fields."""
    columns: dict[str, Any] = {one.name: one for one in inspect(model).columns}
    return RecordType(name, model, tuple(of(columns) for of in fields), **more)


def defaults_of(kind: RecordType) -> dict[str, Any]:
    """Return what the columns of a new record hold where the feed says nothing."""
    defaults = ((name, kind.table.c[name].default) for name in kind.columns)
    return {name: getattr(default, "arg", None) for name, default in defaults}
