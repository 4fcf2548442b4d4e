"""Which algorithms the sources use at all: anything else does not get in unnoticed."""

import ast
from itertools import chain

import pytest

from tests.architecture.test_shape import SOURCE, nodes

PRIMITIVES = "cryptography.hazmat.primitives."
USED = {
    ("cryptography.exceptions", "InvalidSignature"),
    ("cryptography.exceptions", "InvalidTag"),
    (f"{PRIMITIVES}asymmetric.ed25519", "Ed25519PrivateKey"),
    (f"{PRIMITIVES}asymmetric.ed25519", "Ed25519PublicKey"),
    (f"{PRIMITIVES}ciphers.aead", "AESGCM"),
    (f"{PRIMITIVES}hashes", "SHA256"),
    (f"{PRIMITIVES}kdf.hkdf", "HKDF"),
}
# What hashes or encrypts by other means than those above.
OTHERS = {
    "md5",
    "sha1",
    "uuid3",
    "uuid5",
    "crc32",
    "adler32",
    "Crypto",
    "Cryptodome",
    "nacl",
    "rsa",
    "crypt",
}


def imports(path):
    """Yield (module, name) of everything that is imported; ("module", "") for a whole module."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


IMPORTED = [(str(path), *one) for path in SOURCE for one in imports(path)]
NODES = [node for path in SOURCE for node in nodes(path)]


def members_used(module):
    """Name what is used of a module, whether by `module.name` or by an import of the name."""
    dotted = {
        node.attr
        for node in NODES
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == module
    }
    return dotted | {name for _, found, name in IMPORTED if found == module and name}


@pytest.mark.asvs("11.3.1")
@pytest.mark.asvs("11.3.2")
def test_what_is_encrypted_is_encrypted_by_aes_gcm_and_nothing_is_padded_for_rsa():
    found = {(module, name) for _, module, name in IMPORTED if module.startswith("cryptography")}
    assert found == USED


@pytest.mark.asvs("11.4.1")
@pytest.mark.asvs("11.4.3")
def test_every_hash_is_sha_256_and_no_identifier_is_made_by_a_weaker_one():
    assert members_used("hashlib") == {"sha256"}
    assert members_used("hmac") == {"new", "compare_digest"}
    keyed = [
        ast.unparse(node.args[2])
        for node in NODES
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "new"
        if getattr(node.func.value, "id", "") == "hmac"
    ]
    assert set(keyed) == {"hashlib.sha256"}
    names = set(chain.from_iterable((module.split(".")[0], name) for _, module, name in IMPORTED))
    assert (names | members_used("zlib")) & OTHERS == set()


@pytest.mark.asvs("11.4.4")
def test_a_key_follows_from_the_operators_random_secret_and_never_from_what_a_person_typed():
    """Passwords go to argon2id alone, which stretches them and makes no key of them."""
    assert {path for path, _, name in IMPORTED if name == "HKDF"} == {"portal_app/core/secrets.py"}
    masters = [
        ast.unparse(node.args[0])
        for node in NODES
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"seal", "unseal"}
    ]
    assert set(masters) == {"master", "master.get_secret_value()", "before"}
    given = {
        ast.unparse(node.value)
        for node in NODES
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "master"
    }
    assert {words.partition(".get_secret_value")[0] for words in given} <= {
        "settings().secret_key",
        "settings().document_key",
    }
