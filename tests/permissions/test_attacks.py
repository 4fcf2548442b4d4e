"""The attacks, and the one figure that matters: how many got through."""

import pytest

from tests.permissions.attacks import ATTACKS
from tests.results import record

_figures = {"tried": 0, "succeeded": 0}


@pytest.mark.asvs("3.7.2")
@pytest.mark.asvs("4.4.3")
@pytest.mark.asvs("4.4.4")
@pytest.mark.asvs("7.4.1")
@pytest.mark.asvs("15.3.3")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.__name__)
def test_attack_gets_nowhere(world_portal, attack):
    succeeded = attack(*world_portal)
    _figures["tried"] += 1
    _figures["succeeded"] += succeeded
    record("attacks", _figures)
    assert not succeeded
