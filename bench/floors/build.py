"""Builds the bare Reflex floor, in a folder of its own, when its sources have changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.places import ROOT, WORK, fingerprint

SOURCE = Path(__file__).parent / "reflex_page"
FOLDER = WORK / "reflex_page"


def ensure_built() -> Path:
    """Return the folder of the built floor."""
    stamp = FOLDER / ".web" / "stamp"
    wanted = fingerprint(SOURCE)
    if stamp.exists() and stamp.read_text() == wanted:
        return FOLDER
    for part in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.css"), *SOURCE.glob("reflex.lock/*")):
        target = FOLDER / part.relative_to(SOURCE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(part, target)
    reflex = Path(sys.executable).parent / "reflex"
    command = [str(reflex), "export", "--frontend-only", "--no-zip", "--loglevel", "warning"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, cwd=FOLDER, env=environment, stdout=subprocess.DEVNULL)
    stamp.write_text(wanted)
    return FOLDER
