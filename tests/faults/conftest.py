import pytest

from tests.faults.stage import Stage, memory, open_stage


@pytest.fixture
def stage(sqlite_template, clock) -> Stage:
    """A licensed portal whose commands can be killed."""
    with memory() as folder, open_stage(sqlite_template, folder) as made:
        yield made
