"""What several tests at the edge stand on: a licensed portal of their own, where no job runs."""

import shutil

import pytest

from tests.licences import write_licence
from tests.people import database_at
from tests.portal_server import running


@pytest.fixture(scope="module")
def server(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("edge")
    shutil.copy(sqlite_template, folder / "portal.db")
    url = f"sqlite:///{folder / 'portal.db'}"
    with database_at(url):
        licence = write_licence(folder)
    with running(url, folder, PORTAL_JOBS="off", **licence) as server:
        yield server
