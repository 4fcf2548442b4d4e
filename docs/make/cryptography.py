"""What is encrypted, signed and hashed, with what, and where in the code."""

import ast

from docs.make import source
from docs.make.markdown import code, document, items, table

# Everything that does cryptography, by the name it is imported under, and what it is used for.
INVENTORY = {
    "cryptography.exceptions": "the refusals of the two below",
    "cryptography.hazmat.primitives.asymmetric.ed25519": "Ed25519: the signature of the licence",
    "cryptography.hazmat.primitives.ciphers.aead": "AES-256-GCM: secrets in the database, files",
    "cryptography.hazmat.primitives.hashes": "SHA-256 inside HKDF",
    "cryptography.hazmat.primitives.kdf.hkdf": "HKDF: one key for each purpose from the secret",
    "hashlib": "SHA-256: fingerprints of tokens, of the build; the audit chain",
    "hmac": "HMAC-SHA256: the tab's token, feed rows; comparing in constant time",
    "passlib.hash": "argon2id: passwords, codes, recovery codes",
    "pyotp": "TOTP (RFC 6238, SHA-1 inside HMAC as the standard has it): authenticator apps",
    "pyotp.totp": "the same",
    "secrets": "randomness from the operating system: tokens, codes, references",
    "ssl": "TLS to the mail server and to webhooks; the doctor's look at the portal's certificate",
}
_ROOTS = ("cryptography", "passlib", "argon2", "pyotp")
_STANDARD = ("hashlib", "hmac", "secrets", "ssl", "random", "crypt")
_PARAMETERS = (
    ("passwords", "argon2id, 19 MiB, 2 passes, 1 lane, salted; renewed at sign-in when weaker"),
    ("codes, recovery codes", "argon2id, 7 MiB, 1 pass; tries are counted"),
    ("session tokens, links", "256 random bits; only their SHA-256 is kept"),
    ("authenticator secrets", "160 random bits, AES-256-GCM, bound to table, column and row"),
    ("dates of birth", "AES-256-GCM, bound to table, column and row; opened where they are shown"),
    ("answers in applications", "the same, and every earlier version of each"),
    ("fingerprints of feed rows", "HMAC-SHA256, so that nothing can be tried out against them"),
    ("files that people send", "AES-256-GCM in pieces of 1 MiB; a key for each, itself sealed"),
    ("tab tokens", "HMAC-SHA256 over tab and session; different lists never collide"),
    ("licence", "Ed25519 over the text as it stands; public keys come from the settings only"),
    ("audit chain", "SHA-256 over each entry and the hash before"),
)
_KEYS = (
    "`PORTAL_SECRET_KEY` is the one secret that the portal holds: random, at least 32 characters "
    '(`python -c "import secrets; print(secrets.token_urlsafe(48))"`). It lives in the '
    "environment or in `.env`, readable by the portal's own user alone, and in no backup of the "
    "database.",
    "Keys for each purpose are derived from it by HKDF; it is never used itself to encrypt.",
    "Whoever may read it can act as the portal. Replace it when somebody who knew it leaves or "
    "when it may have been seen: give the old one as `PORTAL_SECRET_KEY_BEFORE`, restart, run "
    "`python -m portal_app reseal`, and take the old one out again. Meanwhile what it sealed opens "
    "and everything new is sealed under the new one. Open tabs reload; passwords and sessions are "
    "not affected. Without the old one, authenticator apps are set up again, addresses for events "
    "are entered again, and dates of birth come back with the next feed; what people answered in "
    "applications cannot be read again, so keep the secret as safe as the database, and elsewhere.",
    "`PORTAL_DOCUMENT_KEY` seals the keys of kept files and nothing else, so that replacing the "
    "one above loses no file. To replace it, give the old one as `PORTAL_DOCUMENT_KEY_BEFORE`.",
    "The private key that signs licences is never on the portal's machine. A new one gets a new "
    "key id; the portal knows both public keys while both kinds of licence are about.",
    "TLS keys belong to the proxy and the database server, and are renewed there.",
    "Passwords made with weaker settings than today's are hashed anew at the next sign-in.",
)


def page() -> str:
    """Return docs/cryptography.md."""
    return document(
        "Cryptography",
        "Nothing is invented here: every algorithm comes from a maintained library or from "
        "Python itself, and there is one place in the code for each use.",
        "## What is protected how",
        table(("What", "How"), _PARAMETERS),
        "There is no ECB, no CBC, no RSA, no MD5 and no SHA-1 but the one inside TOTP.",
        "## Keys",
        items(_KEYS),
        "## Where it stands in the code",
        table(("Import", "Used for", "In"), _places()),
    )


def used() -> dict[str, list[str]]:
    """Return which modules import which cryptography."""
    found: dict[str, list[str]] = {}
    for path, tree in source.modules("portal_app"):
        for name in sorted({name for node in ast.walk(tree) for name in _imports(node)}):
            found.setdefault(name, []).append(path)
    return dict(sorted(found.items()))


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
    return [name for name in names if name.split(".")[0] in {*_ROOTS, *_STANDARD}]


def _places() -> list[tuple[str, ...]]:
    return [
        (code(name), INVENTORY.get(name, ""), ", ".join(code(path) for path in paths))
        for name, paths in used().items()
    ]
