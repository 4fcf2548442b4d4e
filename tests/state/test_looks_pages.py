"""What administrators see and do on the pages of the portal's looks."""

import pytest

from portal_app import models as m
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.services import branding
from portal_app.state.branding import PortalSettingsState
from portal_app.state.looks.logo import LOGO_FORM, LogoState
from portal_app.state.looks.theme import ThemeState
from portal_app.state.looks.words import PortalFieldsState, PortalTextsState
from portal_app.state.shell import ShellState
from tests import factories as f
from tests.state.tabs import Tab


@pytest.fixture
def admin(db, clock):
    return f.sure(f.staff_actor(Role.ADMIN))


async def opened(actor, kind):
    tab = Tab(actor)
    await tab.call(kind.load)
    return tab, tab.state(kind)


def form(state, **entered):
    return {"key": state.part.key} | entered


def custom(state, **changed):
    colours = {f"{row.key}_ground": row.ground for row in state.starts}
    colours |= {f"{row.key}_ink": row.ink for row in state.starts}
    return form(state, preset="custom", heading_font="", body_font="", **(colours | changed))


@pytest.mark.requirement("S4-02")
async def test_page_shows_one_group_at_a_time(admin):
    tab = Tab(admin).at("/staff/settings/portal?group=fields")
    await tab.call(PortalSettingsState.load)
    state = tab.state(PortalSettingsState)
    assert state.group == "fields"
    await tab.call(PortalSettingsState.pick_group, "theme")
    assert state.group == "theme"
    await tab.call(PortalSettingsState.pick_group, "nothing")
    assert state.group == "running"


@pytest.mark.requirement("S4-03")
@pytest.mark.requirement("S4-07")
async def test_theme_is_seen_beforehand_and_applied_at_once(admin):
    tab, state = await opened(admin, ThemeState)
    before = branding.brand_css(ANONYMOUS, host="")
    await tab.call(ThemeState.typed, form(state, preset="plum"))
    assert "#6b3fa0" in state.sheet
    assert state.summary.startswith("Everything can be read.")
    assert branding.brand_css(ANONYMOUS, host="") == before
    await tab.call(ThemeState.apply, form(state, preset="plum"))
    assert "#6b3fa0" in branding.brand_css(ANONYMOUS, host="")
    assert tab.said == "Applied. Open pages follow at once."


@pytest.mark.requirement("S4-04")
async def test_unreadable_colours_are_refused_and_the_offer_is_taken(admin):
    tab, state = await opened(admin, ThemeState)
    bad = custom(state, panel_ground="#777777", panel_ink="#888888")
    await tab.call(ThemeState.typed, bad)
    row = next(one for one in state.rows if one.key == "panel")
    assert (row.figure, row.tone) == ("1.2 to 1", "bad")
    assert row.dark_figure.endswith(" in the dark")
    assert row.dark_tone == "good"
    assert state.summary == "1 of 12 cannot be read yet."
    await tab.call(ThemeState.apply, bad)
    assert row.offer in state.field_problems["panel_ink"]
    assert f.fetch_all(m.BrandRevision) == []
    await tab.call(ThemeState.take_offer, "panel")
    assert state.summary.startswith("Everything can be read.")
    await tab.call(ThemeState.apply, custom(state))
    assert "--pt-surface:#777777" in branding.brand_css(ANONYMOUS, host="")


@pytest.mark.requirement("S4-04")
async def test_custom_colours_are_there_again_after_a_ready_theme(admin):
    tab, state = await opened(admin, ThemeState)
    await tab.call(ThemeState.apply, custom(state, footer_ground="#0b3954", footer_ink="#ffffff"))
    await tab.call(ThemeState.apply, custom(state) | {"preset": "plum"})
    footer = next(one for one in state.starts if one.key == "footer")
    assert (footer.ground, footer.ink) == ("#0b3954", "#ffffff")
    assert not state.is_custom


@pytest.mark.requirement("S4-08")
async def test_draft_waits_until_it_is_published_and_is_rolled_back(admin):
    tab, state = await opened(admin, PortalTextsState)
    words = form(state, introduction="Welcome", is_draft="yes")
    await tab.call(PortalTextsState.apply, words)
    assert (state.part.has_draft, state.form.introduction) == (True, "Welcome")
    key = state.part.act_key
    for _press in range(2):
        await tab.call(PortalTextsState.publish_draft, key)
        assert (state.problem, tab.said) == ("", "Applied. Open pages follow at once.")
    assert branding.texts_of(ANONYMOUS, brand=admin.brand).introduction == "Welcome"
    key = state.part.act_key
    for _press in range(2):
        await tab.call(PortalTextsState.roll_back, "0", key)
        assert (state.problem, tab.said) == ("", "Rolled back. Open pages follow at once.")
    assert branding.texts_of(ANONYMOUS, brand=admin.brand).introduction != "Welcome"
    assert [(one.title, one.status) for one in state.history] == [
        ("Version 2", "In force"), ("Version 1", "Older"),
    ]  # fmt: skip
    await tab.call(PortalTextsState.roll_back, "nonsense", state.part.act_key)
    assert state.problem


@pytest.mark.requirement("S4-11")
async def test_fields_are_ticked_and_a_colleagues_change_is_not_lost(admin):
    tab, state = await opened(admin, PortalFieldsState)
    other, theirs = await opened(f.sure(f.staff_actor(Role.ADMIN)), PortalFieldsState)
    ticked = {name: "yes" for name in branding.EVERY_FIELD if name != "vehicle.mileage"}
    await tab.call(PortalFieldsState.apply, form(state, **ticked))
    assert [name for name, is_on in state.shown.items() if not is_on] == ["vehicle.mileage"]
    await other.call(PortalFieldsState.apply, form(theirs, **ticked))
    assert "colleague" in theirs.problem


@pytest.mark.requirement("S4-06")
async def test_refused_logo_is_said_beside_the_field(admin):
    tab = Tab(admin)
    caller = tab.state(LogoState)._caller
    note = {"form": LOGO_FORM, "at": tab_time(), "fields": {"logo": "Send a PNG."}}
    caller.notes["note"] = note
    await tab.call(LogoState.load)
    assert tab.state(LogoState).field_problems == {"logo": "Send a PNG."}


def tab_time():
    from portal_app.core import clock

    return clock.now().isoformat()


@pytest.mark.requirement("S4-07")
async def test_open_tab_lays_the_new_style_sheet_over_the_old_one(admin):
    reader = Tab(f.consumer_actor(f.account()))
    await reader.call(ShellState.refresh)
    assert reader.state(ShellState).shell.look == ""
    tab, state = await opened(admin, ThemeState)
    await tab.call(ThemeState.apply, form(state, preset="plum"))
    await reader.call(ShellState.refresh)
    plum = reader.state(ShellState).shell.look
    assert plum
    await tab.call(ThemeState.roll_back, "0", state.part.act_key)
    await reader.call(ShellState.refresh)
    assert reader.state(ShellState).shell.look not in ("", plum)


@pytest.mark.asvs("7.5.1")
async def test_form_keeps_what_was_chosen_when_the_confirmation_has_run_out(admin, clock):
    tab, state = await opened(admin, PortalTextsState)
    assert state.is_sure
    clock.advance(minutes=11)
    await tab.call(PortalTextsState.apply, form(state, introduction="Welcome"))
    assert state.problem.startswith("Confirm that it is you first")
    assert not state.is_sure
    await tab.call(PortalTextsState.apply, form(state, introduction="Welcome", is_draft="yes"))
    assert state.part.has_draft
