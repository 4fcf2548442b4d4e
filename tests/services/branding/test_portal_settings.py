import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.services import branding
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace


def change(actor, key="click", version=1, **changes) -> int:
    return branding.update_settings(actor, changes=changes, version=version, key=key)


@pytest.fixture
def admin(any_db, clock):
    return f.staff_actor(Role.ADMIN)


@pytest.mark.requirement("S0-01")
def test_closed_portal_keeps_customers_out_and_staff_in(admin):
    customer = f.consumer_actor(f.account())
    assert branding.portal_state(customer, brand=admin.brand).is_open
    assert branding.is_open_to(customer)
    change(admin, is_open=False, closed_message="Back on Monday at 8.")
    assert not branding.is_open_to(customer)
    assert branding.is_open_to(admin)
    for outside in (customer, ANONYMOUS):
        door = branding.portal_state(outside, brand=admin.brand)
        assert (door.is_open, door.closed_message) == (False, "Back on Monday at 8.")
    assert branding.portal_state(f.staff_actor(), brand=admin.brand).is_open
    change(admin, key="open", version=2, is_open=True)
    assert branding.portal_state(customer, brand=admin.brand).is_open
    assert branding.is_open_to(customer)


def test_door_that_another_process_closed_is_noticed_within_a_second(admin, clock):
    customer = f.consumer_actor(f.account())
    assert branding.is_open_to(customer)
    kept = f.fetch(m.PortalSettings, brand_id=admin.brand)
    kept.is_open = False
    f._save(kept)
    clock.advance(seconds=1)
    assert not branding.is_open_to(customer)


@pytest.mark.requirement("S0-01")
def test_announcement_is_dismissed_by_each_reader_and_a_new_one_shows_again(admin):
    first, second = (f.consumer_actor(f.account()) for _ in range(2))
    change(admin, announcement="Closed on Thursday.")
    door = branding.portal_state(first, brand=admin.brand)
    assert door.announcement == "Closed on Thursday."
    branding.dismiss_announcement(first, version=door.announcement_version)
    branding.dismiss_announcement(first, version=door.announcement_version)
    assert branding.portal_state(first, brand=admin.brand).announcement == ""
    assert branding.portal_state(second, brand=admin.brand).announcement == "Closed on Thursday."
    assert len(f.fetch_all(m.AuditEvent, action="announcement:self:dismissed")) == 1
    change(admin, key="next", version=2, announcement="Open on Friday.")
    assert branding.portal_state(first, brand=admin.brand).announcement == "Open on Friday."
    with pytest.raises(Conflict):
        branding.dismiss_announcement(first, version=door.announcement_version)


@pytest.mark.requirement("S0-02")
def test_support_contact_is_what_staff_set(admin):
    assert branding.support_of(ANONYMOUS, brand=admin.brand) == branding.Support()
    change(
        admin,
        support_email="help@harbourline.example",
        support_phone="813 555 0100",
        support_hours="Mon to Fri, 7 to 5",
    )
    support = branding.support_of(ANONYMOUS, brand=admin.brand)
    assert support.email == "help@harbourline.example"
    assert (support.phone, support.hours) == ("813 555 0100", "Mon to Fri, 7 to 5")


def test_change_is_audited_by_field_name_and_open_tabs_hear_of_it(admin):
    heard = []
    stop = live.on_announcement(heard.append)
    change(admin, publish_at="03:30", announcement="")
    stop()
    (event,) = f.fetch_all(m.AuditEvent)
    assert (event.action, event.detail) == ("settings:self:changed", {"fields": ["publish_at"]})
    assert heard == [frozenset({f"settings:{admin.brand}"})]
    assert branding.settings_of(ANONYMOUS, brand=admin.brand).publish_at == "03:30"


def test_two_administrators_do_not_overwrite_each_other(admin):
    change(admin, demand_second_factor=True)
    with pytest.raises(Conflict):
        change(f.staff_actor(Role.ADMIN), key="other", announcement="Hello")
    assert change(admin, demand_second_factor=True) == 2, "the same click is answered as before"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("support_email", "not an address"),
        ("support_email", "a@b.example, c@d.example"),
        ("support_email", "a@b.example\nBcc: c@d.example"),
        ("publish_at", "24:00"),
        ("publish_at", ""),
        ("announcement", "x" * 401),
        ("is_open", "yes"),
        ("demand_second_factor", 1),
        ("changes", "unknown name"),
        ("features", {"pay_now": True}),
        ("version", 9),
    ],
)
def test_value_that_cannot_be_is_refused_by_name(admin, field, value):
    with pytest.raises(Invalid) as refusal:
        branding.update_settings(admin, changes={field: value}, version=1, key="click")
    assert set(refusal.value.fields) <= {field, "changes"}
    assert branding.settings_of(admin, brand=admin.brand).version == 1


def test_only_administrators_of_the_brand_change_its_settings(admin):
    for actor in (f.staff_actor(Role.MANAGER), f.staff_actor(Role.AGENT)):
        with pytest.raises(NotAllowed):
            change(actor, is_open=False)
    rival = f.staff_actor(Role.ADMIN, brand_id=f.brand(key="orchard", name="Orchard").id)
    change(rival, is_open=False)
    for actor in (f.consumer_actor(f.account()), ANONYMOUS):
        with pytest.raises(NotFound):
            change(actor, is_open=False)
    assert branding.settings_of(admin, brand=admin.brand).is_open


SETTINGS = st.sampled_from(["is_open", "announcement", "publish_at", "support_email", "other"])


@hostile
@given(changes=anything | st.dictionaries(SETTINGS, anything), version=anything, key=anything)
def test_settings_take_anything_without_harm(admin, changes, version, key):
    refused_without_a_trace(
        lambda: branding.update_settings(admin, changes=changes, version=version, key=key)
    )
    refused_without_a_trace(
        lambda: branding.update_settings(admin, changes=changes, version=1, key="k")
    )
    refused_without_a_trace(lambda: branding.dismiss_announcement(admin, version=version))


def test_host_chooses_the_brand_and_any_other_host_the_default(any_db, clock):
    default = f.brand(hosts=["portal.harbourline.example"])
    orchard = f.brand(key="orchard", name="Orchard", hosts=["Orchard.localhost"])

    def found(host):
        return branding.brand_for_host(ANONYMOUS, host=host).id

    assert found("orchard.localhost") == found("ORCHARD.localhost:8100") == orchard.id
    for host in ("portal.harbourline.example", "", "[::1]:8100", "evil.example", "x" * 10_000):
        assert found(host) == default.id


def test_new_host_is_known_within_seconds_and_at_once_after_a_change_of_settings(any_db, clock):
    brand = f.brand()
    assert branding.brand_for_host(ANONYMOUS, host="").name == "Harbourline"
    brand.name = "Harbourline Hire"
    f._save(brand)
    assert branding.brand_for_host(ANONYMOUS, host="").name == "Harbourline"
    clock.advance(seconds=6)
    assert branding.brand_for_host(ANONYMOUS, host="").name == "Harbourline Hire"
    brand.name = "Harbourline Tools"
    f._save(brand)
    change(f.staff_actor(Role.ADMIN), is_open=True)
    assert branding.brand_for_host(ANONYMOUS, host="").name == "Harbourline Tools"


def test_style_sheet_carries_the_brands_fonts_and_accent(any_db, clock):
    f.brand(colour="#0a7d33", body_font="Figtree")
    css = branding.brand_css(ANONYMOUS, host="whatever")
    assert '"Figtree"' in css
    assert "--accent-9:" in css


def test_portal_without_a_brand_says_so(any_db, clock):
    with pytest.raises(NotFound, match="not been set up"):
        branding.brand_for_host(ANONYMOUS, host="localhost")
