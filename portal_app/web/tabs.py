"""A tab's own state on the server: tied to the session that opened it, emptied with its end."""

from typing import Any
from urllib.parse import parse_qs, urlencode

import reflex as rx
from starlette.datastructures import Headers
from starlette.types import Scope

from portal_app.core.secrets import bind
from portal_app.core.settings import settings
from portal_app.services.identity import Caller

_LONGEST = 100


def bound(scope: Scope, headers: Headers, caller: Caller) -> tuple[Scope, str]:
    """Tie the tab's own token to the session, and keep the cookie from going any further.

    Whoever presents a tab's token without its cookie gets a tab of their own; so does a browser
    whose link is over, lest it be told again what it was shown. Returns the token under which the
    state is kept as well.
    """
    owner = "" if caller.ended_link else caller.token_hash
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    key = settings().secret_key.get_secret_value()
    token = bind(key, "tab", query.get("token", [""])[0][:_LONGEST], owner)
    asked = urlencode({**query, "token": [token]}, doseq=True).encode()
    kept = [(k, v) for k, v in headers.raw if k.lower() not in {b"cookie", b"authorization"}]
    kept.append((b"cookie", f"ref={caller.token_hash}".encode()))
    return {**scope, "headers": kept, "query_string": asked}, token


async def empty(app: Any, token: str) -> None:
    """Leave nothing of what a tab has shown where it is kept, in this process or in Redis."""
    async with app.state_manager.modify_state(
        rx.BaseStateToken(ident=token, cls=rx.State)
    ) as state:
        state.reset()
