import pytest

from portal_app.services.access.queries import facts


@pytest.fixture(autouse=True)
def _licensed(monkeypatch):
    """Access asks for the licence only whether it holds; licensing's own tests show when it does."""
    monkeypatch.setattr(facts.licensing, "has_module", lambda module: module == "rental")
