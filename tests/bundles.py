"""What a browser loads for a page, read from the built files: no browser, no server."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

BUILD = Path(".web/build/client")
_SCRIPT = re.compile(r'<script[^>]*\bsrc="(/[^"]+)"')
_PRELOAD = re.compile(r'<link[^>]*\brel="modulepreload"[^>]*>')
_SHEET = re.compile(r'<link[^>]*\brel="stylesheet"[^>]*>')
_HREF = re.compile(r'\bhref="(/[^"]+)"')
_NAMED_IN_PAGE = re.compile(r'(?:\bfrom |\bimport |\bimport\()"(/assets/[^"]+\.js)"')
_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["'`](\.{1,2}/[^"'`]+|/assets/[^"'`]+)["'`]""")
_MANIFEST = "window.__reactRouterManifest="


@dataclass(frozen=True)
class Bundle:
    """The first load of one page, as brotli bytes."""

    scripts: frozenset[str]
    sheets: frozenset[str]

    @property
    def script_bytes(self) -> int:
        return sum(_compressed(name) for name in self.scripts)

    @property
    def sheet_bytes(self) -> int:
        return sum(_compressed(name) for name in self.sheets)


def bundle_of(path: str) -> Bundle:
    """Return what the page at a route's path loads; `/contracts/[id]` is a path."""
    html = _page(path).read_text()
    named = set(_SCRIPT.findall(html)) | set(_NAMED_IN_PAGE.findall(html))
    named |= {_href(tag) for tag in _PRELOAD.findall(html)}
    route = _route(path)
    named |= {route["module"], *route["imports"]}
    sheets = {_href(tag) for tag in _SHEET.findall(html)} | set(route["css"])
    return Bundle(_with_imports(named), frozenset(name for name in sheets if _is_built(name)))


def _page(path: str) -> Path:
    """Return the prerendered page, or the shell that stands in for addresses with a parameter."""
    own = BUILD / path.strip("/") / "index.html"
    return BUILD / "__spa-fallback.html" if "[" in path else own


@cache
def _routes() -> dict[str, Any]:
    (manifest,) = (BUILD / "assets").glob("manifest-*.js")
    text = manifest.read_text().strip().removeprefix(_MANIFEST).removesuffix(";")
    return json.loads(text)["routes"]


def _route(path: str) -> dict[str, Any]:
    """Return the router's own entry for a page."""
    wanted = re.sub(r"\[(\w+)\]", r":\1", path.strip("/"))
    return next(
        route
        for route in _routes().values()
        if route.get("path", "") == wanted and route["id"] != "root"
    )


def _with_imports(names: set[str]) -> frozenset[str]:
    """Return the scripts and all that they import, and what those import, and so on."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting.extend(_imports(name))
    return frozenset(found)


@cache
def _imports(name: str) -> tuple[str, ...]:
    file = BUILD / name.lstrip("/")
    named = _IMPORT.findall(file.read_text())
    return tuple(n if n.startswith("/") else _beside(file, n) for n in named)


def _beside(file: Path, name: str) -> str:
    return "/" + str((file.parent / name).resolve().relative_to(BUILD.resolve()))


def _href(tag: str) -> str:
    found = _HREF.search(tag)
    assert found, tag
    return found[1]


def _is_built(name: str) -> bool:
    """Say whether a sheet is a built file; the brand's own colours are written per request."""
    return (BUILD / name.lstrip("/")).exists()


def _compressed(name: str) -> int:
    """Return what goes over the line: very small files are sent as they are."""
    file = BUILD / name.lstrip("/")
    sidecar = file.with_name(file.name + ".br")
    return (sidecar if sidecar.exists() else file).stat().st_size
