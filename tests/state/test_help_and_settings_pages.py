import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.core.ids import new_id
from portal_app.services import branding, help_pages
from portal_app.state.branding import FeaturesState, PortalSettingsState
from portal_app.state.help_pages import HelpEditorState, HelpState
from portal_app.state.rentals.items_out import ItemsOutState
from tests import factories as f
from tests.services.rentals.conftest import make_hire
from tests.state.tabs import Tab


@pytest.fixture
def admin(db, clock):
    return f.staff_actor(Role.ADMIN)


def settings_form(state, **entered):
    kept = {name: getattr(state.settings, name) for name in ("version", "key")}
    words = ("closed_message", "announcement", "support_email", "support_phone", "support_hours")
    kept |= {name: getattr(state.settings, name) for name in (*words, "publish_at")}
    return kept | {"is_open": "yes"} | entered


@pytest.mark.requirement("S0-02")
async def test_support_address_from_the_settings_page_is_on_the_help_page(admin):
    tab = Tab(admin)
    await tab.call(PortalSettingsState.load)
    state = tab.state(PortalSettingsState)
    await tab.call(
        PortalSettingsState.save, settings_form(state, support_email="help@harbourline.example")
    )
    assert tab.said == "Saved. It is in force now."
    reader = Tab(ANONYMOUS)
    await reader.call(HelpState.load)
    assert reader.state(HelpState).contact.mailto == "mailto:help@harbourline.example"


@pytest.mark.requirement("S0-01")
async def test_unticked_box_closes_the_portal(admin):
    tab = Tab(admin)
    await tab.call(PortalSettingsState.load)
    state = tab.state(PortalSettingsState)
    form = settings_form(state, closed_message="Back on Monday.")
    del form["is_open"]
    await tab.call(PortalSettingsState.save, form)
    door = branding.portal_state(ANONYMOUS, brand=admin.brand)
    assert (door.is_open, door.closed_message) == (False, "Back on Monday.")
    assert state.settings.is_open is False


async def test_refused_settings_keep_the_form_and_change_nothing(admin):
    tab = Tab(admin)
    await tab.call(PortalSettingsState.load)
    state = tab.state(PortalSettingsState)
    key = state.settings.key
    wrong = settings_form(state, support_email="nobody", publish_at="late", announcement="Hello")
    await tab.call(PortalSettingsState.save, wrong)
    assert set(state.field_problems) == {"support_email", "publish_at"}
    assert state.settings.key == key, "a new key would make the browser draw the form anew"
    assert branding.settings_of(admin, brand=admin.brand).announcement == ""
    for odd in (None, [], {"version": ["1"]}, {"version": "9" * 50, "key": "k"}):
        await tab.call(PortalSettingsState.save, odd)
        assert state.problem or state.field_problems


@pytest.mark.requirement("S0-03")
async def test_question_is_written_published_found_and_taken_back(admin):
    editor, reader = Tab(admin), Tab(f.consumer_actor(f.account()))
    await editor.call(HelpEditorState.load)
    await editor.call(HelpEditorState.write)
    state = editor.state(HelpEditorState)
    form = {"key": state.form.key, "question": "When do you open?", "answer": "At seven."}
    await editor.call(HelpEditorState.save, form | {"audience": "consumer", "is_published": "yes"})
    assert (state.form.is_open, [row.status for row in state.rows]) == (False, ["Published"])
    await reader.call(HelpState.load)
    await reader.call(HelpState.look_for, "SEVEN")
    help_page = reader.state(HelpState)
    assert [answer.question for answer in help_page.answers] == ["When do you open?"]
    await editor.call(HelpEditorState.edit, state.rows[0].id)
    again = {"article": state.form.id, "version": state.form.version, "key": state.form.key}
    await editor.call(HelpEditorState.save, form | again | {"audience": "consumer"})
    await reader.call(HelpState.refresh)
    assert help_page.answers == []
    await editor.call(HelpEditorState.delete, state.rows[0].id)
    assert state.rows == []


async def test_refused_question_stays_open(admin):
    editor = Tab(admin)
    await editor.call(HelpEditorState.write)
    state = editor.state(HelpEditorState)
    await editor.call(HelpEditorState.save, {"key": state.form.key, "question": "Why?"})
    assert set(state.field_problems) == {"answer", "audience"}
    assert state.form.is_open
    for odd in (None, [], {"version": "x"}):
        await editor.call(HelpEditorState.save, odd)
    # More digits than Python reads as a number: a form that is out of date, no fault of ours.
    article = {"article": new_id(), "question": "Why?", "answer": "So.", "audience": "consumer"}
    await editor.call(HelpEditorState.save, article | {"version": "9" * 5000, "key": "k"})
    assert state.problem and "our side" not in state.problem
    await editor.call(HelpEditorState.move, ["x"], "up", {})
    await editor.call(HelpEditorState.edit, None)
    assert f.fetch_all(m.HelpArticle) == []


async def test_host_decides_whose_help_a_visitor_reads(admin):
    orchard = f.brand(key="orchard", name="Orchard", hosts=["orchard.localhost"])
    writer = f.staff_actor(Role.MANAGER, brand_id=orchard.id)
    given = {"answer": "Yes.", "is_published": True, "key": "k"}
    help_pages.save_article(writer, question="Do you sell trees?", **given)
    for host, expected in (("orchard.localhost:8100", ["Do you sell trees?"]), ("localhost", [])):
        visitor = Tab(ANONYMOUS, host=host)
        await visitor.call(HelpState.load)
        assert [one.question for one in visitor.state(HelpState).answers] == expected


@pytest.mark.requirement("S0-05")
async def test_switch_takes_effect_in_a_customers_open_page(admin):
    hire = make_hire()
    customer = Tab(hire.owner, hire.account.id)
    await customer.call(ItemsOutState.load)
    shown = customer.state(ItemsOutState)
    assert shown.rows[0].off_rent_href
    heard = {watcher.event for watcher in live.watchers([f"settings:{admin.brand}"])}
    assert any("items_out_state.refresh" in event for event in heard)
    tab = Tab(admin)
    await tab.call(FeaturesState.load)
    rows = {row.feature: row for row in tab.state(FeaturesState).rows}
    assert rows["call_off_rent"].is_on
    assert not rows["pay_now"].is_on
    await tab.call(FeaturesState.switch_off, "call_off_rent", rows["call_off_rent"].key)
    assert tab.said == "It is off now."
    await customer.call(ItemsOutState.refresh)
    assert not shown.rows[0].off_rent_href
    await tab.call(FeaturesState.switch_on, "pay_now", rows["pay_now"].key)
    assert {row.feature for row in tab.state(FeaturesState).rows if row.is_on} >= {"pay_now"}
    for odd in (None, [], {}, "zz"):
        await tab.call(FeaturesState.switch_on, odd, "key")
    assert set(tab.state(FeaturesState).field_problems) == {"feature"}
