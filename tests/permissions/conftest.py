import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.door import open_door
from tests.licences import write_licence
from tests.people import database_at
from tests.permissions.door import Door
from tests.permissions.world import build
from tests.portal_server import running


@contextmanager
def served_world(template, folder):
    """A portal of its own, with everybody in it, and the world it holds."""
    shutil.copy(template, folder / "portal.db")
    url = f"sqlite:///{folder / 'portal.db'}"
    world = build(url)
    with database_at(url):
        licence = write_licence(folder)
    with running(url, folder, PORTAL_JOBS="off", **licence) as server:
        yield server, world


@pytest.fixture(scope="module")
def world_portal(sqlite_template, tmp_path_factory):
    """The world that all tests of a file share: what they do in it is theirs to know."""
    with served_world(sqlite_template, tmp_path_factory.mktemp("world")) as found:
        yield found


@pytest.fixture(scope="session")
def world_kept(sqlite_template, tmp_path_factory):
    """The same world without a server, as it was at first."""
    path = tmp_path_factory.mktemp("kept") / "portal.db"
    shutil.copy(sqlite_template, path)
    return path, build(f"sqlite:///{path}")


@pytest.fixture
def world_apart(world_kept, tmp_path):
    """A copy of it, for calls that change it."""
    path, world = world_kept
    return replace(world, url=f"sqlite:///{shutil.copy(path, tmp_path / 'apart.db')}")


@pytest.fixture(scope="session")
def attacked_door(sqlite_template, tmp_path_factory):
    """A portal at whose door attackers knock, each from a network of their own."""
    with open_door(sqlite_template, tmp_path_factory.mktemp("door")) as server:
        yield (Door(server),)
