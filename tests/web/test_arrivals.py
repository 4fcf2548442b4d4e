"""A followed link over the bare socket: the page is let be seen with its data, not before."""

import json

import pytest
from reflex.state import OnLoadInternalState
from reflex_base.utils.format import format_event_handler
from sqlmodel import select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import Person, PortalSession
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.people import database_at, sign_in
from tests.portal_server import running
from tests.tab import Tab

FOLLOW = format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"])
SYSTEM = Actor.system("test")


@pytest.fixture
def server(sqlite_template, tmp_path):
    (tmp_path / "portal.db").write_bytes(sqlite_template.read_bytes())
    with running(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path, PORTAL_JOBS="off") as server:
        yield server


@pytest.fixture
def cookie(server):
    with database_at(server.database):
        person = f.person()
        account = f.account(has_service_contracts=True)
        f.contact(account, person)
        for number in ("SD-1", "SD-2"):
            f.contract(account, holder_id=person.id, kind="service_contract", number=number)
        user = f.user(person).id
    return sign_in(server.database, user).cookie


def letting_be_seen(frames, path):
    """Return the places, among the frames, of those that let a page be seen."""
    said = f'"arrived_at_rx_state_": "{path}"'
    return [place for place, frame in enumerate(frames) if said in json.dumps(frame)]


@pytest.mark.requirement("S3-23")
def test_a_page_is_let_be_seen_once_and_together_with_its_data(server, cookie):
    with Tab(server, cookie=cookie) as tab:
        tab.open("/help")
        for path, ours, other in (
            ("/contracts", "SD-1", "of nobody"),
            ("/contracts/SD-1", "SD-1", "SD-2"),
            ("/contracts/SD-2", "SD-2", "SD-1"),
        ):
            frames = tab.send(FOLLOW, {}, path)
            (place,) = letting_be_seen(frames, path)
            assert ours in json.dumps(frames[place]["delta"])
            assert other not in json.dumps(frames[place]["delta"])


def test_the_frame_follows_to_an_account_that_was_chosen_in_another_tab(server, cookie):
    with database_at(server.database):
        with transaction(SYSTEM) as tx:
            person = tx.session.exec(select(Person)).one()
        other = f.account(has_service_contracts=True, number="A-OTHER")
        f.contact(other, person)
    with Tab(server, cookie=cookie) as tab:
        tab.open("/help")
        with database_at(server.database), transaction(SYSTEM) as tx:
            tx.session.exec(select(PortalSession)).one().account_id = other.id
        frames = tab.send(FOLLOW, {}, "/contracts")
        (place,) = letting_be_seen(frames, "/contracts")
        assert "Account A-OTHER" in json.dumps(frames[: place + 1])


def test_a_page_without_data_of_its_own_is_let_be_seen(server):
    with Tab(server) as tab:
        tab.open("/sign-in")
        frames = tab.send(FOLLOW, {}, "/help")
        assert len(letting_be_seen(frames, "/help")) == 1


@pytest.mark.asvs("7.4.1")
def test_a_frame_that_is_kept_does_not_keep_the_session(server, cookie):
    with Tab(server, cookie=cookie) as tab:
        tab.open("/help")
        with database_at(server.database), transaction(SYSTEM) as tx:
            for session in tx.session.exec(select(PortalSession)):
                session.revoked_at = clock.now()
        following = {"name": FOLLOW, "payload": {}, "router_data": {"asPath": "/contracts"}}
        tab.raw("42/_event," + json.dumps(["event", following]))
        assert "/sign-in?ended=expired" in tab.wait_for("_redirect")
        assert not [frame for frame in tab.frames if "SD-1" in frame]
