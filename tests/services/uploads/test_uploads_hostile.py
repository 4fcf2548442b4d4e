"""Files that nobody should send, and everything that may be away when a file arrives."""

import errno
import io
import zipfile
from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core import sealing
from portal_app.core.errors import Conflict
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.services import uploads
from portal_app.services.uploads.rules import contents
from portal_app.services.uploads.rules.contents import Unfit, inspect
from tests import files
from tests.services.uploads.conftest import SYSTEM, Away, Finds

State = m.UploadState
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.asvs("5.2.2")
@pytest.mark.asvs("5.4.3")
@pytest.mark.parametrize(
    ("content", "media_type", "reason"),
    [
        (files.VIRUS, files.JPEG, contents.IS_MALWARE),
        (files.pdf() + files.VIRUS, files.PDF, contents.IS_MALWARE),
        (files.docx(word__a=files.VIRUS), files.DOCX, contents.IS_MALWARE),
        (SVG, files.PNG, contents.NOT_WHAT_IT_SAYS),
        (b"<html><script>alert(1)</script>", files.PDF, contents.NOT_WHAT_IT_SAYS),
        (b"MZ" + b"\0" * 5000, files.JPEG, contents.NOT_WHAT_IT_SAYS),
        (files.picture("PNG"), files.JPEG, contents.NOT_WHAT_IT_SAYS),
        (files.pdf(), files.JPEG, contents.NOT_WHAT_IT_SAYS),
        (files.picture(), files.DOCX, contents.NOT_WHAT_IT_SAYS),
        (files.picture()[:200], files.JPEG, contents.UNREADABLE),
        (files.pdf()[:20], files.PDF, contents.UNREADABLE),
        (files.docx(word__vbaProject_dot_bin=b"x"), files.DOCX, contents.HAS_PROGRAMS),
        (files.image_bomb(), files.PNG, contents.TOO_MANY_PIXELS),
        (b"", files.PNG, contents.EMPTY),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value[-20:],
)
def test_unfit_content_is_refused_with_a_reason(content, media_type, reason):
    with pytest.raises(Unfit, match="^" + reason.replace("(", r"\(").replace(")", r"\)") + "$"):
        inspect(io.BytesIO(content), media_type)


@pytest.mark.asvs("5.2.3")
def test_archives_that_unpack_to_too_much_are_refused_whatever_they_say():
    for content in (files.archive_bomb(), files.lying_archive_bomb()):
        assert len(content) < 1_000_000
        with pytest.raises(Unfit):
            inspect(io.BytesIO(content), files.DOCX)


def test_an_archive_of_any_other_kind_is_not_a_document():
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("evil.txt", "x")
    with pytest.raises(Unfit):
        inspect(into, files.DOCX)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.picture(), files.JPEG),
        (files.picture("PNG"), files.PNG),
        (files.picture("WEBP"), files.WEBP),
        (files.pdf(), files.PDF),
        (files.docx(), files.DOCX),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value[-20:],
)
def test_fit_content_is_let_in(content, media_type):
    inspect(io.BytesIO(content), media_type)


@pytest.mark.asvs("5.2.2")
@pytest.mark.parametrize(
    "content",
    [
        files.docx(packed=zipfile.ZIP_BZIP2).replace(b"BZh9", b"BZhx"),
        files.docx(packed=zipfile.ZIP_LZMA).replace(b"\x05\0\x5d", b"\x05\0\xff"),
        files.displaced_archive(),
        files.archive_with_unreadable_name(),
    ],
    ids=["bzip2", "lzma", "displaced", "name"],
)
def test_a_broken_archive_is_refused_and_does_not_wait_for_ever(content):
    with pytest.raises(Unfit):
        inspect(io.BytesIO(content), files.DOCX)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_photo_whose_notes_are_broken_is_kept_without_them(sender, kind):
    media_type = f"image/{kind.lower()}"
    for content in (files.with_broken_notes(kind), files.held_sideways(kind, is_whole=False)):
        document = sender.sent(content, name=f"a.{kind.lower()}", media_type=media_type)
        sender.check(document)
        assert sender.row(document).state is State.IMPORTED


def test_a_photo_held_sideways_is_kept_upright():
    into = io.BytesIO()
    contents.redrawn(io.BytesIO(files.held_sideways("JPEG")), files.JPEG, into)
    with files.Image.open(into) as picture:
        assert (picture.size, dict(picture.getexif())) == ((48, 64), {})


@pytest.mark.parametrize(
    "content", [files.image_bomb(), SVG, files.VIRUS], ids=["image bomb", "svg", "malware"]
)
def test_a_refused_file_says_why_and_is_removed(sender, content):
    document = sender.sent(content, name="a.png", media_type=files.PNG)
    sender.check(document)
    row = sender.row(document)
    assert row.state is State.REJECTED and row.reason
    assert sender.jobs("empty_landing") == [document]
    uploads.empty_landing(SYSTEM, document=document, store=sender.store)
    assert sender.objects() == []


@pytest.mark.asvs("5.4.3")
def test_what_the_scanner_finds_is_removed(sender):
    document = sender.sent()
    sender.check(document, Finds())
    assert sender.row(document).state is State.REJECTED


@pytest.mark.asvs("5.4.3")
@pytest.mark.asvs("16.5.3")
def test_while_the_scanner_is_away_a_file_waits_and_nobody_sees_it(sender):
    document = sender.sent()
    with pytest.raises(PortUnavailable):
        sender.check(document, Away())
    assert sender.row(document).state is State.RECEIVED
    with pytest.raises(Conflict):
        sender.read(document)
    sender.check(document)
    assert sender.row(document).state is State.IMPORTED


def test_while_the_disk_is_full_a_file_waits(sender, monkeypatch):
    document = sender.sent()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("portal_app.integrations.disk_store.os.fsync", full)
        with pytest.raises(PortUnavailable):
            sender.check(document)
        other = files.picture(size=(64, 50))
        begun = sender.begin(other)
        with pytest.raises(PortUnavailable):
            sender.post(begun, other)
    assert sender.row(document).state is State.FAILED
    assert [one.key.partition("/")[0] for one in sender.objects()] == ["landing"]
    sender.check(document)
    assert sender.row(document).state is State.IMPORTED


@pytest.mark.asvs("9.1.1")
@pytest.mark.parametrize(
    "changed",
    [
        {"key": "landing/00000000-0000-4000-8000-000000000000"},
        {"key": "../../etc/passwd"},
        {"Content-Type": "text/html"},
        {"policy": "e30="},
        {"signature": "0" * 64},
        {"signature": "é"},
    ],
)
def test_a_form_lets_in_exactly_what_was_signed(sqlite_sender, changed):
    begun = sqlite_sender.begin()
    with pytest.raises(PortRefused):
        sqlite_sender.post(begun, **changed)
    assert sqlite_sender.objects() == []


@pytest.mark.parametrize(
    "content", [b"", b"x", files.picture() + b"x", files.picture()[:-1]], ids=len
)
def test_a_form_lets_in_exactly_the_size_that_was_signed(sqlite_sender, content):
    begun = sqlite_sender.begin()
    with pytest.raises(PortRefused):
        sqlite_sender.post(begun, content)


def test_the_way_in_closes_after_minutes(sqlite_sender, clock):
    begun = sqlite_sender.begin()
    clock.advance(minutes=10)
    with pytest.raises(PortRefused):
        sqlite_sender.post(begun)
    with pytest.raises(Conflict):
        sqlite_sender.begin(key=sqlite_sender.keys[0])


def test_what_changed_on_its_way_is_refused(sqlite_sender):
    content = files.picture()
    begun = sqlite_sender.begin(content)
    other = bytearray(content)
    other[-10] ^= 1
    sqlite_sender.post(begun, bytes(other))
    sqlite_sender.confirm(begun.document)
    sqlite_sender.check(begun.document)
    assert "changed on its way" in sqlite_sender.row(begun.document).reason


def test_nothing_is_confirmed_that_is_not_here(sqlite_sender):
    begun = sqlite_sender.begin()
    with pytest.raises(Conflict):
        sqlite_sender.confirm(begun.document)
    assert sqlite_sender.row(begun.document).state is State.REQUESTED


def test_reconciling_leaves_nothing_half_done_and_nothing_that_is_nobodys(sender, clock, store):
    import os

    kept = sender.kept()
    photos = [files.picture(size=(64, 50 + n)) for n in range(3)]
    never_sent, unconfirmed = sender.begin(photos[0]), sender.begin(photos[1])
    sender.post(unconfirmed, photos[1])
    stuck = sender.sent(photos[2])
    stray = "sealed/00000000-0000-4000-8000-000000000000"
    store.write(stray, [b"x"])
    # Half written when the power went.
    store._path(f"landing/.{stray[7:]}").write_bytes(b"x")
    long_ago = clock().timestamp() - 1
    for one in sender.objects():
        os.utime(store._path(one.key), (long_ago, long_ago))
    clock.advance(hours=3)
    found = uploads.reconcile(SYSTEM, slot="s", store=store)
    assert (found.received, found.abandoned, found.removed, found.missing) == (1, 1, 2, ())
    assert sender.row(never_sent.document).state is State.ABANDONED
    assert sender.row(unconfirmed.document).state is State.RECEIVED
    assert stuck in sender.jobs("check_upload")
    sender.check(stuck)
    sender.check(unconfirmed.document)
    for document in sender.jobs("empty_landing"):
        uploads.empty_landing(SYSTEM, document=document, store=store)
    rows = [sender.row(document) for document in (kept, stuck, unconfirmed.document)]
    assert {one.key for one in sender.objects()} == {row.storage_key for row in rows}


def test_a_kept_file_whose_content_is_missing_is_told(sqlite_sender, clock, store, caplog):
    document = sqlite_sender.kept()
    store.delete(sqlite_sender.row(document).storage_key)
    clock.advance(hours=1)
    assert uploads.reconcile(SYSTEM, slot="s", store=store).missing == (document,)
    with pytest.raises(Conflict):
        sqlite_sender.read(document)


@pytest.mark.asvs("11.3.3")
def test_sealed_pieces_cannot_be_changed_moved_or_left_out():
    key, content = sealing.new_key(), bytes(3 * sealing.PIECE)
    whole = b"".join(sealing.sealed(key, [content]))
    assert b"".join(sealing.unsealed(key, io.BytesIO(whole))) == content
    piece = sealing.PIECE + 16
    first, rest = whole[: 7 + piece], whole[7 + piece :]
    for bad in (whole[:-1], first, first + rest[piece:], whole[:7] + rest, whole + b"x", b""):
        with pytest.raises(sealing.Tampered):
            list(sealing.unsealed(key, io.BytesIO(bad)))
    with pytest.raises(sealing.Tampered):
        list(sealing.unsealed(sealing.new_key(), io.BytesIO(whole)))


def test_a_key_opens_for_its_own_document_only_and_after_the_portals_key_was_replaced(monkeypatch):
    from cryptography.exceptions import InvalidTag

    from portal_app.core.settings import Settings
    from portal_app.services.uploads.rules import keys

    monkeypatch.setattr(keys, "settings", Settings)
    wrapped = keys.wrap(b"k" * 32, "d1")
    with pytest.raises(InvalidTag):
        keys.unwrap(wrapped, "d2")
    before = Settings().document_key.get_secret_value()
    monkeypatch.setenv("PORTAL_DOCUMENT_KEY", "n" * 40)
    with pytest.raises(InvalidTag):
        keys.unwrap(wrapped, "d1")
    monkeypatch.setenv("PORTAL_DOCUMENT_KEY_BEFORE", before)
    assert keys.unwrap(wrapped, "d1") == b"k" * 32


def test_twenty_files_an_hour_then_a_pause(sqlite_sender, clock):
    for _ in range(20):
        begun = sqlite_sender.begin()
        uploads.cancel(sqlite_sender.owner, document=begun.document)
    from portal_app.core.errors import TooMany

    with pytest.raises(TooMany):
        sqlite_sender.begin()
    clock.time += timedelta(minutes=61)
    sqlite_sender.begin()
