"""The attacks, and the one figure that matters: how many got through."""

import pytest

from tests.permissions.attacks import everything
from tests.results import record

ATTACKS = everything()


def marked(attack):
    marks = [pytest.mark.asvs(identifier) for identifier in attack.ids]
    return pytest.param(attack, marks=marks, id=attack.name)


@pytest.mark.parametrize("attack", [marked(attack) for attack in ATTACKS])
def test_attack_gets_nowhere(request, attack):
    around = request.getfixturevalue("world_portal" if attack.where == "world" else "attacked_door")
    succeeded = attack.run(*around)
    record("attacks", {"tried": 1, "succeeded": int(succeeded)})
    assert not succeeded


def test_there_are_many_attacks_and_each_has_a_name_of_its_own():
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 40
