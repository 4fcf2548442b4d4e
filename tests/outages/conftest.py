import pytest
from sqlalchemy import create_engine, make_url

from tests.conftest import migrate
from tests.licences import write_licence
from tests.people import database_at
from tests.permissions.world import build
from tests.servers import postgres_server


class Stage:
    """A world in a PostgreSQL that can be stopped, and what a portal needs to serve it."""

    def __init__(self, server, folder):
        self.server, self.folder = server, folder
        self.url = make_url(server.url).render_as_string(hide_password=False)
        engine = create_engine(self.url)
        migrate(engine)
        engine.dispose()
        self.world = build(self.url)
        with database_at(self.url):
            self.licence = write_licence(folder)


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with postgres_server() as server:
        yield Stage(server, tmp_path_factory.mktemp("stage"))
