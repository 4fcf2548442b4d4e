"""Servers with certificates of the operator's own authority: it is trusted, and no other is."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.models import database
from portal_app.ports import PortUnavailable
from portal_app.services import health
from tests.integrations.authority import Authority, readable_by_postgres
from tests.people import database_at
from tests.servers import free_port, postgres_server, wait_for_port


@pytest.fixture(scope="module")
def authorities():
    """The one that signed, and another; in a folder that the servers may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield Authority(folder, "ours"), Authority(folder, "theirs")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def encrypted_postgres(authorities):
    certificate, key = authorities[0].issue()
    readable_by_postgres(certificate, key)
    with postgres_server() as server:
        plain = server.url.replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET ssl_cert_file = '{certificate}'")
            connection.execute(f"ALTER SYSTEM SET ssl_key_file = '{key}'")
            connection.execute("ALTER SYSTEM SET ssl = on")
        server.stop()
        server.start()
        yield make_url(server.url)


@pytest.fixture(scope="module")
def encrypted_redis(authorities):
    (certificate, key), port = authorities[0].issue(), free_port()
    command = [shutil.which("redis-server"), "--port", "0", "--tls-port", str(port),
               "--bind", "127.0.0.1", "--save", "", "--requirepass", "pw",
               "--tls-cert-file", certificate, "--tls-key-file", key,
               "--tls-ca-cert-file", authorities[0].file, "--tls-auth-clients", "no"]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield f"rediss://:pw@127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


@pytest.mark.asvs("12.3.1")
@pytest.mark.asvs("12.3.4")
def test_a_database_that_the_named_authority_vouches_for_is_used_encrypted(
    encrypted_postgres, authorities
):
    way = {"sslmode": "verify-full", "sslrootcert": str(authorities[0].file)}
    with database_at(encrypted_postgres.set(query=way).render_as_string()):
        health.check()
        assert health.is_connection_encrypted()


@pytest.mark.asvs("12.3.2")
@pytest.mark.asvs("12.3.4")
@pytest.mark.parametrize("named", ["another", "none"])
def test_a_database_that_nobody_named_vouches_for_is_told_nothing(
    encrypted_postgres, authorities, named
):
    root = {"sslrootcert": str(authorities[1].file)} if named == "another" else {}
    url = encrypted_postgres.set(query={"sslmode": "verify-full"} | root)
    engine = database.build_engine(url.render_as_string())
    with pytest.raises(database.DatabaseAway, match="certificate"), engine.connect():
        pass
    engine.dispose()


@pytest.mark.asvs("12.3.4")
def test_redis_is_trusted_by_the_named_authority_alone(encrypted_redis, authorities):
    trusted = LimitsLimiter(f"{encrypted_redis}?ssl_ca_certs={authorities[0].file}")
    assert trusted.hit("tests", 5, 60, "key")
    for query in (f"?ssl_ca_certs={authorities[1].file}", ""):
        with pytest.raises(PortUnavailable):
            LimitsLimiter(encrypted_redis + query).hit("tests", 5, 60, "key")
