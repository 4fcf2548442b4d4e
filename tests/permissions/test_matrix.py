"""Every operation by every kind of caller, over the raw socket: what the table says, happens."""

import inspect

import pytest
from reflex_base.registry import RegistrationContext

import portal_app.portal_app  # noqa: F401 - fills the registry
from portal_app.core.actor import Access
from portal_app.web.guard import INTERNAL
from tests.permissions.table import OPERATIONS
from tests.results import record
from tests.tab import Tab, was_refused

CALLERS = {
    "anonymous": set(),
    "owner": {Access.SIGNED_IN, Access.CONSUMER},
    "former": {Access.SIGNED_IN, Access.CONSUMER},
    "stranger": {Access.SIGNED_IN, Access.CONSUMER},
    "agent": {Access.SIGNED_IN, Access.STAFF},
    "manager": {Access.SIGNED_IN, Access.STAFF, Access.MANAGER},
    "admin": {Access.SIGNED_IN, Access.STAFF, Access.MANAGER, Access.ADMIN},
}
_cells = {"executed": 0, "wrong": 0}


def short(name):
    """`…rental_state.cancel` -> `RentalState.cancel`, as the table writes it."""
    state, _, handler = name.rpartition(".")
    words = state.rpartition("____")[2].split("_")
    return f"{''.join(word.capitalize() for word in words)}.{handler}"


def operations():
    registered = RegistrationContext.get().event_handlers
    return {
        short(name): name
        for name in registered
        if name not in INTERNAL and not name.endswith(".setvar") and "portal_app" in name
    }


def junk(name):
    """A payload of the right names and senseless values: nobody's handler may break on it."""
    fn = RegistrationContext.get().event_handlers[name].handler.fn
    parameters = list(inspect.signature(fn).parameters)[1:]
    return {parameter: {} if parameter == "form" else "zz" for parameter in parameters}


@pytest.mark.asvs("8.2.1")
def test_the_table_names_every_operation_and_no_other():
    assert set(OPERATIONS) == set(operations())


@pytest.mark.asvs("8.2.1")
@pytest.mark.asvs("7.2.1")
@pytest.mark.parametrize("caller", CALLERS)
def test_each_operation_is_allowed_or_refused_as_the_table_says(world_portal, caller):
    server, world = world_portal
    cookie = world.people[caller].cookie if caller in world.people else ""
    wrong = []
    with Tab(server, cookie=cookie) as tab:
        tab.open("/sign-in")
        for operation, name in sorted(operations().items()):
            allowed = OPERATIONS[operation] in {Access.PUBLIC, *CALLERS[caller]}
            frames = tab.send(name, junk(name))
            _cells["executed"] += 1
            if was_refused(frames) is allowed or "on our side" in str(frames):
                wrong.append((operation, "allowed" if allowed else "refused", str(frames)[:300]))
    _cells["wrong"] += len(wrong)
    record("matrix", _cells)
    assert wrong == []
