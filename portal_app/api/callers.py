"""Who is asking the API: one of the operator's systems, by its token, at most so often."""

from typing import Annotated

from fastapi import Depends, Request

from portal_app import wiring
from portal_app.api.failures import Unknown
from portal_app.core.actor import Actor
from portal_app.services import events, limit_table, limits

_SCHEME = "bearer "
_LONGEST_HEADER = 200


def integration(request: Request) -> Actor:
    """Return the system that the request's token lets in; raises `Unknown` for anybody else.

    A cookie counts for nothing here, so no page of another site can ask in somebody's name.
    """
    sent = request.headers.getlist("authorization")
    value = sent[0] if len(sent) == 1 else ""
    is_bearer = value[: len(_SCHEME)].lower() == _SCHEME and len(value) <= _LONGEST_HEADER
    token = value[len(_SCHEME) :].strip() if is_bearer else ""
    actor = events.integration_for(token)
    if actor is None:
        raise Unknown
    limits.count(wiring.rate_limiter(), (limit_table.API_TOKEN, actor.user_id))
    return actor


Integration = Annotated[Actor, Depends(integration)]
