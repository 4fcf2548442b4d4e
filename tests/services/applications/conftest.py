"""The mortgage that these tests are about."""

import pytest

from tests.services.applications.world import Desk, make_desk


@pytest.fixture
def desk(any_db, clock) -> Desk:
    """On both databases, on 20 November 2026."""
    return make_desk()


@pytest.fixture
def sqlite_desk(db, clock) -> Desk:
    return make_desk()
