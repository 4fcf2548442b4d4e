"""Conditions for reading a list page by page along an index of (day, id)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, String, func, literal, tuple_
from sqlmodel import Session, select
from sqlmodel.sql.expression import Select

from portal_app.core.paging import Cursor


@dataclass(frozen=True, slots=True)
class Keyset:
    """A list in the order of `day` and `id`, downwards unless `is_up`, read from after a row.

    `shelf` holds the equalities that an index begins with; the rows after them stand in order.
    """

    day: Any
    id: Any
    shelf: tuple[ColumnElement[bool], ...]
    after: Cursor | None = None
    is_up: bool = False

    @property
    def where(self) -> tuple[ColumnElement[bool], ...]:
        """Conditions for the rows that come next."""
        return (*self.shelf, *self._beyond())

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        """The order of the list."""
        return tuple(key.asc() if self.is_up else key.desc() for key in (self.day, self.id))

    def until(self, floor: Cursor | None) -> tuple[ColumnElement[bool], ...]:
        """Conditions for the rows up to and with `floor`; none without one."""
        if floor is None:
            return ()
        here, there = self._pair(), _values(floor)
        return (here <= there if self.is_up else here >= there,)

    def floor(self, session: Session, window: int) -> Cursor | None:
        """Return the row that ends a window of the next rows; None when fewer are left.

        A sieve without an index looks no further than this, however long the list is.
        """
        query: Any = select(self.day, self.id).where(*self.where).order_by(*self.order)
        rows = query.limit(window).subquery().c
        ends = (rows[self.day.name], rows[self.id.name])
        last: Select[date, str, int] = (
            select(*ends, func.count().over())
            .order_by(*(key.desc() if self.is_up else key.asc() for key in ends))
            .limit(1)
        )
        row = session.exec(last).first()
        return Cursor(row[0], row[1]) if row and row[2] == window else None

    def _beyond(self) -> tuple[ColumnElement[bool], ...]:
        if self.after is None:
            return ()
        here, there = self._pair(), _values(self.after)
        return (here > there if self.is_up else here < there,)

    def _pair(self) -> Any:
        return tuple_(self.day, self.id)


def _values(cursor: Cursor) -> Any:
    return tuple_(literal(cursor.day, Date), literal(cursor.id, String))
