"""Each policy, turned into one that allows, is noticed: at least one cell of the matrix is wrong.

Or a policy could be lost, and no test would say so.
"""

from collections import defaultdict
from contextlib import ExitStack

import pytest

from tests.guarding import guarded
from tests.people import database_at
from tests.permissions.cells import Trials, cells, is_right
from tests.permissions.mutants import acting_as, allowing, policies, telling
from tests.results import record


@pytest.fixture(scope="module")
def policies_asked(world_kept, tmp_path_factory):
    """Each policy with the cells that ask it; every cell as it has to be while all are in force."""
    known, asked, wrong = policies(), defaultdict(list), []
    trials = Trials(*world_kept, tmp_path_factory.mktemp("asked"))
    with database_at(trials.anew().url), ExitStack() as all_of_them:
        for policy in known:
            all_of_them.enter_context(acting_as(policy, telling))
        for cell in cells():
            given = trials.given(cell)
            known[0].seen.clear()
            found = trials.tried(cell, given)
            wrong += [] if is_right(cell, found) else [(cell, found)]
            # Where it was allowed already, a policy that allows everything changes nothing.
            for name in known[0].seen if found != "allowed" else ():
                asked[name].append(cell)
    assert wrong == []
    return known, asked


def is_noticed(policy, asked, trials):
    """Say whether a cell is wrong while this policy allows everything; a crash is not enough."""
    with database_at(trials.anew().url):
        for cell in asked:
            given = trials.given(cell)
            try:
                with acting_as(policy, allowing):
                    found = trials.tried(cell, given)
            except Exception:
                continue
            if not is_right(cell, found):
                return True
    return False


@pytest.mark.asvs("8.2.1")
@pytest.mark.asvs("8.3.1")
def test_no_policy_can_be_lost_unnoticed(policies_asked, world_kept, tmp_path):
    known, asked = policies_asked
    trials = Trials(*world_kept, tmp_path)
    names = {one.name for one in known}
    in_the_matrix = {one.name for one in known if is_noticed(one, asked[one.name], trials)}
    by_a_test = guarded() - in_the_matrix
    unnoticed = sorted(names - in_the_matrix - by_a_test)
    record(
        "policies",
        {
            "turned": len(known), "noticed_by_the_matrix": len(in_the_matrix),
            "noticed_by_a_test": len(by_a_test), "unnoticed": len(unnoticed),
        },
    )  # fmt: skip
    assert guarded() <= names
    assert unnoticed == []
