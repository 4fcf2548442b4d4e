"""What pages begin with is the same in all sessions: nobody may be able to write into it."""

import pickle
from dataclasses import dataclass, field, is_dataclass

import pytest
from reflex.state import BaseState

from portal_app import portal_app as application
from portal_app.state.base import PortalState
from portal_app.state.billing.summary import AccountSummaryState, SummaryView
from portal_app.web import defaults
from portal_app.web.defaults import FixedDict, FixedList, share


def every(state: type[BaseState]):
    yield state
    for inner in state.get_substates():
        yield from every(inner)


def test_every_view_that_a_state_begins_with_is_shared_and_firm():
    assert application.app
    views = [
        (kind.get_fields()[name].default_value(), kind.get_fields()[name].default_value())
        for kind in every(PortalState)
        for name in kind.base_vars
        if is_dataclass(kind.get_fields()[name].default_value())
    ]
    assert len(views) > 90
    assert all(first is second for first, second in views)


def test_nothing_can_be_written_into_what_others_begin_with():
    state = AccountSummaryState(_reflex_internal_init=True)
    with pytest.raises(TypeError, match="every session"):
        state.view.tasks.append("Somebody else's")
    with pytest.raises(TypeError, match="every session"):
        state.view.tasks += ["Somebody else's"]
    assert AccountSummaryState(_reflex_internal_init=True).view == SummaryView()
    state.view = SummaryView(account="Mine")
    assert AccountSummaryState(_reflex_internal_init=True).view.account == ""


@pytest.mark.parametrize("name", ["append", "extend", "insert", "remove", "pop", "clear", "sort"])
def test_a_firm_list_refuses_every_change(name):
    with pytest.raises(TypeError, match="replace the view"):
        getattr(FixedList([1]), name)(0)


@pytest.mark.parametrize("name", ["update", "setdefault", "pop", "popitem", "clear"])
def test_a_firm_mapping_refuses_every_change(name):
    with pytest.raises(TypeError, match="replace the view"):
        getattr(FixedDict({"a": 1}), name)("a")


def test_what_is_kept_in_another_process_is_plain_again():
    kept = pickle.loads(pickle.dumps([FixedList([1]), FixedDict({"a": FixedList([2])})]))
    assert kept == [[1], {"a": [2]}]
    assert [type(one) for one in (*kept, kept[1]["a"])] == [list, dict, list]


@dataclass
class Loose:
    words: str = ""


@dataclass(frozen=True)
class Odd:
    words: object = field(default_factory=set)


@pytest.mark.parametrize("view", [Loose(), Odd()])
def test_a_view_that_could_be_changed_is_refused_at_the_start(view):
    with pytest.raises(TypeError):
        defaults._firm(view)


def test_sharing_twice_changes_nothing():
    before = AccountSummaryState.get_fields()["view"].default_value()
    share(PortalState)
    assert AccountSummaryState.get_fields()["view"].default_value() is before
