"""The licence under which the measured portal runs: the rental module, for this database."""

import json
import sqlite3
import time
from pathlib import Path

from portal_app.core.signatures import new_key
from portal_app.services import licensing
from portal_app.services.licensing import Licence

_KID = "bench"
_LASTS = 365 * 24 * 3600


def environment(database: Path) -> dict[str, str]:
    """Write a licence beside the database and return the settings that put it in force."""
    private, public = new_key()
    file = database.parent / "portal.licence"
    file.write_text(licensing.issue(private, _licence(database)) + "\n", encoding="ascii")
    return {
        "PORTAL_LICENCE_FILE": str(file),
        "PORTAL_LICENCE_PUBLIC_KEYS": json.dumps({_KID: public}),
    }


def _licence(database: Path) -> Licence:
    connection = sqlite3.connect(database)
    (installation,) = connection.execute("SELECT id FROM installation").fetchone()
    connection.close()
    now = int(time.time())
    return Licence(
        typ="portal-licence",
        kid=_KID,
        id="bench",
        installation=installation,
        customer="Measured",
        modules=["rental"],
        nbf=now - 3600,
        exp=now + _LASTS,
    )
