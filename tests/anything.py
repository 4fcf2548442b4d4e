"""What may arrive from a network: values of every wrong type and size, for Hypothesis."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, func, select

from portal_app.core.errors import PortalError
from portal_app.models import database

# Text may hold NUL, halves of characters, other scripts' figures and right-to-left marks.
text = st.text(st.characters(), max_size=50) | st.sampled_from(
    [
        "",
        "x" * 20_000,
        "\x00",
        "\ud800",
        "a\x00b",
        "٣",
        "now",
        "'; DROP TABLE account; --",
        "%",
        "_",
    ]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | text
    | st.binary(max_size=10)
    | st.sampled_from(
        [10**30, -1, float("nan"), float("inf"), "2026-11-24T08:00", "9999-12-31T23:59"]
    )
)
anything: st.SearchStrategy[Any] = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3)
)

# One database serves all examples of a test; each example must leave it as it was.
hostile = settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def rows() -> dict[str, int]:
    """Return how many rows each table has."""
    with Session(database.engine()) as session:
        return {
            table.name: session.exec(select(func.count()).select_from(table)).one()
            for table in SQLModel.metadata.sorted_tables
        }


def refused_without_a_trace(call: Callable[[], Any]) -> None:
    """Call it: it may succeed, or refuse in a typed way and leave every table as it was."""
    before = rows()
    with suppress(PortalError):
        call()
        return
    assert rows() == before
