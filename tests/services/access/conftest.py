"""Nobody is ready without the rental module, so these tests are licensed."""

import pytest


@pytest.fixture(autouse=True)
def _licensed(licensed):
    """Every test here runs on a licensed installation."""
