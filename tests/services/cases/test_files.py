"""Files of a case: who may attach them, and who may read them."""

import io

import pytest

from portal_app.core import clock as the_clock
from portal_app.core.errors import Conflict, NotAllowed, NotFound
from portal_app.integrations.disk_store import DiskStore
from portal_app.services import cases, uploads
from tests import files
from tests.services.cases.conftest import fresh_key
from tests.services.uploads.conftest import SYSTEM, Nobody


@pytest.fixture
def store(tmp_path):
    return DiskStore(tmp_path / "files", secret="s" * 40, now=the_clock.now)


def picture_of(who) -> bytes:
    """A picture of somebody's own: the same one is taken once."""
    return files.picture(size=(64 + len(who), 48))


def begin(home, store, number, who="member"):
    content = picture_of(who)
    asked = {
        "purpose": cases.ATTACHMENT.key, "owner": number, "name": "receipt.jpg",
        "media_type": files.JPEG, "size": len(content), "sha256": files.fingerprint(content),
        "key": fresh_key(), "store": store,
    }  # fmt: skip
    return uploads.begin(home.who(who), **asked)


def attached(home, store, number, who="member") -> str:
    """Send a file as a browser does, have it checked and kept, and return its id."""
    begun = begin(home, store, number, who)
    store.take(begun.ticket.fields, io.BytesIO(picture_of(who)), media_type=files.JPEG)
    uploads.confirm(home.who(who), document=begun.document, store=store)
    uploads.check(SYSTEM, document=begun.document, store=store, scanner=Nobody())
    return begun.document


@pytest.mark.requirement("S1-16")
def test_whoever_may_write_may_attach_until_the_case_is_closed(home, store):
    number = home.open()
    for who in ("member", "head", "representative", "agent"):
        assert begin(home, store, number, who).document
    with pytest.raises(NotAllowed, match="can read"):
        begin(home, store, number, "child")
    for who in ("former", "stranger"):
        with pytest.raises(NotFound):
            begin(home, store, number, who)
    home.do(cases.close_case, number)
    with pytest.raises(Conflict, match="closed"):
        begin(home, store, number)


@pytest.mark.requirement("S1-16")
def test_a_file_is_listed_for_and_read_by_whoever_sees_the_case(home, store):
    number = home.open()
    sent = [attached(home, store, number, who) for who in ("member", "agent")]
    for who in ("member", "head", "child", "representative", "agent"):
        assert [one.id for one in home.thread(number, who).files] == sent
        for document in sent:
            assert uploads.download(home.who(who), document=document, store=store).content
    for who in ("former", "stranger"):
        with pytest.raises(NotFound):
            uploads.download(home.who(who), document=sent[0], store=store)
