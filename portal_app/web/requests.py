"""What every route reads from a request."""

from starlette.requests import Request

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
