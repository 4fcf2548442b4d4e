"""Publishing looks at every account, and never at all of its contracts."""

import pytest

from portal_app.services import access
from tests import factories as f
from tests.counting import count_steps
from tests.services.access.customers import SYSTEM, candidate


def steps_of_publication(engine) -> int:
    access.publish(SYSTEM)
    with count_steps(engine) as steps:
        access.publish(SYSTEM)
    return steps[0]


@pytest.mark.requirement("S3-10")
def test_publishing_costs_the_same_however_many_contracts_an_account_has(db, clock):
    """While an account is looked at nobody else can write: SQLite has one lock."""
    account = candidate()
    before = steps_of_publication(db)
    for _ in range(400):
        f.contract(account)
    assert steps_of_publication(db) <= before + 5
