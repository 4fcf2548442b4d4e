"""Reflex's own knobs; everything else is in `portal_app.core.settings`."""

import os
import sys
from pathlib import Path

# Read by Reflex at import: no telemetry, no look for newer versions, small messages only.
os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
os.environ.setdefault("REFLEX_TELEMETRY_ENABLED", "false")
os.environ.setdefault("REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE", "65536")
# Whoever develops has the server start again after a change of code, not of the database beside it.
os.environ.setdefault("REFLEX_HOT_RELOAD_OVERRIDE_PATHS", "portal_app")

# The wheel that brings bun puts it beside the interpreter; a bun of one's own works as well.
_BIN = Path(sys.prefix) / "bin"
os.environ["PATH"] = f"{_BIN}{os.pathsep}{os.environ.get('PATH', '')}"

import reflex as rx

from portal_app.core.settings import settings
from portal_app.web.build import PortalBuild
from portal_app.web.chunks import Chunks
from portal_app.web.stand_ins import StandIns

_chosen = settings()
_redis = _chosen.redis_url.get_secret_value()
_bun = {"bun_path": _BIN / "bun"} if (_BIN / "bun").exists() else {}

config = rx.Config(
    app_name="portal_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    backend_host=_chosen.host,
    frontend_port=_chosen.port,
    backend_port=_chosen.port,
    api_url=f"http://localhost:{_chosen.port}",
    cors_allowed_origins=_chosen.origins,
    trusted_proxy_hops=_chosen.trusted_proxy_hops,
    frontend_compression_formats=["brotli", "gzip"],
    frontend_lazy_bundled_libraries=True,
    state_manager_mode=rx.constants.StateManagerMode.REDIS
    if _redis
    else rx.constants.StateManagerMode.MEMORY,
    redis_url=_redis or None,
    plugins=[PortalBuild(), StandIns(), Chunks()],
    disable_plugins=[rx.plugins.SitemapPlugin, rx.plugins.RadixThemesPlugin],
    **_bun,
)
