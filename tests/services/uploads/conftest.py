"""A customer who has called a lift off rent and sends photos of it; a store that can fail."""

import io
from dataclasses import dataclass, field

import pytest

from portal_app import models as m
from portal_app.core import clock as clock_module
from portal_app.core.actor import Actor
from portal_app.integrations.disk_store import DiskStore
from portal_app.ports import PortUnavailable
from portal_app.services import uploads
from tests import factories as f
from tests import files
from tests.services.rentals.conftest import make_hire

SYSTEM = Actor.system("uploads")


class Nobody:
    """A scanner that finds nothing."""

    def scan(self, content):
        content.read()
        return ""


class Away:
    """A scanner that does not answer."""

    def scan(self, content):
        raise PortUnavailable("clamd cannot be reached")


class Finds:
    """A scanner that finds something in everything."""

    def scan(self, content):
        return "Win.Test.EICAR_HDB-1"


@dataclass
class Sender:
    hire: object
    store: DiskStore
    number: str
    keys: list[str] = field(default_factory=list)

    @property
    def owner(self):
        return self.hire.owner

    def begin(self, content=None, *, name="lift.jpg", media_type=files.JPEG, actor=None, **asked):
        content = files.picture() if content is None else content
        self.keys.append(f"k-{len(self.keys)}")
        entered = {
            "purpose": "rental_request_photo",
            "owner": self.number,
            "name": name,
            "media_type": media_type,
            "size": len(content),
            "sha256": files.fingerprint(content),
            "key": self.keys[-1],
        } | asked
        return uploads.begin(actor or self.owner, store=self.store, **entered)

    def post(self, begun, content=None, **changed):
        content = files.picture() if content is None else content
        fields = begun.ticket.fields | changed
        self.store.take(fields, io.BytesIO(content), media_type=fields["Content-Type"])

    def confirm(self, document, actor=None):
        return uploads.confirm(actor or self.owner, document=document, store=self.store)

    def sent(self, content=None, **asked):
        """Send a file as a browser does, and return its id."""
        content = files.picture() if content is None else content
        begun = self.begin(content, **asked)
        self.post(begun, content)
        self.confirm(begun.document)
        return begun.document

    def check(self, document, scanner=None):
        uploads.check(SYSTEM, document=document, store=self.store, scanner=scanner or Nobody())

    def kept(self, content=None, **asked):
        """Send a file and have it checked, kept, and its landing place emptied."""
        document = self.sent(content, **asked)
        self.check(document)
        uploads.empty_landing(SYSTEM, document=document, store=self.store)
        return document

    def row(self, document):
        return f.fetch(m.Document, id=document)

    def read(self, document, actor=None):
        found = uploads.download(actor or self.owner, document=document, store=self.store)
        return b"".join(found.content)

    def objects(self):
        return [*self.store.objects("landing/"), *self.store.objects("sealed/")]

    def jobs(self, name):
        return [job.args["document_id"] for job in f.fetch_all(m.Job, name=name)]


@pytest.fixture
def store(tmp_path):
    return DiskStore(tmp_path / "documents", secret="s" * 40, now=clock_module.now)


def _sender(store):
    hire = make_hire()
    return Sender(hire, store, hire.ask())


@pytest.fixture
def sender(any_db, clock, store):
    """On both databases."""
    return _sender(store)


@pytest.fixture
def sqlite_sender(db, clock, store):
    return _sender(store)
