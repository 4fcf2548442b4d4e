"""Where a run keeps its files and which ports it uses."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORK = ROOT / "build" / "bench"
FIRST_PORT = int(os.environ.get("BENCH_FIRST_PORT", "8420"))
# The slow line to a port begins this far above it.
SLOW_AHEAD = 10


def fingerprint(*sources: Path) -> str:
    """Return what these files and folders hold, as one short hash."""
    digest = hashlib.sha256()
    for source in sources:
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
