"""A registry of the test's own, and shorthands for leaving and reading jobs."""

from typing import Any

import pytest

from portal_app.core.actor import Actor
from portal_app.jobs import registry
from portal_app.jobs.engine import Worker
from portal_app.services.transaction import transaction


@pytest.fixture
def specs(monkeypatch) -> dict[str, registry.Spec]:
    """An empty registry: `job` and `periodic` fill it, `worker` runs it."""
    own: dict[str, registry.Spec] = {}
    monkeypatch.setattr(registry, "REGISTRY", own)
    return own


@pytest.fixture
def worker(specs) -> Worker:
    return Worker(specs)


def leave(name: str, *, key: str | None = None, **args: Any) -> None:
    with transaction(Actor.system("tests")) as tx:
        tx.enqueue(name, key=key, **args)
