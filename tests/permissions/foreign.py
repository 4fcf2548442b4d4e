"""The ids of what belongs to somebody else, of every kind of thing that the portal keeps."""

import re
import secrets
from collections.abc import Iterator

from sqlalchemy import create_engine, select
from sqlmodel import Session, SQLModel

from portal_app import models as m
from portal_app.core.ids import new_id
from tests.permissions.world import World

# By these columns something is asked for; a new table joins by itself.
NAMES = ("id", "number", "key", "external_id", "seq")
_MADE_UP = 6


def ids_of(world: World) -> list[str]:
    """Return ids and numbers of all that hangs on the account of `owner`, and on its person."""
    roots = _roots(world)
    others = {each.user_id for each in world.people.values()} - roots
    engine, found = create_engine(world.url), []
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            rows = [row._mapping for row in connection.execute(select(table))]
            said = [(row, {str(value) for value in row.values()}) for row in rows]
            theirs = [row for row, values in said if roots & values and not others & values]
            for name in NAMES:
                held = [str(row[name]) for row in theirs if name in table.c and row[name]]
                found += held[-1:]
    engine.dispose()
    return sorted(set(found) | roots)


def _roots(world: World) -> set[str]:
    owner = world.people["owner"].user_id
    engine = create_engine(world.url)
    with Session(engine) as session:
        person = session.get_one(m.PortalUser, owner).person_id
    engine.dispose()
    papers = (world.run, world.message, world.job, world.article, world.notification)
    things = (world.account, world.contract, world.line, world.invoice, *papers)
    return {owner, str(person), world.people["owner"].session_id, *things}


def made_up(like: list[str]) -> list[str]:
    """Return ids of the same shapes that nothing has."""
    shapes = [re.sub(r"\d", _digit, one) for one in like if not _is_uuid(one) and len(one) > 1]
    return [*(new_id() for _ in range(_MADE_UP // 2)), *shapes[: _MADE_UP // 2]]


def _digit(_found: re.Match[str]) -> str:
    return str(secrets.randbelow(10))


def _is_uuid(one: str) -> bool:
    return len(one) == len(new_id()) and one.count("-") == new_id().count("-")


def in_parts(many: list[str], size: int) -> Iterator[list[str]]:
    """Yield them some at a time."""
    yield from (many[start : start + size] for start in range(0, len(many), size))
