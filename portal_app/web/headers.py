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
# What leaves a page whose address holds a link says nothing of where it came from.
_HOLDS_A_LINK = ("/activate/", "/i/")
IMMUTABLE = "public, max-age=31536000, immutable"


class PagePolicies:
    """The built pages, and the hashes of the few inline scripts that each may run.

    A build that ends after the application has started is heard of: whoever develops builds then.
    """

    def __init__(self, build: Path = BUILD) -> None:
        self._file = build / "csp.json"
        self._read_at = 0
        self._hashes: dict[str, list[str]] = {}
        self._paths: frozenset[str] = frozenset()

    @property
    def paths(self) -> frozenset[str]:
        """The addresses that a page was built for."""
        self._read()
        return self._paths

    def policy(self, path: str, settings: Settings) -> str:
        """Return the content policy for the page that this path is answered with."""
        self._read()
        name = f"{path.rstrip('/')}/index.html"
        hashes = self._hashes.get(name) or self._of_any_page()
        hashes = sorted({*hashes, *self._hashes.get("/404.html", [])})
        scripts = " ".join(f"'{value}'" for value in hashes)
        elsewhere = f" {settings.payment_pages}" if settings.payment_pages else ""
        files = f" {settings.upload_origin}" if settings.upload_origin else ""
        sockets = " ".join(origin.replace("http", "ws", 1) for origin in settings.origins)
        return (
            "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
            f"form-action 'self'{elsewhere}; script-src 'self' {scripts}; "
            "style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data:; font-src 'self'; connect-src 'self'{files} {sockets}; "
            "manifest-src 'self'"
        )

    def _of_any_page(self) -> list[str]:
        # What `reflex run --env preview` builds is one page for every address.
        return self._hashes.get("/__spa-fallback.html") or self._hashes.get("/index.html", [])

    def _read(self) -> None:
        if not self._file.exists() or (written := self._file.stat().st_mtime_ns) == self._read_at:
            return
        self._hashes, self._read_at = json.loads(self._file.read_text()), written
        pages = [name for name in self._hashes if name.endswith("/index.html")]
        self._paths = frozenset(name.removesuffix("/index.html") or "/" for name in pages)


def standing_headers(settings: Settings, path: str = "") -> dict[str, str]:
    """Return the headers that go with every answer; stricter where an address holds a link."""
    is_secure = settings.address.startswith("https://")
    silent = {"referrer-policy": "no-referrer"} if path.startswith(_HOLDS_A_LINK) else {}
    return _ALWAYS | silent | (_TRANSPORT if is_secure or settings.env == "test" else {})


def cache_rule(path: str, content_type: str, status: int) -> str:
    """Return how long an answer may be kept: hashed files for ever, pages and data never.

    Prerendered pages carry nobody's data: they may be kept, if asked about each time. A refusal
    may say something about somebody.
    """
    if status not in {200, 206, 304}:
        return "no-store"
    if path.startswith(("/assets/", "/fonts/")):
        return "no-cache" if "reflex-env" in path else IMMUTABLE
    if content_type.startswith(("text/html", "text/css", "text/javascript", "image/")):
        return "no-cache"
    return "no-store"
