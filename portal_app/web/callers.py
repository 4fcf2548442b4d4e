"""Who a browser is, as far as the portal's door lets it be anybody."""

from dataclasses import replace

from portal_app.core.actor import ANONYMOUS
from portal_app.services import branding, households, identity
from portal_app.services.identity import Caller


def caller_for(token_hash: str, *, ip: str = "") -> Caller:
    """Return who presents a session; a customer is nobody while the portal is closed (S0-01).

    What ties them to others is asked anew each time, so that what has ended lets nobody in.
    Their session stays: once the portal is open again they go on where they were.
    """
    caller = identity.caller_for(token_hash, ip=ip)
    if branding.is_open_to(caller.actor):
        return replace(caller, actor=households.tied(caller.actor))
    return replace(
        caller, actor=ANONYMOUS, account_id="", context="", idle_seconds=0, is_unseen=False
    )
