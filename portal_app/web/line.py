"""What the browser's first script needs to know to ask the server before the page itself can."""

import json
import re
from pathlib import Path

from reflex.constants import Reflex

_HYDRATE = re.compile(r"ReflexEvent\('([\w.]+\.hydrate_and_load)'")
_TURN = re.compile(r"ReflexEvent\('([\w.]+\.on_load_internal)'")
_HASHES = re.compile(r"initialStateHashes = (\[[^\]]*\])")
_SCHEMA = re.compile(r'stateSchema = "(\w+)"')
_ROUTE = re.compile(r'"path":"([^"*]+)"')


def early_line(context: str, manifest: str) -> str:
    """Return the script that opens the line to the server and asks ahead, for a build.

    `context` is the source of the page's states, `manifest` the list of its routes. Fails where
    either does not say what a page says: then it would be said in vain on every page.
    """
    # A route without names is meant before one with a name in the same place.
    routes = sorted(set(_ROUTE.findall(manifest)), key=lambda route: route.count(":"))
    build = {
        "open": _found(_HYDRATE, context),
        "turn": _found(_TURN, context),
        "hashes": json.loads(_found(_HASHES, context)),
        "schema": _found(_SCHEMA, context),
        "version": Reflex.VERSION,
        "routes": ["/", *(one for one in routes if one != "404")],
    }
    source = Path(__file__).with_name("line.js").read_text()
    return source.replace("(BUILD)", f"({json.dumps(build)})", 1)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        message = f"The built page does not say {pattern.pattern}."
        raise ValueError(message)
    return found[1]
