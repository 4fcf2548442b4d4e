"""Plain requests to a portal that is being tested: nothing is followed, nothing remembered."""

import re
from typing import Any

import httpx

from tests.portal_server import PortalServer


def ask(server: PortalServer, method: str, path: str, **options: Any) -> httpx.Response:
    """Send one request; reading certificates for a test server takes longer than all the rest."""
    return httpx.request(method, f"{server.address}{path}", timeout=20, verify=False, **options)


def said(answer: httpx.Response) -> bytes:
    """Return what an answer says, but for its reference: that is another one each time."""
    return re.sub(rb"E-[0-9A-Z]{6}", b"E-", answer.content)
