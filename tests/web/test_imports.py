"""Sending a feed as a browser does, and fetching what was refused."""

import io
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from portal_app.core import settings as settings_module
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.models import Job, PortalSession, SessionStage, SyncRun
from portal_app.services import identity, imports
from portal_app.services.identity import Caller
from portal_app.services.transaction import transaction
from portal_app.web import imports as web
from portal_app.web.failures import HANDLERS
from tests import factories as f
from tests.services.imports import feeding as feed

UPLOAD = "/staff/imports/upload"


class Edge:
    """Stands where the gate stands: says who is asking."""

    def __init__(self, app):
        self.app, self.caller = app, Caller()

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            scope.setdefault("state", {})["caller"] = self.caller
        await self.app(scope, receive, send)


@pytest.fixture
def send(db, clock, tmp_path, monkeypatch):
    f.brand()
    chosen = settings_module.Settings(feed_megabytes=1, upload_folder=str(tmp_path / "uploads"))
    monkeypatch.setattr(web, "settings", lambda: chosen)
    for module in ("commands.uploads", "rules.places"):
        monkeypatch.setattr(f"portal_app.services.imports.{module}.settings", lambda: chosen)
    edge = Edge(Starlette(routes=web.ROUTES, exception_handlers=HANDLERS))
    transport = httpx.ASGITransport(edge, raise_app_exceptions=False)

    async def sending(actor, method="POST", path=UPLOAD, **more):
        edge.caller = Caller(actor, session_id=actor.session_id)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, **more)

    return sending


def signed_in(role=Role.MANAGER):
    actor = f.staff_actor(role)
    with transaction(actor) as tx:
        session, _ = identity.open_session(
            tx,
            brand_id=actor.brand,
            user_id=actor.user_id,
            stage=SessionStage.FULL,
            user_agent="",
            ip="",
        )
        session_id = session.id
    return replace(actor, session_id=session_id)


def note(actor) -> str:
    return (
        f.fetch(PortalSession, id=actor.session_id)
        .notes.get("note", {})
        .get("fields", {})
        .get("feed", "")
    )


@pytest.mark.requirement("S3-10")
async def test_a_feed_that_is_sent_becomes_a_run_and_a_job(send):
    actor = signed_in()
    answer = await send(
        actor,
        files={"feed": ("accounts.csv", feed.ACCOUNT.encode())},
        data={"key": "k-1", "dry_run": "yes"},
    )
    run = f.fetch(SyncRun)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/staff/imports/{run.id}")
    assert (run.source, run.is_dry_run, f.fetch(Job).args["run"]) == ("accounts.csv", True, run.id)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"data": {"key": "k"}, "files": {"other": ("a.csv", b"x")}}, "Choose a file"),
        ({"data": {"feed": "text", "key": "k"}, "files": {"x": ("", b"")}}, "Choose a file"),
        ({"files": {"feed": ("", b"")}}, "Choose a file"),
        ({"files": {"feed": ("a.csv", b"")}}, "empty"),
        ({"files": {"feed": ("a.csv", b"x" * 1_050_000)}}, "larger than 1 MB"),
        ({"files": {"feed": ("a.csv", b"x" * 3_000_000)}}, "larger than 1 MB"),
        ({"content": b"--x", "headers": {"content-type": "multipart/form-data"}}, "whole"),
        ({"content": b"junk", "headers": {"content-type": "multipart/form-data; boundary=x"}},
         "whole"),
        ({"content": b"feed=1", "headers": {"content-type": "text/plain"}}, "Choose a file"),
        ({"files": [("feed", (f"{n}.csv", b"x")) for n in range(3)]}, "whole"),
        ({"data": {f"f{n}": "1" for n in range(20)}, "files": {"feed": ("a.csv", b"x")}}, "whole"),
    ],
)  # fmt: skip
async def test_what_is_no_feed_is_said_on_the_page_and_leaves_nothing(send, tmp_path, more, words):
    actor = signed_in()
    answer = await send(actor, **more)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/imports")
    assert words in note(actor)
    assert f.fetch_all(SyncRun) == f.fetch_all(Job) == []
    assert [path for path in tmp_path.rglob("*") if path.parent.name == "uploads"] == []


async def test_no_more_is_taken_in_than_a_feed_may_be_however_it_is_sent(send):
    actor, sent = signed_in(), 0

    async def endless():
        nonlocal sent
        head = '--x\r\nContent-Disposition: form-data; name="feed"; filename="a.csv"\r\n\r\n'
        yield head.encode()
        while sent < 30_000_000:
            sent += 100_000
            yield b"x" * 100_000

    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = await send(actor, content=endless(), headers=kind)
    assert answer.status_code == 303
    assert "larger than 1 MB" in note(actor)


@pytest.mark.parametrize("role", [None, Role.AGENT])
async def test_nobody_below_a_manager_sends_a_feed(send, role):
    actor = f.staff_actor(role) if role else ANONYMOUS
    answer = await send(actor, files={"feed": ("accounts.csv", feed.ACCOUNT.encode())})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert f.fetch_all(SyncRun) == []


async def test_the_refusals_are_fetched_by_those_who_may_read_them(send, tmp_path):
    bad = "external_id,number,name,account_type\nA-1,1,Acme,prepaid\n"
    run = feed.feed(tmp_path / "feed", accounts=bad).run.id
    path = f"/files/imports/{run}/refusals.csv"
    answer = await send(signed_in(), "GET", path)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text == "\ufeff" + imports.refusals_csv(feed.system(), run=run)
    other = f.brand(key="other", name="Other")
    stranger = f.staff_actor(Role.ADMIN, brand_id=other.id)
    customer = f.consumer_actor(f.account())
    assert (await send(stranger, "GET", path)).status_code == 404
    assert (await send(customer, "GET", path)).status_code == 404
    assert (await send(f.staff_actor(Role.AGENT), "GET", path)).status_code == 403
    assert (await send(ANONYMOUS, "GET", path)).status_code == 303
    assert (await send(signed_in(), "GET", "/files/imports/nope/refusals.csv")).status_code == 404
    assert io.StringIO(answer.text).readline().startswith("\ufefffile,line")
