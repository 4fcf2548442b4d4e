"""A licence is believed only as it was signed, for this installation, in its time (S3-04)."""

import json
import os
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.core import signatures
from portal_app.core.actor import Role
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.core.settings import settings
from portal_app.models import Account, Installation
from portal_app.services import licensing
from portal_app.services.licensing import Licence, LicenceStatus, Unreadable
from tests import factories as f

PRIVATE, PUBLIC = signatures.new_key()
OTHER_PRIVATE, OTHER_PUBLIC = signatures.new_key()
KEYS = {"main": PUBLIC, "spare": OTHER_PUBLIC}
DAY = 24 * 3600
NBF = 1_760_000_000
FACTS = {
    "typ": "portal-licence",
    "kid": "main",
    "id": "L-1",
    "installation": "here",
    "customer": "Harbourline",
    "modules": ["rental"],
    "nbf": NBF,
    "exp": NBF + 365 * DAY,
}
LINE = licensing.issue(PRIVATE, Licence(**FACTS))


def signed(key=PRIVATE, **changed):
    """A line over any facts at all, rightly signed."""
    payload = signatures.encode(json.dumps(FACTS | changed).encode())
    return f"{payload}.{signatures.sign(key, payload)}"


@pytest.mark.asvs("9.1.1")
def test_a_licence_reads_as_it_was_issued():
    assert licensing.read(LINE + "\n", KEYS) == Licence(**FACTS)


@pytest.mark.asvs("9.1.1")
def test_no_single_changed_character_goes_unnoticed():
    for position, character in enumerate(LINE):
        for bit in (1, 2, 4, 32):
            changed = LINE[:position] + chr(ord(character) ^ bit) + LINE[position + 1 :]
            if changed.strip() != LINE:
                with pytest.raises(Unreadable):
                    licensing.read(changed, KEYS)


@pytest.mark.asvs("9.1.1")
@given(st.text(max_size=300) | st.binary(max_size=300).map(signatures.encode))
def test_nothing_made_up_is_a_licence(text):
    for line in (text, f"{text}.{text}", f"{text}.{LINE.partition('.')[2]}"):
        with pytest.raises(Unreadable):
            licensing.read(line, KEYS)


@pytest.mark.asvs("9.1.2")
@pytest.mark.parametrize("named", ["none", "HS256", "EdDSA"])
def test_no_algorithm_can_be_named(named):
    with pytest.raises(Unreadable):
        licensing.read(signed(alg=named), KEYS)


@pytest.mark.asvs("9.1.2")
def test_a_public_key_is_no_shared_secret():
    import hashlib
    import hmac

    payload = LINE.partition(".")[0]
    forged = hmac.new(signatures.decode(PUBLIC), payload.encode(), hashlib.sha512).digest()
    with pytest.raises(Unreadable):
        licensing.read(f"{payload}.{signatures.encode(forged)}", KEYS)


@pytest.mark.asvs("9.1.3")
def test_a_key_that_comes_with_the_licence_counts_for_nothing():
    stranger, strangers_key = signatures.new_key()
    for more in ({}, {"jwk": strangers_key}, {"kid": strangers_key}):
        with pytest.raises(Unreadable):
            licensing.read(signed(stranger, **more), KEYS)


@pytest.mark.asvs("9.1.3")
def test_a_licence_names_the_key_that_signed_it():
    assert licensing.read(signed(OTHER_PRIVATE, kid="spare"), KEYS).kid == "spare"
    with pytest.raises(Unreadable):
        licensing.read(signed(OTHER_PRIVATE, kid="main"), KEYS)


@pytest.mark.asvs("9.2.2")
@pytest.mark.parametrize("typ", ["upload", "unsubscribe", "", None, ["portal-licence"]])
def test_a_rightly_signed_thing_of_another_kind_is_no_licence(typ):
    with pytest.raises(Unreadable):
        licensing.read(signed(typ=typ), KEYS)


@pytest.mark.parametrize(
    "changed",
    [{"modules": "rental"}, {"nbf": "1"}, {"exp": 1.5}, {"exp": 10**30}, {"exp": -1}, {"id": ""}],
)
def test_a_rightly_signed_licence_of_the_wrong_shape_is_refused(changed):
    with pytest.raises(Unreadable):
        licensing.read(signed(**changed), KEYS)


@pytest.mark.asvs("9.2.3")
def test_a_licence_of_another_installation_is_worth_nothing():
    licence = Licence(**FACTS)
    at = licence.starts_at + timedelta(days=1)
    assert licensing.judge(licence, installation="here", now=at) is LicenceStatus.VALID
    elsewhere = licensing.judge(licence, installation="elsewhere", now=at)
    assert elsewhere is LicenceStatus.WRONG_INSTALLATION


@pytest.mark.asvs("9.2.1")
@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        (-1, "early"),
        (0, "valid"),
        (365 * DAY - 1, "valid"),
        (365 * DAY, "grace"),
        (365 * DAY + 14 * DAY - 1, "grace"),
        (365 * DAY + 14 * DAY, "expired"),
    ],
)
def test_a_licence_counts_from_its_first_second_to_its_last_day_of_grace(seconds, status):
    licence = Licence(**FACTS)
    now = licence.starts_at + timedelta(seconds=seconds)
    assert licensing.judge(licence, installation="here", now=now) == status


@pytest.fixture
def file(db, clock, tmp_path, monkeypatch):
    """A licence file that the settings name, for the installation of the test's database."""
    path = tmp_path / "licence"
    chosen = settings().model_copy(
        update={"licence_file": str(path), "licence_public_keys": dict(KEYS)}
    )
    monkeypatch.setattr("portal_app.services.licensing.queries.settings", lambda: chosen)
    return path


def write(file, clock, **changed):
    now = int(clock().timestamp())
    facts = {
        "installation": f.fetch(Installation).id,
        "nbf": now - DAY,
        "exp": now + 30 * DAY,
    } | changed
    file.write_text(signed(**facts), encoding="ascii")


@pytest.mark.requirement("S3-04")
def test_without_a_licence_there_is_no_rental_module_and_with_one_there_is(file, clock):
    assert not licensing.has_module("rental")
    assert licensing.state().status is LicenceStatus.MISSING
    write(file, clock)
    assert licensing.has_module("rental")
    assert not licensing.has_module("cases")
    file.unlink()
    assert not licensing.has_module("rental")


@pytest.mark.asvs("9.2.4")
@pytest.mark.requirement("S3-04")
def test_a_licence_is_issued_for_one_installation_and_works_only_there(file, clock):
    write(file, clock, installation="another")
    assert licensing.state().status is LicenceStatus.WRONG_INSTALLATION
    assert not licensing.has_module("rental")


@pytest.mark.requirement("S3-04")
def test_a_licence_that_ran_out_works_for_fourteen_more_days(file, clock):
    write(file, clock)
    clock.advance(days=30)
    assert licensing.state().status is LicenceStatus.GRACE
    assert licensing.has_module("rental")
    clock.advance(days=14)
    assert licensing.state().status is LicenceStatus.EXPIRED
    assert not licensing.has_module("rental")


@pytest.mark.requirement("S3-04")
def test_no_state_of_the_licence_touches_what_is_stored(file, clock):
    account = f.account()
    for write_it in (
        lambda: write(file, clock, installation="another"),
        lambda: file.write_text("nonsense", encoding="ascii"),
        lambda: file.write_bytes(b"\xff\xfe\x00"),
        lambda: write(file, clock, exp=1),
        file.unlink,
    ):
        write_it()
        assert not licensing.has_module("rental")
    assert f.fetch(Account, id=account.id).number == account.number


def test_the_file_is_read_once_a_minute_unless_it_changes(file, clock, monkeypatch):
    reads = []
    write(file, clock)
    original = licensing.read
    monkeypatch.setattr(
        "portal_app.services.licensing.rules.read",
        lambda *given: reads.append(1) or original(*given),
    )
    for _ in range(50):
        licensing.has_module("rental")
    assert len(reads) == 1
    clock.advance(seconds=61)
    licensing.has_module("rental")
    assert len(reads) == 2
    write(file, clock, exp=int(clock().timestamp()) - 20 * DAY)
    os.utime(file, ns=(1, 1))
    assert not licensing.has_module("rental")
    assert len(reads) == 3


def test_a_file_of_any_size_is_refused_without_being_read_whole(file, clock):
    file.write_text("A" * 5_000_000, encoding="ascii")
    assert licensing.state().status is LicenceStatus.UNREADABLE


@pytest.mark.parametrize("status", list(LicenceStatus))
def test_every_state_has_a_sentence(status):
    sentence = licensing.LicenceState(status, "here").sentence
    assert sentence.endswith(".")
    assert "invalid" not in sentence.lower()


def test_only_administrators_see_the_licence(file, clock):
    assert licensing.licence(f.staff_actor(Role.ADMIN)).status is LicenceStatus.MISSING
    with pytest.raises(NotAllowed):
        licensing.licence(f.staff_actor(Role.MANAGER))
    with pytest.raises(NotFound):
        licensing.licence(f.consumer_actor(f.account()))
