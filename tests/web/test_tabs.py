"""What a tab has shown does not stay on the server once its session is over."""

from types import SimpleNamespace

import pytest
import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from starlette.datastructures import Headers

from portal_app.core.actor import ANONYMOUS, Actor
from portal_app.services.identity import Caller
from portal_app.state.base import PortalState
from portal_app.state.billing.summary import AccountSummaryState, SummaryView
from portal_app.web import gate as edge
from portal_app.web import tabs
from portal_app.web.gate import Gate, PageAccess
from portal_app.web.headers import PagePolicies
from portal_app.web.packets import SESSION_ENDED

SCOPE = {"type": "websocket", "path": "/_event/", "query_string": b"token=mine&EIO=4"}


@pytest.mark.asvs("14.2.2")
async def test_a_tab_that_is_emptied_holds_nothing_of_anybody():
    app = SimpleNamespace(state_manager=StateManagerMemory())
    token = rx.BaseStateToken(ident="tab-1", cls=rx.State)
    async with app.state_manager.modify_state(token) as state:
        (await state.get_state(AccountSummaryState)).view = SummaryView(account="Account 30211")
        portal = await state.get_state(PortalState)
        portal._caller = Caller(Actor(name="Rosa Lindqvist"), account_id="a-1")
    await tabs.empty(app, "tab-1")
    state = await app.state_manager.get_state(token)
    assert (await state.get_state(AccountSummaryState)).view == SummaryView()
    assert (await state.get_state(PortalState))._caller.actor == ANONYMOUS
    assert (await state.get_state(PortalState))._caller.account_id == ""
    await app.state_manager.close()


@pytest.mark.asvs("14.2.2")
@pytest.mark.parametrize("is_over", [True, False])
async def test_the_gate_empties_the_tab_of_a_session_that_is_over_and_no_other(
    monkeypatch, is_over
):
    emptied, sent = [], []

    async def inside(scope, receive, _send):
        if is_over:
            gate.end_sockets({"s-1"})
        assert (await receive())["type"] == "websocket.disconnect"

    async def receive():
        if is_over:
            await edge.asyncio.sleep(30)
        return {"type": "websocket.disconnect", "code": 1000}

    async def send(message):
        sent.append(message.get("code"))

    async def known(_headers):
        return Caller(Actor(), session_id="s-1", token_hash="hash")

    async def empty(tab):
        emptied.append(tab)

    monkeypatch.setattr(edge, "_caller_of", known)
    gate = Gate(inside, PageAccess({}), PagePolicies(), empty=empty)
    monkeypatch.setattr(gate, "_has_room", lambda _ip: True)
    origin = edge.settings().origins[0].encode()
    await gate({**SCOPE, "headers": [(b"origin", origin)]}, receive, send)
    _, token = tabs.bound({**SCOPE, "headers": []}, Headers(raw=[]), Caller(token_hash="hash"))
    assert emptied == ([token] if is_over else [])
    assert sent == ([SESSION_ENDED] if is_over else [])
