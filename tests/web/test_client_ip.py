import pytest
from starlette.datastructures import Headers

from portal_app.core.settings import Settings
from portal_app.web import requests

SCOPE = {"type": "http", "client": ("10.0.0.9", 4711)}


@pytest.fixture
def trusting(monkeypatch):
    """Trust so many proxies; return the address that is read from these header lines."""

    def read(hops, *lines):
        chosen = Settings(_env_file=None, trusted_proxy_hops=hops)
        monkeypatch.setattr(requests, "settings", lambda: chosen)
        raw = [(b"x-forwarded-for", line.encode()) for line in lines]
        return requests.client_ip(SCOPE, Headers(raw=raw))

    return read


@pytest.mark.asvs("4.1.3")
@pytest.mark.asvs("15.3.4")
@pytest.mark.parametrize(
    ("hops", "lines", "ip"),
    [
        # Nobody is trusted: the header is only what the caller says.
        (0, ["203.0.113.5"], "10.0.0.9"),
        (0, ["203.0.113.5, 198.51.100.7"], "10.0.0.9"),
        # One proxy is trusted: it has written the last entry.
        (1, ["203.0.113.5"], "203.0.113.5"),
        (1, ["6.6.6.6, 203.0.113.5"], "203.0.113.5"),
        (1, ["6.6.6.6", "203.0.113.5"], "203.0.113.5"),
        (1, ["6.6.6.6, 7.7.7.7", "8.8.8.8, 203.0.113.5"], "203.0.113.5"),
        (1, [",,  ,203.0.113.5"], "203.0.113.5"),
        # Two are: the last but one.
        (2, ["6.6.6.6, 203.0.113.5, 10.0.0.8"], "203.0.113.5"),
        (2, ["6.6.6.6", "203.0.113.5", "10.0.0.8"], "203.0.113.5"),
        # Fewer entries than proxies: it did not come through them.
        (2, ["203.0.113.5"], "10.0.0.9"),
        (1, [], "10.0.0.9"),
        (1, [""], "10.0.0.9"),
    ],
)
def test_an_address_is_believed_only_from_our_own_proxies(trusting, hops, lines, ip):
    assert trusting(hops, *lines) == ip


def test_a_connection_without_an_address_has_none():
    assert requests.client_ip({"type": "http", "client": None}, Headers()) == ""
