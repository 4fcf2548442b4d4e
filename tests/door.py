"""A portal at whose door one can knock: published accounts, an admin, and what was sent."""

import re
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import Session, select

from portal_app.core.actor import Actor, Role
from portal_app.services import access, identity, licensing
from portal_app.services.identity.rules import codes
from tests import factories as f
from tests.licences import write_licence
from tests.people import database_at
from tests.portal_server import PortalServer, running
from tests.services.access.customers import candidate

SYSTEM = Actor.system("tests")
PASSWORD = "nine lighthouses at dusk"
STAFF_PASSWORD = "plinth fjord vexed"
STAFF_SECRET = codes.new_totp_secret()
NUMBERS = [f"+1813555424{n}" for n in range(9)]


@contextmanager
def open_door(template: Path, folder: Path) -> Generator[PortalServer]:
    """Serve a portal with nine published accounts (A-0 to A-8) and the admin Dana."""
    shutil.copy(template, folder / "portal.db")
    url = f"sqlite:///{folder / 'portal.db'}"
    with database_at(url), pytest.MonkeyPatch.context() as patch:
        licence = write_licence(folder)
        patch.setattr(licensing, "has_module", lambda _: True)  # the server reads the real one
        for n, number in enumerate(NUMBERS):
            candidate(main_phone=number, main_phone_e164=number, number=f"A-{n}", name=f"Firm {n}")
        access.publish(SYSTEM)
        admin = identity.create_staff(
            SYSTEM, brand=f.brand().id, email="dana@example.com", name="Dana Okafor",
            role=Role.ADMIN, password=STAFF_PASSWORD,
        )  # fmt: skip
        identity.give_authenticator(SYSTEM, user=admin, secret=STAFF_SECRET)
    extra = {"PORTAL_JOBS": "off", "PORTAL_TRUSTED_PROXY_HOPS": "1", **licence}
    with running(url, folder, **extra) as server:
        yield server


def rows(server, model):
    """Everything that the server's database holds of a kind, oldest first."""
    with database_at(server.database) as engine, Session(engine) as session:
        return session.exec(select(model).order_by(model.id)).all()


def newest_code(server, topic):
    """The code in the newest message of a topic."""
    from portal_app.models import OutboundMessage

    letters = [row for row in rows(server, OutboundMessage) if row.topic == topic]
    return re.search(r"\b\d{6}\b", letters[-1].text)[0]
