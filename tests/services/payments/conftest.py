"""A plan on both databases, on 20 November 2026, the day of its first payment."""

import pytest

from tests.services.payments.plans import Plan, make_plan


@pytest.fixture
def plan(any_db, clock) -> Plan:
    return make_plan()


@pytest.fixture
def sqlite_plan(db, clock) -> Plan:
    return make_plan()
