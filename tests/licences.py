"""Licences for the tests: really signed, for the installation that the test's database names."""

import json
from pathlib import Path

from portal_app.core import signatures
from portal_app.models import Installation
from portal_app.services import licensing
from tests import factories as f

PRIVATE, PUBLIC = signatures.new_key()


def write_licence(
    folder: Path, *, modules: tuple[str, ...] = ("rental",), ends: int = 4_000_000_000
) -> dict[str, str]:
    """Write a licence, good for the whole century if not said otherwise; return its settings."""
    licence = licensing.Licence(
        typ="portal-licence",
        kid="tests",
        id="L-tests",
        installation=f.fetch(Installation).id,
        customer="Harbourline",
        modules=list(modules),
        nbf=0,
        exp=ends,
    )
    path = folder / "licence"
    path.write_text(licensing.issue(PRIVATE, licence), encoding="ascii")
    keys = json.dumps({"tests": PUBLIC})
    return {"PORTAL_LICENCE_FILE": str(path), "PORTAL_LICENCE_PUBLIC_KEYS": keys}
