import base64

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from portal_app.core import sealing, secrets
from portal_app.core.secrets import bind, equal, fingerprint, new_code, new_token, seal, unseal
from portal_app.services.identity.rules import codes, hashing

MASTER = "a-master-secret-of-at-least-32-characters"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(texts, texts)
def test_what_is_sealed_opens_in_its_place(plain, place):
    assert unseal(MASTER, seal(MASTER, plain, place=place), place=place) == plain


@pytest.mark.asvs("11.3.3")
@given(texts, texts, texts)
def test_a_sealed_value_that_is_moved_does_not_open(plain, place, elsewhere):
    sealed = seal(MASTER, plain, place=place)
    if place != elsewhere:
        with pytest.raises(InvalidTag):
            unseal(MASTER, sealed, place=elsewhere)


@pytest.mark.asvs("11.3.3")
@given(texts, st.data())
def test_a_sealed_value_with_one_bit_changed_does_not_open(plain, data):
    raw = bytearray(base64.urlsafe_b64decode(seal(MASTER, plain, place="t:c:1")))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidTag):
        unseal(MASTER, base64.urlsafe_b64encode(bytes(raw)).decode(), place="t:c:1")


def test_another_master_opens_nothing():
    with pytest.raises(InvalidTag):
        unseal(f"{MASTER}!", seal(MASTER, "seed", place="t:c:1"), place="t:c:1")


def test_the_same_value_is_sealed_differently_each_time():
    assert len({seal(MASTER, "seed", place="t:c:1") for _ in range(200)}) == 200


@given(st.lists(texts, max_size=4), st.lists(texts, max_size=4))
def test_no_two_lists_bind_alike(left, right):
    assert (bind("key", *left) == bind("key", *right)) is (left == right)


def test_parts_cannot_be_shifted_across_their_border():
    assert (
        len(
            {
                bind("key", *parts)
                for parts in (
                    ("ab", "c"),
                    ("a", "bc"),
                    ("abc",),
                    ("abc", ""),
                    ("1:a", ""),
                    ("1", ":a"),
                )
            }
        )
        == 6
    )
    assert bind("key", "a") != bind("other", "a")


@pytest.mark.asvs("7.2.3")
@pytest.mark.asvs("11.5.1")
def test_tokens_hold_256_random_bits():
    tokens = {new_token() for _ in range(2_000)}
    assert len(tokens) == 2_000
    assert {len(base64.urlsafe_b64decode(f"{token}=")) for token in tokens} == {32}


def test_codes_are_six_digits_with_leading_noughts_now_and_then():
    codes = [new_code() for _ in range(5_000)]
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)


def test_a_fingerprint_is_sha_256_and_equality_is_of_whole_texts():
    assert fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert equal("abc", "abc")
    assert not equal("abc", "abcd")
    assert not equal("ä", "a")


@pytest.mark.asvs("11.2.3")
@pytest.mark.asvs("11.4.4")
def test_every_key_has_256_bits_and_each_purpose_one_of_its_own(monkeypatch):
    """As HKDF makes them of the operator's secret, whatever its length."""
    keys = {secrets._derive(master, purpose) for master in (MASTER, "x" * 32) for purpose in "ab"}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 4
    assert len(sealing.new_key()) == 32
    used = []
    real = secrets.AESGCM
    monkeypatch.setattr(secrets, "AESGCM", lambda key: used.append(key) or real(key))
    seal(MASTER, "seed", place="t:c:1")
    assert [len(key) for key in used] == [32]
    assert MASTER.encode() not in used


@pytest.mark.asvs("11.2.3")
def test_what_an_authenticator_app_is_given_has_160_bits_and_a_kept_password_a_salt_of_128():
    assert {len(base64.b32decode(codes.new_totp_secret())) for _ in range(50)} == {20}
    salt = hashing.keep("nine lighthouses at dusk").split("$")[4]
    assert len(base64.b64decode(f"{salt}==")) >= 16
