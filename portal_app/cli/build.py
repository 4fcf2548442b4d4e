"""Builds the browser part, but only when something it is made of has changed."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

STAMP = Path(".web/build/stamp")
_SOURCES = ("portal_app", "assets", "reflex.lock", "rxconfig.py", "requirements.txt")
# Looking for garbage took a third of the time, and what a build makes it keeps to the end.
_REFLEX = "import gc; gc.disable(); from reflex.reflex import cli; cli()"
_EXPORT = ("export", "--frontend-only", "--no-zip", "--loglevel", "warning")
_KINDS = {".py", ".css", ".js", ".jsx", ".json", ".lock", ".svg", ".woff2", ".txt"}


def fingerprint() -> str:
    """Return what the browser part is made of, as one hash."""
    digest = hashlib.sha256(sys.version.encode())
    for source in map(Path, _SOURCES):
        files = sorted(source.rglob("*")) if source.is_dir() else [source]
        for file in files:
            if file.is_file() and file.suffix in _KINDS and "external" not in file.parts:
                digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Say whether the last build is of these sources."""
    return STAMP.exists() and STAMP.read_text() == fingerprint()


def ensure_built() -> bool:
    """Build if needed; return whether anything was done. Raises CalledProcessError on failure."""
    with alongside() as is_building:
        return is_building


@contextmanager
def alongside() -> Generator[bool]:
    """Build, if needed, while the block does something else; say whether that is so.

    The block ends once the build has. Raises CalledProcessError when the build failed.
    """
    if is_current():
        yield False
        return
    sources = fingerprint()
    command = [sys.executable, "-c", _REFLEX, *_EXPORT]
    # A group of its own, so that all the tools it starts can be ended with it.
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, process_group=0
    ) as building:
        try:
            yield True
            building.wait()
        except BaseException:
            os.killpg(building.pid, signal.SIGTERM)
            raise
    if building.returncode:
        raise subprocess.CalledProcessError(building.returncode, command)
    STAMP.write_text(sources)


def serving_environment() -> dict[str, str]:
    """Return the environment in which the built portal serves pages and socket on one port."""
    binaries = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "1",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "1",
    }
