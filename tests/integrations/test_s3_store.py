"""The adapter for S3 against a real server that keeps to what is signed."""

import io
import time
from datetime import timedelta
from uuid import uuid4

import boto3
import httpx
import pytest

from portal_app.core import clock as clock_module
from portal_app.integrations.s3_store import S3Store
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.ports.storage import Landing
from portal_app.services import uploads
from tests import files
from tests.s3_server import s3_server
from tests.servers import free_port
from tests.services.rentals.conftest import make_hire
from tests.services.uploads.conftest import SYSTEM, Sender

OURS, THEIRS = "https://portal.example.com", "https://evil.example.com"
PART = 5 * 1_048_576  # the least that S3 takes but for the last
PUBLIC_BLOCK = "a block against public access"


@pytest.fixture(scope="module")
def server():
    with s3_server() as started:
        yield started


@pytest.fixture
def keys(server, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", server.access)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", server.secret)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


@pytest.fixture
def store(server, keys):
    made = store_at(server.endpoint)
    made.prepare([OURS])
    return made


def store_at(endpoint, bucket="portal-files"):
    return S3Store(
        bucket, endpoint=endpoint, region="us-east-1", origin=endpoint, now=clock_module.now
    )


def landing(size, **seconds):
    until = clock_module.now() + timedelta(**(seconds or {"minutes": 10}))
    return Landing(f"landing/{uuid4()}", files.JPEG, size, until)


def post(ticket, content, **changed):
    fields = ticket.fields | changed
    file = {"file": ("blob", io.BytesIO(content), fields["Content-Type"])}
    return httpx.post(ticket.url, data=fields, files=file).status_code


@pytest.mark.requirement("S4-19")
def test_exactly_what_was_signed_lands(store):
    content = files.picture()
    meant = landing(len(content))
    ticket = store.ticket(meant)
    refused = [
        post(ticket, content + b"x"),
        post(ticket, content[:-1]),
        post(ticket, content, key=f"landing/{uuid4()}"),
        post(ticket, content, **{"Content-Type": "text/html"}),
        post(ticket, content, **{"x-amz-signature": "0" * 64}),
    ]
    assert all(status in {400, 403} for status in refused), refused
    assert store.head(meant.key) is None
    assert post(ticket, content) == 204
    assert store.head(meant.key).size == len(content)
    with store.read(meant.key) as landed:
        assert landed.read() == content


def test_a_form_is_of_no_use_once_its_time_is_over(store):
    content = files.picture()
    meant = landing(len(content), seconds=1)
    ticket = store.ticket(meant)
    time.sleep(2.2)
    assert post(ticket, content) == 403
    assert store.head(meant.key) is None


@pytest.mark.requirement("S4-18")
def test_a_large_file_goes_on_with_the_part_that_is_missing(store):
    content = files.noise(6)
    meant = landing(len(content))
    parts = store.begin_parts(meant)

    def missing():
        return store.missing_parts(meant, parts, part_size=PART)

    first, second = missing()
    assert (first.size, second.size) == (PART, len(content) - PART)
    assert httpx.put(first.url, content=content[: PART - 1]).status_code in {400, 403}
    assert httpx.put(first.url, content=content[:PART]).status_code == 200
    with pytest.raises(PortRefused):
        store.join_parts(meant, parts)
    assert [one.number for one in missing()] == [2]
    assert httpx.put(second.url, content=content[PART:]).status_code == 200
    store.join_parts(meant, parts)
    assert store.head(meant.key).size == len(content)
    store.drop_parts(meant.key, parts)
    given_up = landing(len(content))
    store.drop_parts(given_up.key, store.begin_parts(given_up))


@pytest.mark.requirement("S4-20")
def test_a_photo_is_kept_sealed_and_its_landing_place_is_empty_and_closed(db, clock, store, server):
    hire = make_hire()
    sender = Sender(hire, store, hire.ask())
    content = files.picture()
    begun = sender.begin(content)
    assert post(begun.ticket, content) == 204
    address = f"{server.endpoint}/portal-files/{begun.ticket.fields['key']}"
    assert httpx.get(address).status_code == 403
    sender.confirm(begun.document)
    sender.check(begun.document)
    uploads.empty_landing(SYSTEM, document=begun.document, store=store)
    assert store.head(begun.ticket.fields["key"]) is None
    assert sender.read(begun.document).startswith(b"\xff\xd8")
    place = sender.row(begun.document).storage_key
    known = boto3.client("s3", endpoint_url=server.endpoint, region_name="us-east-1").get_object(
        Bucket="portal-files", Key=place
    )
    assert known["ServerSideEncryption"] == "AES256"
    assert b"\xff\xd8" not in known["Body"].read()[:100]


@pytest.mark.asvs("3.5.1")
def test_only_pages_of_ours_may_send_to_the_bucket(store, server):
    def preflight(origin):
        asked = {"origin": origin, "access-control-request-method": "POST"}
        answer = httpx.options(f"{server.endpoint}/portal-files/landing/x", headers=asked)
        return answer.headers.get("access-control-allow-origin")

    assert preflight(OURS) == OURS
    assert preflight(THEIRS) is None


def test_what_is_made_ready_has_no_faults_and_what_is_not_is_named(store, server):
    assert store.prepare([OURS]) == [PUBLIC_BLOCK]  # this server offers none, and is private
    assert store.faults([OURS]) == []
    assert [one.key for one in store.objects("landing/") if one.size == len(b"doctor")] == []
    (fault,) = store.faults([OURS, THEIRS])
    assert THEIRS in fault and "portal storage init" in fault
    (fault,) = store_at(server.endpoint, "never-made").faults([OURS])
    assert "no bucket never-made" in fault


def test_a_rule_that_lets_pages_read_but_not_send_is_named_as_a_fault(store):
    rule = {"AllowedOrigins": [OURS], "AllowedMethods": ["GET"]}
    store._call("put_bucket_cors", CORSConfiguration={"CORSRules": [rule]})
    try:
        (fault,) = store.faults([OURS])
        assert OURS in fault and "may not send files" in fault
        rule = {"AllowedOrigins": ["*"], "AllowedMethods": ["PUT", "POST"], "AllowedHeaders": ["*"]}
        store._call("put_bucket_cors", CORSConfiguration={"CORSRules": [rule]})
        assert store.faults([OURS]) == []
    finally:
        store.prepare([OURS])


def test_what_is_not_there_is_refused_and_what_is_away_is_waited_for(store, server, monkeypatch):
    gone = f"sealed/{uuid4()}"
    assert store.head(gone) is None
    with pytest.raises(PortRefused), store.read(gone):
        pass
    store.delete(gone)
    with pytest.raises(PortUnavailable):
        store_at(f"http://127.0.0.1:{free_port()}").head(gone)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)  # it remembers the keys
    with pytest.raises(PortUnavailable, match="SignatureDoesNotMatch"):
        next(store_at(server.endpoint).objects("sealed/"))


def test_what_is_listed_is_what_is_there(store):
    kept = {f"sealed/{uuid4()}": b"x" * size for size in (0, 1, 9_000_000)}
    for key, content in kept.items():
        store.write(key, [content])
    found = {one.key: one.size for one in store.objects("sealed/") if one.key in kept}
    assert found == {key: len(content) for key, content in kept.items()}
    for key in kept:
        store.delete(key)
    assert not kept.keys() & {one.key for one in store.objects("sealed/")}
