"""With an S3 store a browser sends files to it, and not one byte of them through the portal."""

import shutil
from dataclasses import replace
from urllib.parse import urlsplit

import boto3
import pytest
from playwright.sync_api import expect

from portal_app import models as m
from portal_app.core import clock
from portal_app.integrations.s3_store import S3Store
from tests import factories as f
from tests import files
from tests.e2e.conftest import PATIENCE, let_in, watch
from tests.e2e.test_uploads import wait_until
from tests.licences import write_licence
from tests.people import database_at
from tests.permissions.world import build
from tests.portal_server import running
from tests.s3_server import s3_server

BUCKET = "portal-files"


@pytest.fixture(scope="module")
def s3():
    with s3_server() as server:
        # The name that the browser knows this machine by.
        yield replace(server, endpoint=server.endpoint.replace("127.0.0.1", "localhost"))


@pytest.fixture
def keys(s3, monkeypatch):
    given = {"AWS_ACCESS_KEY_ID": s3.access, "AWS_SECRET_ACCESS_KEY": s3.secret}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    return given


@pytest.mark.requirement("S4-19")
@pytest.mark.requirement("S4-20")
def test_photos_go_to_the_store_and_come_back_through_the_portal(
    browser, sqlite_template, tmp_path, s3, keys
):
    shutil.copy(sqlite_template, tmp_path / "portal.db")
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    world, faults, sent = build(url), [], []
    with database_at(url):
        chosen = keys | write_licence(tmp_path)
    chosen |= {"PORTAL_DOCUMENTS": "s3", "PORTAL_S3_BUCKET": BUCKET}
    with running(url, tmp_path, PORTAL_S3_ENDPOINT=s3.endpoint, **chosen) as server:
        store = S3Store(
            BUCKET, endpoint=s3.endpoint, region="us-east-1", origin=s3.endpoint, now=clock.now
        )
        store.prepare([server.address])
        context = browser.new_context()
        context.set_default_timeout(PATIENCE)
        watch(context, faults)
        let_in(context, server, world.people["owner"].user_id)
        page = context.new_page()
        page.on("request", lambda one: sent.append((one.method, urlsplit(one.url))))
        page.goto(f"{server.address}/requests/{world.request()}")
        photos = {"lift.jpg": files.picture(), "large.png": files.noise(9)}
        page.get_by_label("Choose photos").set_input_files([
            {"name": name, "mimeType": "", "buffer": content} for name, content in photos.items()
        ])  # fmt: skip
        for name in photos:
            row = page.get_by_role("listitem").filter(has_text=name)
            expect(row.get_by_text("Received", exact=True)).to_be_visible()
        with page.expect_download() as taken:
            page.get_by_role("link", name="lift.jpg").click()
        assert taken.value.suggested_filename == "lift.jpg"
        wait_until(lambda: not list(store.objects("landing/")))
        context.close()
    there = urlsplit(s3.endpoint).port
    to_store = [(method, where.path) for method, where in sent if where.port == there]
    assert sorted(method for method, _ in to_store) == ["POST", "PUT", "PUT"]
    assert not [where for _, where in sent if where.path.startswith("/uploads/landing")]
    assert faults == []
    with database_at(url):
        kept = {one.name: one.sha256 for one in f.fetch_all(m.Document)}
    assert kept == {name: files.fingerprint(content) for name, content in photos.items()}
