import pytest
from hypothesis import given

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.core.errors import Invalid, NotAllowed, NotFound, SwitchedOff
from portal_app.services import branding
from portal_app.services.branding import Feature
from portal_app.services.transaction import reading, transaction
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace


@pytest.fixture
def admin(any_db, clock):
    return f.staff_actor(Role.ADMIN)


def switch(admin, feature, *, is_on, key="click"):
    return branding.switch_feature(admin, feature=feature, is_on=is_on, key=key)


def is_on(brand, feature):
    with reading() as session:
        return branding.is_on(session, brand, feature)


@pytest.mark.requirement("S0-05")
def test_portal_starts_with_the_minimal_set(admin):
    customer = f.consumer_actor(f.account())
    started = branding.features_on(customer)
    assert started == {
        Feature.EDIT_PROFILE,
        Feature.CALL_OFF_RENT,
        Feature.MANAGE_METHODS,
        Feature.HOUSEHOLDS,
        Feature.MANAGE_MEMBERS,
        Feature.CASES,
    }
    shown = branding.feature_switches(admin)
    assert {one.feature for one in shown if one.is_on} == started
    assert {Feature.PAY_NOW, Feature.CHANGE_DATES, Feature.RESCHEDULE, Feature.CANCEL} <= {
        one.feature for one in shown
    }


@pytest.mark.requirement("S0-05")
def test_switch_is_in_force_at_once_for_its_own_brand_and_audited(admin):
    heard = []
    stop = live.on_announcement(heard.append)
    assert switch(admin, "pay_now", is_on=True) == "on"
    stop()
    assert is_on(admin.brand, Feature.PAY_NOW)
    assert not is_on(f.brand(key="orchard", name="Orchard").id, Feature.PAY_NOW)
    (event,) = f.fetch_all(m.AuditEvent, action="settings:feature:switched")
    assert event.detail == {"feature": "pay_now", "on": True}
    assert heard == [frozenset({f"settings:{admin.brand}"})]
    switch(admin, "pay_now", is_on=True, key="again")
    assert len(f.fetch_all(m.AuditEvent)) == 1, "what is on already is not switched again"
    switch(admin, "pay_now", is_on=False, key="off")
    assert not is_on(admin.brand, Feature.PAY_NOW)


@pytest.mark.requirement("S0-04")
@pytest.mark.requirement("S0-05")
@pytest.mark.asvs("16.3.3")
def test_forged_use_of_what_is_off_is_refused_and_written_down(admin):
    customer = f.consumer_actor(f.account())
    with pytest.raises(SwitchedOff), transaction(customer) as tx:
        tx.record(m.Action.ACCOUNT_CHANGED, "account", "would-be")
        branding.require_on(tx, Feature.CHANGE_DATES)
    (event,) = f.fetch_all(m.AuditEvent)
    assert (event.action, event.object_id) == ("access:operation:denied", "change_dates")
    assert event.actor_id == customer.user_id
    switch(admin, "change_dates", is_on=True)
    with transaction(customer) as tx:
        branding.require_on(tx, Feature.CHANGE_DATES)


def test_staff_and_the_portal_are_not_bound_by_the_switches_of_customers(admin):
    for actor in (f.staff_actor(), admin.system("test", brand=admin.brand)):
        with transaction(actor) as tx:
            branding.require_on(tx, Feature.CHANGE_DATES)


def test_what_is_not_built_stays_off_and_cannot_be_switched(admin):
    with pytest.raises(Invalid):
        switch(admin, "extend", is_on=True)
    assert Feature.EXTEND not in {one.feature for one in branding.feature_switches(admin)}


def test_only_administrators_see_and_turn_the_switches(admin):
    for actor in (f.staff_actor(Role.MANAGER), f.staff_actor(Role.AGENT)):
        with pytest.raises(NotAllowed):
            switch(actor, "pay_now", is_on=True)
        with pytest.raises(NotAllowed):
            branding.feature_switches(actor)
    for actor in (f.consumer_actor(f.account()), ANONYMOUS):
        with pytest.raises(NotFound):
            switch(actor, "pay_now", is_on=True)
        with pytest.raises(NotFound):
            branding.feature_switches(actor)
    assert not is_on(admin.brand, Feature.PAY_NOW)


@hostile
@given(feature=anything, is_on=anything, key=anything)
def test_switch_takes_anything_without_harm(admin, feature, is_on, key):
    refused_without_a_trace(
        lambda: branding.switch_feature(admin, feature=feature, is_on=is_on, key=key)
    )
