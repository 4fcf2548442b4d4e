"""The events that the portal answers, by the names under which they are registered."""

import inspect

from reflex_base.registry import RegistrationContext

import portal_app.portal_app  # noqa: F401 - fills the registry
from portal_app.web.frames import parameters_of
from portal_app.web.guard import INTERNAL


def short(name):
    """`…rental_state.cancel` -> `RentalState.cancel`, as the table writes it."""
    state, _, handler = name.rpartition(".")
    words = state.rpartition("____")[2].split("_")
    return f"{''.join(word.capitalize() for word in words)}.{handler}"


def operations():
    """Every event of the portal's own: its short name, and the long one."""
    registered = RegistrationContext.get().event_handlers
    return {
        short(name): name
        for name in sorted(registered)
        if name not in INTERNAL and not name.endswith(".setvar") and "portal_app" in name
    }


def long_name(ending):
    """The one long name that ends like this, such as `items_out_state.load`."""
    (found,) = [name for name in operations().values() if name.endswith(f"____{ending}")]
    return found


def parameters(name):
    """The names of what a handler takes."""
    fn = RegistrationContext.get().event_handlers[name].handler.fn
    return list(inspect.signature(fn).parameters)[1:]


SENSELESS = {bool: True, int: 7, float: 7, str: "zz"}


def junk(name):
    """A payload of the right names and kinds with senseless values: no handler may break on it."""
    return {one: SENSELESS.get(kinds[0], {}) for one, (_, kinds) in parameters_of(name).items()}
