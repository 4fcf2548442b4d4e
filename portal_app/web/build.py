"""What happens to the browser part after it is built: one build runs at any address."""

import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin
from reflex.utils import path_ops, prerequisites

from portal_app.web.line import early_line

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_HTTP = re.compile(r"`https?://[^/`]+(/[^`]*)`")
_EARLY_SCRIPT = re.compile(r'<link rel="modulepreload"[^>]*>')
_SOCKET = re.compile(r"`wss?://[^/`]+(/[^`]*)`")


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _shorten(script: Path) -> None:
    """Take comments and long names out of a script that no bundler has seen."""
    if bun := path_ops.get_bun_path():
        command = [bun, "build", "--minify", str(script), f"--outfile={script}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def looks_first(page: str) -> str:
    """Ask for what a page is drawn with before the scripts that make it work.

    A browser holds six connections: scripts that stand first keep the looks of the page waiting.
    """
    scripts = "".join(_EARLY_SCRIPT.findall(page))
    return _EARLY_SCRIPT.sub("", page).replace("</head>", f"{scripts}</head>", 1)


class PortalBuild(Plugin):
    """Makes the backend's address relative, scripts short, and lists each page's inline scripts."""

    def post_build(self, **context: Any) -> None:
        """Rewrite the built files before they are compressed."""
        root = Path(context["static_dir"])
        (environment,) = root.glob("assets/reflex-env-*.js")
        text = _HTTP.sub(r"location.origin+`\1`", environment.read_text())
        environment.write_text(_SOCKET.sub(r"location.origin.replace(/^http/,`ws`)+`\1`", text))
        for script in root.glob("boot.js"):  # a page without the portal's own has none
            (manifest,) = root.glob("assets/manifest-*.js")
            states = (prerequisites.get_web_dir() / "utils" / "context.jsx").read_text()
            line = early_line(states, manifest.read_text())
            script.write_text(line + script.read_text())
            _shorten(script)
        pages = {}
        for page in root.rglob("*.html"):
            text = looks_first(page.read_text())
            page.write_text(text)
            pages[f"/{page.relative_to(root)}"] = [_hash(s) for s in _INLINE_SCRIPT.findall(text)]
        (root.parent / "csp.json").write_text(json.dumps(pages))
