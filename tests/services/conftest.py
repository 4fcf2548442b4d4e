from types import SimpleNamespace

import pytest

from portal_app.integrations.limits_limiter import LimitsLimiter


@pytest.fixture
def limiter(clock, monkeypatch) -> LimitsLimiter:
    """Limits in memory, counted by the clock of the test."""
    monkeypatch.setattr(
        "limits.storage.memory.time", SimpleNamespace(time=lambda: clock.time.timestamp())
    )
    return LimitsLimiter()
