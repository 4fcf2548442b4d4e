"""Files on their way to the store: with the portal's leave, and put there bare.

With an S3 store the portal says where to and looks whether it came; it never holds a byte. So the
same bytes should arrive about as fast as in a plain PUT to the same store. The embedded disk store
is the portal's own; there the bare PUT goes to a few lines that write it into a file.
"""

import json
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import boto3
import httpx
from botocore.config import Config

from bench.contenders import HTML, PORTAL, Contender
from bench.places import FIRST_PORT, WORK
from bench.samples import Samples
from bench.servers import beside
from bench.setting import Setting
from bench.world.applications import open_application
from bench.world.bulk import Bulk
from bench.world.customers import Company, Customer
from bench.world.million import World, migrate
from portal_app.core import clock
from portal_app.core.ids import new_id
from portal_app.integrations.s3_store import S3Store
from tests.people import sign_in
from tests.s3_server import S3Server, s3_server

# In megabytes: the first goes as a form, the second in parts.
SIZES = (4, 24)
_MEGABYTE, _ROUNDS, _BUCKET = 1_000_000, 5, "measured"
_ALONE = replace(PORTAL, name="portal-uploads", port=FIRST_PORT + 5)
_PURPOSE, _LABEL, _KIND = "application_document", "Other", "application/pdf"


def arrived(store: str, size: int) -> str:
    """Name the measure of one store and size."""
    return f"Upload to {store}, {size} MB"


@dataclass(frozen=True)
class Sender:
    """Somebody with an application of their own, signed in to a portal."""

    contender: Contender
    application: str
    client: httpx.Client


def measure(setting: Setting) -> dict[str, Samples]:
    """Send files of each size to each store, both ways in turn."""
    stores = ("S3 (SeaweedFS)", "disk")
    found = {arrived(store, size): Samples("MB/s") for store in stores for size in SIZES}
    WORK.mkdir(parents=True, exist_ok=True)
    with s3_server() as s3, TemporaryDirectory(dir=WORK) as folder:
        _store, put = _prepared(s3)
        keys = {"AWS_ACCESS_KEY_ID": s3.access, "AWS_SECRET_ACCESS_KEY": s3.secret}
        chosen = {"PORTAL_DOCUMENTS": "s3", "PORTAL_S3_BUCKET": _BUCKET}
        chosen |= {"PORTAL_S3_ENDPOINT": s3.endpoint}
        _compare(setting, Path(folder) / "s3", put, found, stores[0], **keys, **chosen)
    with TemporaryDirectory(dir=WORK) as folder:
        kept = {"PORTAL_DOCUMENT_FOLDER": str(Path(folder) / "documents")}
        _compare(setting, Path(folder) / "disk", _put_bare, found, stores[1], **kept)
    return found


def _compare(
    setting: Setting,
    folder: Path,
    put: Callable[[bytes], None],
    found: dict[str, Samples],
    store: str,
    **chosen: str,
) -> None:
    """Serve a portal with this store, on a database of its own, and nobody who checks the files."""
    folder.mkdir()
    brand, people = _people(folder / "portal.db")
    world = replace(setting.world, path=folder / "portal.db")
    with beside(_ALONE, world, PORTAL_JOBS="off", **chosen):
        for customer in people:
            with _client(world, customer) as client:
                number = open_application(world.url, brand, [customer]).number
                sender = Sender(_ALONE, number, client)
                for size in SIZES:
                    content = b"%PDF-1.7\n" + os.urandom(size * _MEGABYTE - 9)
                    samples = found[arrived(store, size)]
                    samples.add("html", size / _taken(put, content))
                    samples.add("portal", size / _taken(_send_with(sender, store), content))


def _people(path: Path) -> tuple[str, list[Customer]]:
    """Make a company with a customer for each round: how much one person sends is limited."""
    migrate(path)
    connection = sqlite3.connect(path)
    company = Company(Bulk(connection))
    people = [company.customer(n, 0) for n in range(_ROUNDS)]
    connection.commit()
    connection.close()
    return company.brand.id, people


def _client(world: World, customer: Customer) -> httpx.Client:
    cookie = {_ALONE.cookie: sign_in(world.url, customer.user_id).cookie}
    return httpx.Client(cookies=cookie, headers={"Origin": _ALONE.address}, timeout=60)


def _taken(send: Callable[[bytes], None], content: bytes) -> float:
    began = time.perf_counter()
    send(content)
    return time.perf_counter() - began


def _send_with(sender: Sender, store: str) -> Callable[[bytes], None]:
    """Send as the page's uploader does: ask, send to where the answer says, say that it is done."""

    def send(content: bytes) -> None:
        about = {"purpose": _PURPOSE, "owner": sender.application, "label": _LABEL}
        file = {"name": f"{new_id()}.pdf", "type": _KIND, "size": len(content), "key": new_id()}
        begun = _ask(sender, "/uploads", about | file)
        place = f"/uploads/{begun['document']}"
        if begun["in_parts"]:
            parts = _ask(sender, f"{place}/parts", {})
            for part in parts["missing"]:
                start = (part["number"] - 1) * parts["part_size"]
                _put(sender, store, part["url"], content[start : start + part["size"]])
        else:
            _post(sender, store, begun["form"], content)
        _ask(sender, f"{place}/arrived", {})

    return send


def _ask(sender: Sender, path: str, asked: dict[str, Any]) -> dict[str, Any]:
    answer = sender.client.post(sender.contender.address + path, content=json.dumps(asked))
    return answer.raise_for_status().json()


def _post(sender: Sender, store: str, form: dict[str, Any], content: bytes) -> None:
    url = _checked(sender, store, form["url"])
    files = {"file": ("paper.pdf", content, _KIND)}
    sender.client.post(url, data=form["fields"], files=files).raise_for_status()


def _put(sender: Sender, store: str, address: str, content: bytes) -> None:
    sender.client.put(_checked(sender, store, address), content=content).raise_for_status()


def _checked(sender: Sender, store: str, url: str) -> str:
    """Return where bytes go; with a store of its own that must not be the portal (S4-19)."""
    is_own = urlsplit(url).port in (None, sender.contender.port)
    if is_own and store != "disk":
        message = f"the bytes would go through the portal: {url}"
        raise RuntimeError(message)
    return sender.contender.address + url if url.startswith("/") else url


def _prepared(s3: S3Server) -> tuple[S3Store, Callable[[bytes], None]]:
    """Make the bucket as the portal does, and return how a file is put there bare."""
    client: Any = boto3.client(
        "s3",
        endpoint_url=s3.endpoint,
        region_name="us-east-1",
        aws_access_key_id=s3.access,
        aws_secret_access_key=s3.secret,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    store = S3Store(
        _BUCKET,
        endpoint=s3.endpoint,
        region="us-east-1",
        origin=s3.endpoint,
        now=clock.now,
        client=client,
    )
    store.prepare([_ALONE.address])

    def put(content: bytes) -> None:
        place = {"Bucket": _BUCKET, "Key": f"bare/{new_id()}"}
        httpx.put(
            client.generate_presigned_url("put_object", Params=place), content=content, timeout=60
        ).raise_for_status()

    return store, put


def _put_bare(content: bytes) -> None:
    httpx.put(f"{HTML.address}/bare", content=content, timeout=60).raise_for_status()
