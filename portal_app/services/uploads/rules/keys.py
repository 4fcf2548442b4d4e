"""The key of one file, sealed under the portal's own."""

import base64

from cryptography.exceptions import InvalidTag

from portal_app.core.secrets import seal, unseal
from portal_app.core.settings import settings


def wrap(key: bytes, document: str) -> str:
    """Seal the key of a document's content; it opens for this document only."""
    master = settings().document_key.get_secret_value()
    return seal(master, base64.b64encode(key).decode(), place=_place(document))


def unwrap(wrapped: str, document: str) -> bytes:
    """Open the key again, also under the portal's key before; InvalidTag if it was moved."""
    chosen = settings()
    master, before = chosen.document_key, chosen.document_key_before.get_secret_value()
    try:
        plain = unseal(master.get_secret_value(), wrapped, place=_place(document))
    except InvalidTag:
        if not before:
            raise
        plain = unseal(before, wrapped, place=_place(document))
    return base64.b64decode(plain)


def _place(document: str) -> str:
    return f"document:wrapped_key:{document}"
