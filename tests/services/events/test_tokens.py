from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given

from portal_app import models as m
from portal_app.core.actor import Access, Actor, ActorKind, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.services import events
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace
from tests.services.events.conftest import emit, fresh_key, sure_admin


def make(admin, name="The CRM", key=""):
    return events.create_token(admin, name=name, key=key or fresh_key())


def read(made, **asked):
    return events.event_feed(events.integration_for(made.value), **asked)


@pytest.mark.requirement("S0-14")
def test_system_with_a_token_reads_the_events_of_its_brand_in_order(admin):
    rival = f.brand(key="orchard", name="Orchard").id
    first, _, second = emit(admin.brand, after={"a": "b"}), emit(rival), emit(admin.brand)
    page = read(make(admin))
    assert [event["id"] for event in page.events] == [first, second]
    assert page.events[0]["subject"] == {"type": "person", "external_id": "P-1"}
    assert page.events[0]["data"] == {"after": {"a": "b"}}
    assert not page.has_more


@pytest.mark.requirement("S0-14")
def test_reading_on_from_the_last_number_misses_none_and_repeats_none(admin):
    written = [emit(admin.brand) for _ in range(7)]
    token, seen, after = make(admin), [], 0
    while True:
        page = read(token, after=after, limit=3)
        seen += [event["id"] for event in page.events]
        after = page.next_after
        if not page.has_more:
            break
    assert seen == written
    later = emit(admin.brand)
    assert [event["id"] for event in read(token, after=after).events] == [later]
    assert read(token, after=after + 1).next_after == after + 1


@pytest.mark.requirement("S0-14")
def test_events_of_many_writers_appear_in_the_order_of_their_numbers(admin):
    token, seen, after = make(admin), [], 0
    caller = events.integration_for(token.value)
    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(emit, admin.brand) for _ in range(60)]
        while not all(each.done() for each in writing):
            page = events.event_feed(caller, after=after)
            seen += [event["id"] for event in page.events]
            after = page.next_after
    seen += [event["id"] for event in events.event_feed(caller, after=after).events]
    assert sorted(seen) == sorted(each.result() for each in writing)
    assert len(set(seen)) == 60


@pytest.mark.asvs("11.5.1")
def test_value_of_a_token_is_shown_once_and_kept_nowhere(admin):
    made = make(admin, key="click")
    kept = f.fetch(m.ApiToken)
    assert made.value not in str(kept.model_dump())
    assert made.value.endswith(kept.hint)
    assert made.value not in str([event.detail for event in f.fetch_all(m.AuditEvent)])
    with pytest.raises(Conflict):
        make(admin, key="click")
    assert len(f.fetch_all(m.ApiToken)) == 1
    assert [token.name for token in events.connections(admin).tokens] == ["The CRM"]


@pytest.mark.asvs("7.4.1")
def test_revoked_token_opens_nothing_from_that_moment_on(admin):
    made = make(admin)
    assert events.integration_for(made.value) is not None
    events.revoke_token(admin, token=made.id, key="off")
    events.revoke_token(admin, token=made.id, key="off")
    assert events.integration_for(made.value) is None
    assert events.connections(admin).tokens == ()
    assert len(f.fetch_all(m.AuditEvent, action="api_token:self:revoked")) == 1


@pytest.mark.parametrize("token", ["", "cpt_", "cpt_wrong", "Bearer", "x" * 500, "\x00"])
def test_unknown_token_is_nobody(admin, token):
    make(admin)
    assert events.integration_for(token) is None


@pytest.mark.asvs("8.2.1")
def test_token_reaches_only_as_far_as_its_scopes(admin):
    caller = events.integration_for(make(admin).value)
    for access in Access:
        assert caller.has(access) is (access in (Access.PUBLIC, Access.API))
    with pytest.raises(NotAllowed):
        events.event_feed(replace(caller, scopes=frozenset()))
    for actor in (admin, f.consumer_actor(f.account()), Actor(), Actor.system("x")):
        with pytest.raises(NotFound):
            events.event_feed(actor)
    with pytest.raises(NotFound):
        events.connections(caller)


@pytest.mark.asvs("7.5.1")
def test_only_administrators_who_have_confirmed_who_they_are_make_tokens(admin):
    hurried = replace(admin, stepped_up_until=None)
    for actor in (hurried, f.staff_actor(Role.MANAGER), f.staff_actor()):
        with pytest.raises(NotAllowed):
            make(actor)
    for actor in (f.consumer_actor(f.account()), Actor()):
        with pytest.raises(NotFound):
            make(actor)
        with pytest.raises(NotFound):
            events.connections(actor)
    rival = sure_admin(brand_id=f.brand(key="orchard", name="Orchard").id)
    made = make(admin)
    with pytest.raises(NotFound):
        events.revoke_token(rival, token=made.id, key="x")
    assert events.integration_for(made.value) is not None
    events.revoke_token(hurried, token=made.id, key="y")
    assert events.integration_for(made.value) is None, "closing a door needs no second proof"


def test_use_of_a_token_is_noted_once_a_minute(admin, clock):
    made = make(admin)
    events.integration_for(made.value)
    first = f.fetch(m.ApiToken).last_used_at
    clock.advance(seconds=30)
    events.integration_for(made.value)
    assert f.fetch(m.ApiToken).last_used_at == first
    clock.advance(seconds=31)
    events.integration_for(made.value)
    assert f.fetch(m.ApiToken).last_used_at > first


@pytest.mark.parametrize(
    "asked", [{"after": -1}, {"after": 2**63}, {"limit": 0}, {"limit": 501}, {"after": "1"}]
)
def test_feed_is_asked_for_within_bounds(admin, asked):
    with pytest.raises(Invalid):
        read(make(admin), **asked)


@hostile
@given(value=anything, key=anything)
def test_tokens_take_anything_without_harm(admin, value, key):
    refused_without_a_trace(lambda: events.create_token(admin, name=value, key=key))
    refused_without_a_trace(lambda: events.revoke_token(admin, token=value, key=key))
    caller = Actor(ActorKind.INTEGRATION, brand=admin.brand, scopes=frozenset({"events:read"}))
    refused_without_a_trace(lambda: events.event_feed(caller, after=value, limit=key))
