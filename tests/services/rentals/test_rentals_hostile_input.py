"""Wrong types, huge strings, NaN, lists: a typed refusal and nothing written, or a clean effect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.services import rentals
from tests.anything import anything, hostile, refused_without_a_trace

FIELDS = (
    "line",
    "quantity",
    "requested_for",
    "method",
    "place",
    "contact_name",
    "contact_phone",
    "notes",
    "key",
)


@hostile
@given(field=st.sampled_from(FIELDS), value=anything)
def test_one_wrong_field_of_the_form(hire, field, value):
    refused_without_a_trace(lambda: hire.ask(**{field: value}))


@hostile
@given(values=st.fixed_dictionaries(dict.fromkeys(FIELDS, anything)))
def test_all_fields_wrong_at_once(hire, values):
    refused_without_a_trace(lambda: hire.ask(**values))


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        (rentals.acknowledge, ("number", "off_rent_at", "key")),
        (rentals.schedule, ("number", "when", "note", "key")),
        (rentals.reschedule, ("number", "when", "note", "key")),
        (rentals.decline, ("number", "reason", "key")),
        (rentals.receive_return, ("number", "note", "key")),
        (rentals.check_in, ("number", "quantity", "key")),
        (rentals.cancel_request, ("number", "reason", "key")),
    ],
)
def test_decisions_take_anything_without_harm(sqlite_hire, command, fields):
    number = sqlite_hire.ask()
    good = {"number": number, "when": "2026-11-24T08:00", "reason": "No lorry", "quantity": 1}
    good |= {"note": "", "off_rent_at": "", "key": "a-key"}

    @hostile
    @given(field=st.sampled_from(fields), value=anything)
    def try_it(field, value):
        entered = {name: good[name] for name in fields} | {field: value}
        refused_without_a_trace(lambda: command(sqlite_hire.agent, **entered))

    try_it()


@hostile
@given(values=st.lists(anything, min_size=4, max_size=4))
def test_readings_take_anything(hire, values):
    first, second, third, fourth = values
    agent, owner = hire.agent, hire.owner
    refused_without_a_trace(lambda: rentals.items_out(owner, account=first))
    mine = {"search": second, "after": third}
    refused_without_a_trace(lambda: rentals.items_out(owner, account=hire.account.id, **mine))
    refused_without_a_trace(lambda: rentals.request_form(owner, line=first))
    refused_without_a_trace(lambda: rentals.request_detail(owner, number=first))
    refused_without_a_trace(lambda: rentals.queue(agent, view=fourth, kind=first, **mine))
    refused_without_a_trace(
        lambda: rentals.requests_of(owner, account=hire.account.id, after=second)
    )
