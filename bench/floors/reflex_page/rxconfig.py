"""The bare Reflex floor: rx.el only, one stylesheet, brotli, one worker, no guard."""

import os
import sys
from pathlib import Path

os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
os.environ.setdefault("REFLEX_TELEMETRY_ENABLED", "false")
_BIN = Path(sys.prefix) / "bin"
os.environ["PATH"] = f"{_BIN}{os.pathsep}{os.environ.get('PATH', '')}"

import reflex as rx

from portal_app.web.build import PortalBuild

_bun = {"bun_path": _BIN / "bun"} if (_BIN / "bun").exists() else {}
config = rx.Config(
    app_name="floor_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    api_url="http://localhost:8100",
    frontend_compression_formats=["brotli", "gzip"],
    frontend_lazy_bundled_libraries=True,
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    plugins=[PortalBuild()],  # only to make the socket's address relative, as in the portal
    disable_plugins=[rx.plugins.SitemapPlugin, rx.plugins.RadixThemesPlugin],
    **_bun,
)
