"""The feed of events for the operator's own systems (S0-14)."""

from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from portal_app.api.callers import Integration
from portal_app.core.actor import Access
from portal_app.core.errors import Invalid
from portal_app.services import events
from portal_app.state.access import access

_LARGEST = 2**63 - 1
_KNOWN = {"after", "limit"}


@access(Access.API)
def event_feed(
    request: Request,
    actor: Integration,
    after: Annotated[int, Query(ge=0, le=_LARGEST)] = 0,
    limit: Annotated[int, Query(ge=1, le=events.MOST_EVENTS)] = 100,
) -> Response:
    """Answer with the events after a sequence number, oldest first."""
    asked = [name for name, _ in request.query_params.multi_items()]
    if odd := sorted({name for name in asked if name not in _KNOWN or asked.count(name) > 1}):
        raise Invalid(**dict.fromkeys(odd, "Give after and limit, each once, and nothing else."))
    page = events.event_feed(actor, after=after, limit=limit)
    answer = {
        "events": list(page.events),
        "next_after": page.next_after,
        "has_more": page.has_more,
    }
    return JSONResponse(answer, headers={"cache-control": "no-store"})


READS = {"/events": event_feed}
