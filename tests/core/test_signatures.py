"""The signatures of licences, held against the published vectors."""

import pytest

from portal_app.core import signatures
from portal_app.core.signatures import encode, is_signed, new_key, public_key_of, sign

# RFC 8032, section 7.1, tests 1 and 2: private key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "r",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.asvs("11.6.1")
@pytest.mark.parametrize(("private", "public", "text", "signature"), VECTORS)
def test_signing_is_ed25519_as_it_was_published(private, public, text, signature):
    ours = [encode(bytes.fromhex(each)) for each in (private, public, signature)]
    assert public_key_of(ours[0]) == ours[1]
    assert sign(ours[0], text) == ours[2]
    assert is_signed(ours[1], text, ours[2])
    assert not is_signed(ours[1], f"{text} ", ours[2])


@pytest.mark.asvs("11.2.3")
@pytest.mark.asvs("11.6.1")
def test_keys_are_new_each_time_and_as_long_as_the_algorithm_wants_them():
    pairs = {new_key() for _ in range(50)}
    assert len({private for private, _ in pairs}) == len(pairs) == 50
    assert {len(signatures.decode(key)) for pair in pairs for key in pair} == {32}
    private, public = pairs.pop()
    other = pairs.pop()[1]
    assert is_signed(public, "words", sign(private, "words"))
    assert not is_signed(other, "words", sign(private, "words"))
