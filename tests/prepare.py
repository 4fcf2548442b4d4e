"""Find or install the browser and the servers that the tests use; name what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.clamd_server import clamd_binary

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the system's Chromium, else Playwright's own, else None."""
    for name in CHROMIUM:
        if found := shutil.which(name):
            return found
    own = Path.home() / ".cache/ms-playwright"
    found = sorted(own.glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


def postgres() -> bool:
    return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))


NEEDED = {
    "chromium": chromium,
    "postgresql": postgres,
    "redis-server": lambda: shutil.which("redis-server"),
    "clamav-daemon": clamd_binary,
    "nginx": lambda: shutil.which("nginx") or Path("/usr/sbin/nginx").exists(),
}


def _install(packages: list[str]) -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {
            "stdout": subprocess.DEVNULL,
            "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-q", *packages], check=False, **quiet)
    if "chromium" in packages and not chromium():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    if missing := [package for package, is_there in NEEDED.items() if not is_there()]:
        print(f"Installing what the tests need: {', '.join(missing)}", flush=True)
        _install(missing)
    if missing := [package for package, is_there in NEEDED.items() if not is_there()]:
        sys.exit(f"The tests need these packages, and none is skipped: {', '.join(missing)}")


if __name__ == "__main__":
    main()
