"""Puts the browser part into fewer files: what every page needs in one, small icons in another.

Each file is a request of its own, and a browser holds six connections to a server that speaks
HTTP/1.1: a list of contracts took twenty scripts, a third of them icons of 300 bytes.
"""

from typing import Any

from reflex.plugins import Plugin

_GROUPS = "          groups: [\n"
# An icon that one page alone shows stays with that page.
_ADDED = """            {
              test: /node_modules.lucide-react/,
              name: "icons",
              minShareCount: 2,
            },
            {
              test: /node_modules.(react|react-dom|react-router|scheduler)[/]/,
              name: "react",
            },
"""


class Chunks(Plugin):
    """Groups the modules that pages share."""

    def pre_compile(self, **context: Any) -> None:
        """Tell the bundler which modules belong together."""
        context["add_modify_task"]("vite.config.js", with_groups)


def with_groups(bundler: str) -> str:
    """Add the groups to the bundler's list of them; fail where there is no such list."""
    if _GROUPS not in bundler:
        message = "The bundler's settings have no list of groups to add to."
        raise ValueError(message)
    return bundler.replace(_GROUPS, _GROUPS + _ADDED, 1)
