"""The scanner against ClamAV's own daemon, on the whole way of a file as well."""

import io
import zipfile

import pytest

from portal_app import models as m
from portal_app.integrations.clamd_scanner import ClamdScanner
from portal_app.ports import PortUnavailable
from tests import factories as f
from tests import files
from tests.clamd_server import MOST, NAME, clamd_server
from tests.services.proposals.conftest import make_deal, store  # noqa: F401


@pytest.fixture(scope="module")
def clamd():
    with clamd_server() as (host, port):
        yield ClamdScanner(host, port, patience=20)


def zipped(content: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/paper.txt", content)
    return into.getvalue()


def test_it_says_which_version_it_is(clamd):
    assert clamd.ping().startswith("ClamAV ")


@pytest.mark.asvs("5.4.3")
@pytest.mark.parametrize(
    "content",
    [b"", b"words", files.picture(), files.pdf(), zipped(b"words"), b"x" * 700_001],
    ids=["nothing", "words", "picture", "pdf", "archive", "longer than a piece"],
)
def test_what_does_no_harm_passes(clamd, content):
    assert clamd.scan(io.BytesIO(content)) == ""


@pytest.mark.asvs("5.4.3")
@pytest.mark.parametrize(
    "content",
    [files.VIRUS, b"x" * 600_000 + files.VIRUS, zipped(files.VIRUS)],
    ids=["alone", "far behind", "in an archive"],
)
def test_what_is_harmful_is_named(clamd, content):
    assert clamd.scan(io.BytesIO(content)) == f"{NAME}.UNOFFICIAL"


@pytest.mark.asvs("16.5.3")
def test_a_file_that_is_longer_than_it_looks_at_counts_as_not_looked_at(clamd):
    with pytest.raises(PortUnavailable):
        clamd.scan(io.BytesIO(b"x" * (MOST + 1_000_000)))


@pytest.mark.requirement("S4-20")
def test_a_harmful_document_is_refused_and_gone_and_a_good_one_is_kept(
    db,
    clock,
    store,  # noqa: F811
    clamd,
):
    deal = make_deal(store)
    bad, good = deal.sent(files.pdf() + files.VIRUS), deal.sent(files.pdf())
    for document in (bad, good):
        deal.check(document, clamd)
    states = {one.id: one.state for one in f.fetch_all(m.Document)}
    assert states == {bad: m.UploadState.REJECTED, good: m.UploadState.IMPORTED}
