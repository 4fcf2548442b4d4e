"""Leaves out of the browser part what the portal never uses: 10 kB less on every first load."""

import re
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

_SOURCES = Path(__file__).parent / "browser"
# What an import names, and the module that stands in for it.
_STAND_INS = {
    "@emotion/react": "plain_elements.js",
    "engine.io-client": "websocket_only.js",
    "./transports/index.js": "transports.js",
}
_LIST = "    alias: [\n"


class StandIns(Plugin):
    """Builds every element with React alone, and speaks over WebSockets alone."""

    def pre_compile(self, **context: Any) -> None:
        """Put the stand-ins beside Reflex's own modules and point the bundler to them."""
        for name in _STAND_INS.values():
            source = (_SOURCES / name).read_text()
            context["add_save_task"](lambda name=name, source=source: (_place(name), source))
        context["add_modify_task"]("vite.config.js", with_aliases)


def with_aliases(bundler: str) -> str:
    """Add the stand-ins to the bundler's list of aliases; fail where there is no such list."""
    if _LIST not in bundler:
        message = "The bundler's settings have no list of aliases to add to."
        raise ValueError(message)
    aliases = "".join(_alias(package, name) for package, name in _STAND_INS.items())
    return bundler.replace(_LIST, _LIST + aliases, 1)


def _place(name: str) -> str:
    return f".web/utils/{name}"


def _alias(package: str, name: str) -> str:
    exactly = re.escape(package).replace("/", r"\/")
    return f"""      {{
        find: /^{exactly}$/,
        replacement: fileURLToPath(new URL("./utils/{name}", import.meta.url)),
      }},
"""
