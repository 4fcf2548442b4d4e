"""Pages that several states fill: each is told of changes on its own."""

import inspect
import re
import sys

import pytest

from portal_app.routes import ROUTES


def owners(route):
    """Return the states that fill a page and follow what changes."""
    for event in route.opening:
        fill = getattr(event, "handler", event).fn
        state = getattr(sys.modules[fn_module(fill)], fill.__qualname__.partition(".")[0], None)
        if state is not None and "_watch(" in inspect.getsource(state):
            yield state


def fn_module(fill):
    return inspect.unwrap(fill).__module__


def part_of(state):
    """Return under which name a state follows: a second one under the same name ends the first."""
    given = re.search(r"_watch\([^)]*part=\"(\w+)\"", inspect.getsource(state))
    return given[1] if given else state._part


SEVERAL = [route for route in ROUTES if len(route.opening) > 1]


@pytest.mark.parametrize("route", SEVERAL, ids=lambda route: route.path)
def test_states_that_fill_a_page_together_do_not_end_one_anothers_following(route):
    parts = [part_of(state) for state in owners(route)]
    assert len(parts) == len(set(parts))
