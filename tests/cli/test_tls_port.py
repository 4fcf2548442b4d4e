"""The portal's own port with TLS, for a proxy on another machine: that way is not in the clear."""

import contextlib
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time

import httpx
import pytest

from portal_app.cli import build
from tests.integrations.authority import Authority
from tests.portal_server import ROOT, _environment
from tests.servers import free_port, one_at_a_time


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "house")


@pytest.fixture
def port(sqlite_template, tmp_path, authority):
    """A portal brought up by the operator's own command, with a certificate of the house."""
    certificate, key = authority.issue()
    shutil.copy(sqlite_template, tmp_path / "portal.db")
    with one_at_a_time("build"):
        build.ensure_built()
    port = free_port()
    given = {"PORTAL_TLS_CERTIFICATE": str(certificate), "PORTAL_TLS_KEY": str(key)}
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "portal_app", "run"],
            cwd=ROOT,
            env=_environment(port, url, tmp_path / "clock", given),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield port
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)


def healthy(address, **how):
    return httpx.get(f"{address}/healthz", timeout=5, **how).status_code == 200


@pytest.mark.asvs("12.3.3")
@pytest.mark.asvs("12.3.4")
def test_only_who_trusts_the_house_and_speaks_tls_is_answered(port, authority):
    trusted = {"verify": ssl.create_default_context(cafile=authority.file)}
    address, deadline = f"https://localhost:{port}", time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            assert healthy(address, **trusted)
            break
        time.sleep(0.2)
    assert healthy(address, **trusted)
    with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
        healthy(address)
    with pytest.raises(httpx.TransportError):
        healthy(f"http://localhost:{port}")
    old = ssl.create_default_context(cafile=authority.file)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    assert healthy(address, verify=old)
