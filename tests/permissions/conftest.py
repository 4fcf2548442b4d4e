import shutil

import pytest

from tests.permissions.world import build
from tests.portal_server import running


@pytest.fixture(scope="session")
def world_portal(sqlite_template, tmp_path_factory):
    """A portal of its own, with everybody in it, and the world it holds."""
    folder = tmp_path_factory.mktemp("world")
    shutil.copy(sqlite_template, folder / "portal.db")
    url = f"sqlite:///{folder / 'portal.db'}"
    world = build(url)
    with running(url, folder, PORTAL_JOBS="off") as server:
        yield server, world
