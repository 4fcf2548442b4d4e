"""The feed of events as another system meets it: tokens, order, limits, and what it refuses."""

import httpx
import pytest

from portal_app import wiring
from portal_app.api.application import build_api
from portal_app.core.actor import Access
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import events
from portal_app.state.access import MARK
from tests import factories as f
from tests.services.changes.conftest import ADDRESS, make_desk
from tests.services.events.conftest import emit, sure_admin


@pytest.fixture
def client(db, clock, monkeypatch):
    limiter = LimitsLimiter()
    monkeypatch.setattr(wiring, "rate_limiter", lambda: limiter)
    transport = httpx.ASGITransport(build_api(), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


@pytest.fixture
def token(client):
    return events.create_token(sure_admin(), name="The CRM", key="make").value


async def ask(client, token, query="", **headers):
    given = {"authorization": f"Bearer {token}"} if token else {}
    return await client.get(f"/events{query}", headers=given | headers)


@pytest.mark.requirement("S0-14")
@pytest.mark.asvs("4.1.1")
async def test_accepted_change_is_read_by_the_master_system(client, token):
    desk = make_desk()
    number = desk.ask("address", **ADDRESS)
    answer = await ask(client, token)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    (event,) = answer.json()["events"]
    assert event["type"] == "person.address_changed"
    assert event["subject"] == {"type": "person", "external_id": desk.person.external_id}
    assert (event["data"]["change"], event["data"]["after"]) == (number, ADDRESS)
    assert event["occurred_at"] == "2026-11-20T15:00:00+00:00"
    assert (await ask(client, token, f"?after={answer.json()['next_after']}")).json()[
        "events"
    ] == []


async def test_feed_goes_on_page_by_page(client, token):
    brand = f.brand().id
    written = [emit(brand) for _ in range(5)]
    first = (await ask(client, token, "?limit=3")).json()
    rest = (await ask(client, token, f"?limit=3&after={first['next_after']}")).json()
    assert [event["id"] for event in first["events"] + rest["events"]] == written
    assert (first["has_more"], rest["has_more"]) == (True, False)


@pytest.mark.asvs("8.4.1")
async def test_token_of_one_brand_reads_nothing_of_another(client, token):
    emit(f.brand(key="orchard", name="Orchard").id)
    assert (await ask(client, token)).json() == {"events": [], "next_after": 0, "has_more": False}


@pytest.mark.asvs("7.2.1")
@pytest.mark.parametrize("value", ["", "cpt_unknown", "x", "cpt_" + "a" * 300])
async def test_whoever_has_no_token_in_force_is_told_so_and_no_more(client, token, value):
    answer = await ask(client, value)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="portal"'
    assert set(answer.json()) == {"error"}


async def test_token_counts_only_as_a_bearer_and_once(client, token):
    assert (await ask(client, token, "?token=" + token)).status_code == 422
    for headers in (
        {"authorization": f"Basic {token}"},
        {"cookie": f"__Host-portal={token}"},
        [("authorization", f"Bearer {token}"), ("authorization", f"Bearer {token}")],
    ):
        assert (await client.get("/events", headers=headers)).status_code == 401


async def test_revoked_token_is_refused_at_once(client, token):
    admin = sure_admin()
    (kept,) = events.connections(admin).tokens
    events.revoke_token(admin, token=kept.id, key="off")
    assert (await ask(client, token)).status_code == 401


@pytest.mark.asvs("2.4.1")
async def test_token_is_held_to_six_hundred_requests_a_minute(client, token):
    for _ in range(600):
        assert (await ask(client, token, "?limit=1")).status_code == 200
    refused = await ask(client, token)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    other = events.create_token(sure_admin(), name="The ERP", key="other").value
    assert (await ask(client, other)).status_code == 200, (
        "one system does not use up another's share"
    )


@pytest.mark.asvs("15.3.7")
@pytest.mark.parametrize(
    "query",
    ["?after=-1", "?after=x", "?after=1.5", "?after=99999999999999999999", "?limit=0",
     "?limit=501", "?after=1&after=2", "?limit=1&limit=500", "?brand=other", "?after=%00"],
)  # fmt: skip
async def test_question_that_makes_no_sense_is_refused_by_name(client, token, query):
    answer = await ask(client, token, query)
    assert answer.status_code == 422
    assert set(answer.json()["error"]["fields"]) == {query[1:].partition("=")[0]}


@pytest.mark.asvs("13.4.5")
@pytest.mark.parametrize("path", ["/", "/docs", "/redoc", "/openapi.json", "/events/", "/tokens"])
async def test_api_answers_nothing_but_what_is_listed_and_describes_nothing(client, token, path):
    answer = await client.get(path, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
async def test_api_takes_nothing_but_reading(client, token, method):
    answer = await client.request(method, "/events", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 405


@pytest.mark.asvs("16.5.1")
async def test_fault_of_ours_shows_a_reference_and_no_detail(client, token, monkeypatch):
    def broken(*_, **__):
        message = "secret detail"
        raise RuntimeError(message)

    monkeypatch.setattr(events, "event_feed", broken)
    answer = await ask(client, token)
    assert answer.status_code == 500
    assert "E-" in answer.json()["error"]["reference"]
    assert "secret detail" not in answer.text


def test_every_route_of_the_api_demands_a_token():
    assert {getattr(route.endpoint, MARK) for route in build_api().routes} == {Access.API}
