"""A real portal while its database is away, held or started late, and while it is itself killed."""

import json
from contextlib import contextmanager

import httpx
import psycopg
import pytest
from websockets.exceptions import InvalidStatus

from portal_app.core.ids import new_id
from portal_app.models import AuditEvent, OutboundMessage, PortalSession, RentalRequest
from tests.asking import ask
from tests.factories import fetch, fetch_all
from tests.outages.calling import AWAY, FORM, SEND, health, send_only, until
from tests.people import database_at, sign_in
from tests.portal_server import start
from tests.tab import Tab


@pytest.fixture(scope="module")
def early_portal(stage):
    """A portal that was started before its database, and is killed now and then."""
    stage.server.stop()
    given = {**stage.licence, "PORTAL_DATABASE_PATIENCE_SECONDS": "2"}
    early = start(stage.url, stage.folder, is_early=True, **given)
    early.given = given
    try:
        yield early
    finally:
        early.kill()


@pytest.fixture
def portal(early_portal, stage):
    """The same portal, once its database is there."""
    stage.server.start()
    until(lambda: health(early_portal) == 200)
    return early_portal


def requests(stage):
    with database_at(stage.url):
        return fetch_all(RentalRequest)


def browser(stage, who="owner"):
    return sign_in(stage.url, stage.world.people[who].user_id)


def call_off(tab, stage, key):
    return json.dumps(tab.send(SEND, {"form": {**FORM, "line": stage.world.line, "key": key}}))


@contextmanager
def held(stage, table):
    """Let nobody write to a table inside the block."""
    with psycopg.connect(stage.url.replace("+psycopg", "")) as connection:
        connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        yield


def shows_that_it_is_away(answer):
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert AWAY in answer.text
    assert "Traceback" not in answer.text
    assert "psycopg" not in answer.text
    return True


@pytest.mark.asvs("16.5.2")
def test_a_portal_that_starts_before_its_database_says_so_and_then_serves(early_portal, stage):
    assert health(early_portal) == 503
    somebody = {"cookie": "__Host-portal=some-token"}
    page = ask(early_portal, "GET", "/contracts", headers=somebody)
    assert shows_that_it_is_away(page)
    assert page.headers["refresh"]  # it comes by itself
    assert ask(early_portal, "GET", "/assets/none.js").status_code == 404
    stage.server.start()
    until(lambda: health(early_portal) == 200)
    with Tab(early_portal, cookie=browser(stage).cookie) as tab:
        assert "Lindqvist Roofing" in json.dumps(tab.open("/"))
    assert "Traceback" not in early_portal.logged()


@pytest.mark.asvs("16.3.4")
@pytest.mark.asvs("16.5.2")
@pytest.mark.asvs("16.5.3")
def test_a_database_that_stops_is_told_of_and_its_return_is_noticed(portal, stage):
    mine, key, before = browser(stage), new_id(), len(requests(stage))
    with Tab(portal, cookie=mine.cookie) as tab:
        tab.open(f"/items-out/{stage.world.line}/off-rent")
        stage.server.stop()
        try:
            until(lambda: health(portal) == 503)
            send_only(tab, SEND, {"form": {**FORM, "line": stage.world.line, "key": key}})
            assert '"draft' not in tab.wait_for(AWAY)  # what was typed stays where it is
            headers = {"cookie": f"__Host-portal={mine.cookie}", "origin": portal.address}
            assert shows_that_it_is_away(ask(portal, "GET", "/", headers=headers))
            form = {"identifier": "rosa@example.com", "password": "x"}
            for kept in (headers, {"origin": portal.address}):
                typed = ask(portal, "POST", "/auth/sign-in", headers=kept, data=form)
                assert shows_that_it_is_away(typed)
                assert "refresh" not in typed.headers
            with pytest.raises(InvalidStatus):
                Tab(portal, cookie=mine.cookie)
        finally:
            stage.server.start()
        until(lambda: health(portal) == 200)
        assert "/requests/OR-" in call_off(tab, stage, key)
        call_off(tab, stage, key)
        assert len(requests(stage)) == before + 1
    assert "away E-" in portal.logged()  # for whoever looks after it, with the reason
    assert "Traceback" not in portal.logged()


def test_what_another_holds_is_told_of_in_the_form_and_the_rest_goes_on(portal, stage):
    key, before = new_id(), len(requests(stage))
    with Tab(portal, cookie=browser(stage).cookie) as tab:
        tab.open(f"/items-out/{stage.world.line}/off-rent")
        with held(stage, "rental_request"):
            told = call_off(tab, stage, key)  # while it is held, and before the tab gives up
            assert AWAY in told
            assert "problem" in told
            assert '"draft' not in told
            assert health(portal) == 200
            with Tab(portal, cookie=browser(stage, "stranger").cookie) as other:
                assert "Strange Ltd" in json.dumps(other.open("/"))
        assert "/requests/OR-" in call_off(tab, stage, key)
        assert len(requests(stage)) == before + 1
    assert "Traceback" not in portal.logged()


def audited(stage):
    with database_at(stage.url):
        return len(fetch_all(AuditEvent)), len(fetch_all(OutboundMessage))


@pytest.mark.asvs("2.3.3")
@pytest.mark.asvs("16.5.3")
def test_a_portal_killed_in_the_middle_of_an_event_and_of_a_form_leaves_nothing_half(portal, stage):
    mine, key = browser(stage), new_id()
    before, written = len(requests(stage)), audited(stage)
    headers = {"cookie": f"__Host-portal={mine.cookie}", "origin": portal.address}
    with Tab(portal, cookie=mine.cookie) as tab, held(stage, "rental_request, portal_session"):
        tab.raw("40/_event," + json.dumps({}))
        send_only(tab, SEND, {"form": {**FORM, "line": stage.world.line, "key": key}})
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{portal.address}/auth/sign-out", headers=headers, timeout=0.5)
        portal.kill()
    until(lambda: is_alone(stage))
    assert len(requests(stage)) == before
    assert audited(stage) == written
    with database_at(stage.url):
        assert fetch(PortalSession, id=mine.session_id).revoked_at is None
    revived = start(stage.url, stage.folder, port=portal.port, **portal.given)
    portal.process = revived.process
    with Tab(portal, cookie=mine.cookie) as tab:
        tab.open(f"/items-out/{stage.world.line}/off-rent")
        answers = [call_off(tab, stage, key) for _ in range(2)]  # the browser says it again
        assert all("/requests/OR-" in answer for answer in answers)
    assert len(requests(stage)) == before + 1
    assert ask(portal, "POST", "/auth/sign-out", headers=headers).status_code == 303
    with database_at(stage.url):
        assert fetch(PortalSession, id=mine.session_id).revoked_at is not None


def is_alone(stage):
    """Say whether the database has noticed that the portal is gone."""
    with psycopg.connect(stage.url.replace("+psycopg", "")) as connection:
        others = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> "
        return connection.execute(f"{others} pg_backend_pid()").fetchone() == (0,)
