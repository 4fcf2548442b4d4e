"""Sending files as the page's uploader does, and fetching them once they have been checked."""

import json

import httpx
import pytest
from starlette.applications import Starlette

from portal_app import models as m
from portal_app import wiring
from portal_app.core import clock as clock_module
from portal_app.core.actor import ANONYMOUS
from portal_app.core.ids import new_id
from portal_app.integrations.disk_store import DiskStore
from portal_app.services import uploads as service
from portal_app.services.identity import Caller
from portal_app.web import files as web_files
from portal_app.web import landing, uploads
from portal_app.web.failures import HANDLERS
from tests import factories as f
from tests import files
from tests.asking import said
from tests.services.rentals.conftest import make_hire
from tests.services.uploads.conftest import SYSTEM, Finds, Nobody

ROUTES = [*uploads.ROUTES, *landing.ROUTES, *web_files.ROUTES]
State = m.UploadState


class Edge:
    """Stands where the gate stands: says who is asking."""

    def __init__(self, app):
        self.app, self.actor = app, ANONYMOUS

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            caller = Caller(self.actor, session_id=self.actor.user_id)
            scope.setdefault("state", {})["caller"] = caller
        await self.app(scope, receive, send)


class Visitor:
    """One person's browser on the page of a request."""

    def __init__(self, edge, store, hire):
        self.edge, self.store, self.hire = edge, store, hire
        self.number = hire.ask()
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(edge, raise_app_exceptions=False),
            base_url="http://localhost",
        )

    async def send(self, method, path, actor=None, **more):
        self.edge.actor = actor or self.hire.owner
        return await self.client.request(method, path, **more)

    async def begin(self, content, actor=None, **changed):
        asked = {
            "purpose": "rental_request_photo", "owner": self.number, "name": "lift.jpg",
            "type": files.JPEG, "size": len(content), "sha256": files.fingerprint(content),
            "key": new_id(),
        }  # fmt: skip
        return await self.send("POST", "/uploads", actor, json=asked | changed)

    async def land(self, form, content, actor=None, **changed):
        fields = form["fields"] | changed
        kind = fields["Content-Type"]
        sent = {"file": ("blob", content, kind)}
        return await self.send("POST", form["url"], actor, data=fields, files=sent)

    async def sent(self, content=None):
        content = content or files.picture()
        begun = (await self.begin(content)).json()
        assert (await self.land(begun["form"], content)).status_code == 204
        arrived = await self.send("POST", f"/uploads/{begun['document']}/arrived")
        assert arrived.json() == {"state": "received"}
        return begun["document"]

    def check(self, document, scanner=None):
        service.check(SYSTEM, document=document, store=self.store, scanner=scanner or Nobody())

    async def kept(self, content=None):
        document = await self.sent(content)
        self.check(document)
        return document


@pytest.fixture
def visitor(db, licensed, clock, tmp_path, monkeypatch):
    wiring.rate_limiter.cache_clear()
    store = DiskStore(tmp_path / "documents", secret="s" * 40, now=clock_module.now)
    monkeypatch.setattr(wiring, "object_store", lambda: store)
    app = Starlette(routes=ROUTES, exception_handlers=HANDLERS)
    return Visitor(Edge(app), store, make_hire())


@pytest.mark.requirement("S4-18")
@pytest.mark.requirement("S4-30")
@pytest.mark.asvs("5.4.2")
async def test_a_photo_goes_the_whole_way_and_comes_back_as_a_file_that_can_do_nothing(visitor):
    document = await visitor.kept()
    for reader in (visitor.hire.owner, visitor.hire.agent):
        answer = await visitor.send("GET", f"/files/documents/{document}", reader)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["content-disposition"].startswith('attachment; filename="lift.jpg"')
        assert answer.headers["content-length"] == str(len(answer.content))
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.content.startswith(b"\xff\xd8")
    assert len(f.fetch_all(m.AuditEvent, action=m.Action.DOCUMENT_DOWNLOADED)) == 2


@pytest.mark.requirement("S4-21")
async def test_nothing_is_handed_out_before_it_has_passed_its_check(visitor):
    document = await visitor.sent()
    for reader in (visitor.hire.owner, visitor.hire.agent):
        answer = await visitor.send("GET", f"/files/documents/{document}", reader)
        assert (answer.status_code, b"\xff\xd8" in answer.content) == (409, False)
        assert "still being checked" in answer.text
    visitor.check(document, Finds())
    answer = await visitor.send("GET", f"/files/documents/{document}")
    assert (answer.status_code, b"\xff\xd8" in answer.content) == (409, False)


@pytest.mark.asvs("8.2.2")
async def test_a_stranger_learns_nothing_of_a_file_or_an_upload(visitor):
    document = await visitor.kept()
    waiting = (await visitor.begin(files.picture(size=(9, 9)))).json()["document"]
    other = f.brand(key="orchard", name="Orchard")
    strangers = [f.consumer_actor(f.account()), f.staff_actor(brand_id=other.id)]
    for stranger in strangers:
        made_up = await visitor.send("GET", "/files/documents/nothing", stranger)
        answer = await visitor.send("GET", f"/files/documents/{document}", stranger)
        assert (answer.status_code, said(answer)) == (404, said(made_up))
        for step in ("parts", "arrived", "cancel"):
            nothing = await visitor.send("POST", f"/uploads/nothing/{step}", stranger)
            found = await visitor.send("POST", f"/uploads/{waiting}/{step}", stranger)
            assert (found.status_code, said(found)) == (404, said(nothing))
        begun = await visitor.begin(files.picture(), stranger)
        assert begun.status_code == 404 and "not there any more" in begun.json()["problem"]


async def test_nobody_sends_or_fetches_a_file_without_signing_in(visitor):
    begun = (await visitor.begin(files.picture())).json()
    for path in ("/uploads", f"/uploads/{begun['document']}/arrived"):
        answer = await visitor.send("POST", path, ANONYMOUS)
        assert answer.status_code == 401 and "Sign in again" in answer.json()["problem"]
    answer = await visitor.land(begun["form"], files.picture(), ANONYMOUS)
    assert answer.status_code == 401
    assert list(visitor.store.objects("landing/")) == []
    answer = await visitor.send("GET", "/files/documents/x", ANONYMOUS)
    assert answer.headers["location"] == "/sign-in?next=/files/documents/x"


@pytest.mark.requirement("S4-19")
@pytest.mark.parametrize(
    "changed",
    [
        {"key": "landing/00000000-0000-4000-8000-000000000000"},
        {"Content-Type": "text/html"},
        {"policy": "e30="},
        {"policy": "\ud7ff"},
        {"signature": "0" * 64},
        {"signature": "ä"},
    ],
)
async def test_only_what_was_signed_lands(visitor, changed):
    content = files.picture()
    begun = (await visitor.begin(content)).json()
    assert (await visitor.land(begun["form"], content, **changed)).status_code == 404
    assert (await visitor.land(begun["form"], content + b"x")).status_code == 404
    assert (await visitor.land(begun["form"], b"")).status_code == 404
    assert list(visitor.store.objects("landing/")) == []


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"content": b"junk", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"junk", "headers": {"content-type": "multipart/form-data"}},
        {"data": {"file": "words"}},
        {"files": [("file", ("a", b"x")), ("file", ("b", b"x"))]},
        {"files": {"file": ("a", b"x" * (8_388_608 + 10_000))}},
    ],
)
async def test_what_is_no_form_of_ours_finds_nothing(visitor, more):
    answer = await visitor.send("POST", "/uploads/landing", **more)
    assert answer.status_code == 404 and "Traceback" not in answer.text


@pytest.mark.parametrize("token", ["x", "a.b", "%ED%A0%80.x", "%00", "x" * 5_000])
async def test_a_part_without_an_address_of_ours_finds_nothing(visitor, token):
    answer = await visitor.send("PUT", f"/uploads/landing/{token}", content=b"x")
    assert answer.status_code == 404 and "Traceback" not in answer.text


@pytest.mark.requirement("S4-18")
async def test_a_large_file_goes_on_with_the_part_that_is_missing(visitor):
    content = files.noise(12)
    asked = {"name": "big.png", "type": files.PNG}
    begun = (await visitor.begin(content, **asked)).json()
    assert begun["in_parts"] and begun["form"] is None
    path = f"/uploads/{begun['document']}"

    async def missing():
        return (await visitor.send("POST", f"{path}/parts")).json()

    found = await missing()
    at = found["part_size"]
    first, second = found["missing"]
    too_long = await visitor.send("PUT", first["url"], content=content[: at + 1])
    too_short = await visitor.send("PUT", first["url"], content=content[: at - 1])
    assert (too_long.status_code, too_short.status_code) == (404, 404)
    assert (await visitor.send("PUT", first["url"], content=content[:at])).status_code == 204
    early = await visitor.send("POST", f"{path}/arrived")
    assert early.status_code == 409 and "Some of this file is missing" in early.json()["problem"]
    assert [one["number"] for one in (await missing())["missing"]] == [second["number"]] == [2]
    assert (await visitor.send("PUT", second["url"], content=content[at:])).status_code == 204
    assert (await visitor.send("POST", f"{path}/arrived")).json() == {"state": "received"}


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"name": "tool.exe", "type": "application/x-msdownload"}, 422, "JPEG, PNG or WebP"),
        ({"size": 26_000_000}, 422, "larger than 25 MB"),
        ({"size": 0}, 422, "empty"),
        ({"size": "many"}, 422, "Choose a file"),
        ({"sha256": 7}, 422, "could not be read"),
        ({"purpose": ["x"]}, 404, "not there any more"),
        ({"owner": {"a": 1}}, 404, "not there any more"),
        ({"key": None}, 404, "not there any more"),
    ],
)
async def test_every_refusal_is_a_sentence(visitor, changed, status, words):
    answer = await visitor.begin(files.picture(), **changed)
    assert answer.status_code == status
    assert words in answer.json()["problem"]
    assert f.fetch_all(m.Document) == []


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff", b"[" * 9_000, b"x" * 20_000, b"null"])
async def test_what_is_no_question_is_refused_in_words(visitor, body):
    answer = await visitor.send("POST", "/uploads", content=body)
    assert answer.status_code == 422
    assert json.loads(answer.content) == {"problem": uploads.NO_QUESTION}


async def test_the_same_photo_twice_is_said_in_words(visitor):
    await visitor.sent()
    again = await visitor.begin(files.picture(), name="again.jpg")
    assert again.status_code == 409
    assert again.json()["problem"] == "This file is here already, as lift.jpg."


async def test_what_was_cancelled_is_not_taken_in(visitor):
    begun = (await visitor.begin(files.picture())).json()
    path = f"/uploads/{begun['document']}"
    assert (await visitor.send("POST", f"{path}/cancel")).json() == {"state": "abandoned"}
    assert (await visitor.send("POST", f"{path}/arrived")).json() == {"state": "abandoned"}


@pytest.mark.requirement("S3-04")
async def test_without_a_licence_no_photo_is_sent_or_fetched(visitor, monkeypatch):
    document = await visitor.kept()
    monkeypatch.setattr("portal_app.services.licensing.queries.has_module", lambda _module: False)
    answer = await visitor.begin(files.picture(size=(9, 9)))
    assert answer.status_code == 403 and "not licensed" in answer.json()["problem"]
    path = f"/files/documents/{document}"
    assert (await visitor.send("GET", path)).status_code == 403
    assert (await visitor.send("GET", path, visitor.hire.agent)).status_code == 200


async def test_one_session_asks_and_sends_only_so_often(visitor, monkeypatch):
    monkeypatch.setattr(uploads, "A_MINUTE", 2)
    monkeypatch.setattr(landing, "A_MINUTE", 2)
    asked = [(await visitor.send("POST", "/uploads")).status_code for _ in range(3)]
    sent = [(await visitor.send("PUT", "/uploads/landing/x")).status_code for _ in range(3)]
    assert (asked[2], sent) == (429, [404, 404, 429])


async def test_while_the_store_is_away_a_sentence_and_a_reference_are_shown(visitor, monkeypatch):
    document = await visitor.kept()
    from portal_app.ports import PortUnavailable

    def away(*_args, **_more):
        raise PortUnavailable("the store cannot be reached")

    monkeypatch.setattr(visitor.store, "head", away)
    answer = await visitor.send("GET", f"/files/documents/{document}")
    assert answer.status_code == 503 and "Reference" not in answer.headers
    waiting = (await visitor.begin(files.picture(size=(9, 9)))).json()["document"]
    answer = await visitor.send("POST", f"/uploads/{waiting}/arrived")
    assert answer.status_code == 503 and "Reference" in answer.json()["problem"]


async def test_a_store_elsewhere_leaves_nothing_to_send_to_here(visitor, monkeypatch):
    begun = (await visitor.begin(files.picture())).json()
    monkeypatch.setattr(wiring, "disk_store", lambda: None)
    assert (await visitor.land(begun["form"], files.picture())).status_code == 404
