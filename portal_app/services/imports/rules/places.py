"""Where uploaded feeds wait."""

from pathlib import Path

from portal_app.core.settings import settings


def upload_place(run_id: str) -> Path:
    """Return the file that holds the upload of a run; never under a name that a person chose."""
    return Path(settings().upload_folder) / run_id
