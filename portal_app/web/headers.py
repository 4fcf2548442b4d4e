"""What every answer says about itself: content policy, caching, and the usual refusals."""

import json
from pathlib import Path

from portal_app.core.settings import Settings

BUILD = Path(".web/build")
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "x-frame-options": "DENY",
}
_TRANSPORT = {"strict-transport-security": "max-age=31536000; includeSubDomains"}
IMMUTABLE = "public, max-age=31536000, immutable"


class PagePolicies:
    """The built pages, and the hashes of the few inline scripts that each may run."""

    def __init__(self, build: Path = BUILD) -> None:
        file = build / "csp.json"
        self._hashes: dict[str, list[str]] = json.loads(file.read_text()) if file.exists() else {}
        self.paths = {
            name.removesuffix("/index.html") or "/"
            for name in self._hashes
            if name.endswith("/index.html")
        }

    def policy(self, path: str, settings: Settings) -> str:
        """Return the content policy for the page that this path is answered with."""
        name = f"{path.rstrip('/')}/index.html"
        hashes = self._hashes.get(name) or self._hashes.get("/__spa-fallback.html", [])
        hashes = sorted({*hashes, *self._hashes.get("/404.html", [])})
        scripts = " ".join(f"'{value}'" for value in hashes)
        sockets = " ".join(origin.replace("http", "ws", 1) for origin in settings.origins)
        return (
            "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
            f"form-action 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data:; font-src 'self'; connect-src 'self' {sockets}; "
            "manifest-src 'self'"
        )


def standing_headers(settings: Settings) -> dict[str, str]:
    """Return the headers that go with every answer."""
    is_secure = settings.address.startswith("https://")
    return _ALWAYS | (_TRANSPORT if is_secure or settings.env == "test" else {})


def cache_rule(path: str, content_type: str, status: int) -> str:
    """Return how long an answer may be kept: hashed files for ever, pages and data never.

    Prerendered pages carry nobody's data: they may be kept, if asked about each time.
    """
    if path.startswith(("/assets/", "/fonts/")) and status in {200, 206, 304}:
        return "no-cache" if "reflex-env" in path else IMMUTABLE
    if content_type.startswith(("text/html", "text/css", "text/javascript", "image/")):
        return "no-cache"
    return "no-store"
