"""The portal's own certificates, looked at as a browser would look at them."""

import socket
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from portal_app.core import clock
from portal_app.core.settings import settings

_PATIENCE_SECONDS = 5
_RENEWED_BEFORE = timedelta(days=30)


def look() -> Iterable[tuple[bool, str]]:
    """Ask each address of the portal for its certificate; only those that the public trusts do."""
    places = [place for place in map(urlsplit, settings().origins) if place.scheme == "https"]
    if not places:
        yield True, "none is needed: the portal is reached without TLS."
    for place in places:
        yield _seen(place.hostname or "", place.port or 443)


def _seen(host: str, port: int) -> tuple[bool, str]:
    try:
        until = _valid_until(host, port)
    except ssl.SSLCertVerificationError as fault:
        return False, f"no browser trusts the one of {host}: {fault.verify_message}."
    except ssl.SSLError as fault:
        return False, f"{host} speaks no TLS that is safe: {fault.reason}."
    except OSError:
        # Some networks let nobody inside reach the address that is meant for those outside.
        return True, f"{host} cannot be reached from here, so nobody looked at its certificate."
    is_fresh = until - clock.now() > _RENEWED_BEFORE
    words = f"the one of {host} is good until {until:%Y-%m-%d}"
    return is_fresh, f"{words}." if is_fresh else f"{words}: renew it."


def _valid_until(host: str, port: int) -> datetime:
    """Return when the certificate runs out; SSLError unless this machine's own list trusts it."""
    trusted = ssl.create_default_context()
    with (
        socket.create_connection((host, port), _PATIENCE_SECONDS) as line,
        trusted.wrap_socket(line, server_hostname=host) as secured,
    ):
        told = secured.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)
