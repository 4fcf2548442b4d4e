"""Leaves the CSS-in-JS library out of the browser part: 7 kB less on every first load."""

from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

_SOURCE = Path(__file__).with_suffix(".js")
_TARGET = "utils/plain_elements.js"
_LIST = "    alias: [\n"
_ALIAS = f"""      {{
        find: "@emotion/react",
        replacement: fileURLToPath(new URL("./{_TARGET}", import.meta.url)),
      }},
"""


class PlainElements(Plugin):
    """Builds every element with React alone; portal.css does the looks."""

    def pre_compile(self, **context: Any) -> None:
        """Put the stand-in beside Reflex's own modules and point the bundler to it."""
        context["add_save_task"](lambda: (f".web/{_TARGET}", _SOURCE.read_text()))
        context["add_modify_task"]("vite.config.js", with_alias)


def with_alias(bundler: str) -> str:
    """Add the stand-in to the bundler's list of aliases; fail where there is no such list."""
    if _LIST not in bundler:
        message = "The bundler's settings have no list of aliases to add to."
        raise ValueError(message)
    return bundler.replace(_LIST, _LIST + _ALIAS, 1)
