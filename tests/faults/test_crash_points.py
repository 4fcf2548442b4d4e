"""Every write path of the portal, killed wherever a kill makes a difference."""

import pytest

from tests.doors import commands
from tests.faults.crashing import crash_everywhere
from tests.faults.scenarios import SCENARIOS, WITHOUT
from tests.results import record


def place(function):
    return function.__code__.co_filename, function.__code__.co_firstlineno


@pytest.mark.asvs("2.3.3")
def test_every_command_is_killed_in_a_scenario_or_says_why_not():
    killed = {place(command) for scenario in SCENARIOS for command in scenario.commands}
    spared = {name for name, command in commands().items() if place(command) not in killed}
    assert spared == set(WITHOUT)
    assert len(commands()) > 50


@pytest.mark.asvs("2.3.3")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_a_killed_command_leaves_all_or_nothing(stage, scenario):
    command = scenario.prepare()
    stage.engine.dispose()
    found = crash_everywhere(stage, command, leaves=scenario.leaves, anew=bool(scenario.anew))
    record(
        "crash_points",
        {"points": found.points, "scenarios": 1, "violations": len(found.wrong)},
    )
    assert {place(each) for each in scenario.commands} <= found.called
    assert found.points >= 5
    assert found.wrong == []
