"""Plain requests to a portal that is being tested: nothing is followed, nothing remembered."""

from typing import Any

import httpx

from tests.portal_server import PortalServer


def ask(server: PortalServer, method: str, path: str, **options: Any) -> httpx.Response:
    """Send one request; reading certificates for a test server takes longer than all the rest."""
    return httpx.request(method, f"{server.address}{path}", timeout=20, verify=False, **options)
