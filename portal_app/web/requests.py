"""What every route reads from a request."""

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from portal_app.core.settings import settings
from portal_app.services import branding
from portal_app.services.branding import BrandView
from portal_app.services.identity import Caller


def caller_of(request: Request) -> Caller:
    """Return who is asking, as the gate resolved it."""
    caller = getattr(request.state, "caller", None)
    return caller if isinstance(caller, Caller) else Caller()


def brand_of(request: Request) -> BrandView:
    """Return the brand that answers at the host that was asked."""
    return branding.brand_for_host(caller_of(request).actor, host=request.headers.get("host", ""))


def client_ip(scope: Scope, headers: Headers) -> str:
    """Return the caller's address: from the proxies only as far as we trust them."""
    hops = settings().trusted_proxy_hops
    # A proxy may add a line of its own instead of going on in the caller's.
    line = ",".join(headers.getlist("x-forwarded-for"))
    forwarded = [part.strip() for part in line.split(",") if part]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return scope["client"][0] if scope.get("client") else ""
