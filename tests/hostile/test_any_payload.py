"""Whatever a browser sends to a handler, over the raw socket: it is answered or refused, and the
portal never meets a failure of its own. A new handler joins by itself."""

import json
import shutil
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from websockets.exceptions import ConnectionClosed

from portal_app.core.actor import Access
from portal_app.models import Action, AuditEvent
from portal_app.web.frames import parameters_of
from portal_app.web.guard import INTERNAL
from tests.anything import scalars, text
from tests.factories import fetch_all
from tests.people import SignedIn, database_at
from tests.permissions.operations import operations
from tests.permissions.table import OPERATIONS
from tests.permissions.world import World, build
from tests.portal_server import PortalServer, running
from tests.tab import Tab, was_refused

# Reflex's own events as well: they come over the same socket, from anybody.
HANDLERS = {**operations(), **{name.rpartition(".")[2]: name for name in INTERNAL}}
# What the browser's JSON can carry: no bytes.
sendable = scalars.filter(lambda value: not isinstance(value, bytes))
anything: st.SearchStrategy[Any] = st.recursive(
    sendable, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3)
)
FIELDS = st.sampled_from(
    ["key", "number", "account", "line", "version", "quantity", "when", "note", "reason", "phone",
     "email", "postal_code", "question", "answer", "article", "announcement", "is_open",
     "publish_at", "contact_name", "contact_phone", "method", "place", "step", "requested_for"]
)  # fmt: skip
WHO = {
    Access.PUBLIC: ("", "owner", "admin"),
    Access.SIGNED_IN: ("owner", "admin"),
    Access.CONSUMER: ("owner",),
    Access.PARTY: ("owner",),
    Access.STAFF: ("agent", "admin"),
    Access.MANAGER: ("manager",),
    Access.ADMIN: ("admin",),
}
FEW = settings(
    max_examples=12,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


MANY = settings(FEW, max_examples=150)


class Browsers:
    """A tab for each person, opened anew when the server has closed it."""

    def __init__(self, server: PortalServer, people: dict[str, SignedIn]) -> None:
        self.server, self.people = server, people
        self.tabs: dict[str, Tab] = {}

    def send(self, who: str, name: str, payload: Any) -> list[Any]:
        """Send an event and return what came of it; a closed socket is an answer too."""
        try:
            return self._tab(who).send(name, payload)
        except ConnectionClosed:
            self.tabs.pop(who).close()
            return []

    def raw(self, who: str, frame: str) -> list[Any]:
        """Send a frame as it is."""
        try:
            self._tab(who).raw(frame)
            return self._tab(who)._until_settled()
        except ConnectionClosed:
            self.tabs.pop(who).close()
            return []

    def _tab(self, who: str) -> Tab:
        if who not in self.tabs:
            cookie = self.people[who].cookie if who else ""
            self.tabs[who] = Tab(self.server, cookie=cookie)
            self.tabs[who].open("/sign-in")
        return self.tabs[who]

    def close(self) -> None:
        for tab in self.tabs.values():
            tab.close()


@pytest.fixture(scope="module")
def browsers(sqlite_template, tmp_path_factory) -> Generator[Browsers]:
    folder = tmp_path_factory.mktemp("payloads")
    shutil.copy(sqlite_template, folder / "portal.db")
    url = f"sqlite:///{folder / 'portal.db'}"
    world: World = build(url)
    with running(url, folder, PORTAL_JOBS="off") as server:
        made = Browsers(server, world.people)
        yield made
        made.close()


OF_KIND = {
    str: text | st.sampled_from(["1", "2026-11-24T09:00", "open", "pickup", "switch_on"]),
    bool: st.booleans(),
    int: st.integers(),
    dict: st.dictionaries(FIELDS | text, text | anything, max_size=5)
    | st.fixed_dictionaries({FORM_DATA_ENTRIES_KEY: st.lists(st.tuples(FIELDS, text | anything))}),
    list: st.lists(text, max_size=3),
    type(None): st.none(),
}


def payloads(name: str) -> st.SearchStrategy[Any]:
    """Senseless values of the right kinds; of any kind; under wrong names, or no names at all."""
    parameters = parameters_of(HANDLERS[name])
    fitting = st.fixed_dictionaries({
        argument: st.one_of(*(OF_KIND[kind] for kind in kinds))
        for argument, (_, kinds) in parameters.items()
    })  # fmt: skip
    named = st.fixed_dictionaries(dict.fromkeys(parameters, anything))
    misnamed = st.dictionaries(text, anything, max_size=3)
    return fitting | fitting | fitting | named | misnamed | anything


@pytest.mark.asvs("2.2.2")
def test_any_frame_is_answered_without_a_failure(browsers):
    before = len(browsers.server.logged())
    known = st.sampled_from(sorted(HANDLERS.values()))
    places = st.dictionaries(st.sampled_from(["pathname", "asPath", "query"]), anything)
    events = st.fixed_dictionaries(
        {"name": known | text, "payload": st.just({}) | anything, "router_data": places | anything}
    )

    @MANY
    @given(st.sampled_from(["", "owner"]), events | anything)
    def send(who, event):
        frames = browsers.raw(who, "42/_event," + json.dumps(["event", event]))
        assert "on our side" not in str(frames)

    send()
    written = browsers.server.logged()[before:]
    assert "unexpected failure" not in written
    assert "Traceback" not in written


# Not those that begin with 1: by them a tab says that it hangs up itself.
NO_PACKETS = st.sampled_from(
    ["42/_event,[", '42/_event,["event"]', '42/_event,["event",[],{}]', "49", "42{}", "7", "4",
     "4x", '42/_event,["_call"]', "42/elsewhere,[]", '45/_event,1-["x"]', "43/_event,9[]", "\x00"]
) | st.text(max_size=40).filter(lambda text: not text.startswith("1"))  # fmt: skip


@pytest.mark.asvs("2.2.2")
def test_what_is_no_packet_at_all_closes_the_socket_at_most(browsers):
    before = len(browsers.server.logged())

    @settings(FEW, max_examples=60)
    @given(NO_PACKETS)
    def send(packet):
        browsers.raw("", packet)

    send()
    assert "Traceback" not in browsers.server.logged()[before:]


def refusals(server):
    with database_at(server.database):
        return [each.object_id for each in fetch_all(AuditEvent, action=Action.ACCESS_DENIED)]


@pytest.mark.asvs("16.3.2")
def test_what_nobody_may_send_is_refused_and_written_down_whatever_it_carries(browsers):
    setter = next(n for n in RegistrationContext.get().event_handlers if n.endswith(".setvar"))
    for payload in ({}, {"var_name": "notice"}, {"vars": {"a": 1}}, {"x": [float("nan")]}):
        before = refusals(browsers.server)
        assert was_refused(browsers.send("billing", setter, payload))
        assert refusals(browsers.server) == [*before, "state.setvar"]


@pytest.mark.asvs("2.2.2")
@pytest.mark.parametrize("name", sorted(HANDLERS))
def test_any_payload_is_answered_without_a_failure(browsers, name):
    before = len(browsers.server.logged())

    @FEW
    @given(st.sampled_from(WHO[OPERATIONS.get(name, Access.PUBLIC)]), payloads(name))
    def ask(who: str, payload: Any) -> None:
        frames = browsers.send(who, HANDLERS[name], payload)
        assert "on our side" not in str(frames)

    ask()
    written = browsers.server.logged()[before:]
    assert "unexpected failure" not in written
    assert "Traceback" not in written
