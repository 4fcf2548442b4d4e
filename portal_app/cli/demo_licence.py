"""The demonstration's own licence, signed with a key that is made for this installation."""

import json
import os
from datetime import timedelta
from pathlib import Path

from portal_app.core import clock
from portal_app.core.settings import settings
from portal_app.core.signatures import new_key
from portal_app.services import licensing
from portal_app.services.licensing import Licence

FOLDER = Path("var/demo")
_KID = "demo"
_LASTS = timedelta(days=365)


def use_licence() -> None:
    """Put a licence in force for this process and those it starts, unless there is another.

    The variables that name it are set only where the operator has not set them.
    """
    if settings().licence_file:
        return
    private, public = _key()
    installation = licensing.state().installation
    path = FOLDER / f"{installation}.licence"
    os.environ["PORTAL_LICENCE_FILE"] = str(path)
    os.environ["PORTAL_LICENCE_PUBLIC_KEYS"] = json.dumps({_KID: public})
    settings.cache_clear()
    if not licensing.state().is_in_force:
        _write(path, licensing.issue(private, _licence(installation)) + "\n")


def _licence(installation: str) -> Licence:
    now = clock.now()
    return Licence(
        typ="portal-licence",
        kid=_KID,
        id="demo",
        installation=installation,
        customer="The demonstration",
        modules=["rental"],
        nbf=int((now - timedelta(days=1)).timestamp()),
        exp=int((now + _LASTS).timestamp()),
    )


def _key() -> tuple[str, str]:
    path = FOLDER / "licence-key"
    if not path.exists():
        _write(path, "\n".join(new_key()))
    private, public = path.read_text(encoding="ascii").split()
    return private, public


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(text, encoding="ascii")
