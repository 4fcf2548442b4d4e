"""The staff gallery shows the whole design system: each component in each state with a name."""

import inspect
import json
import re
import sys
from collections import Counter, defaultdict
from typing import get_args

import pytest

from docs.make import ROOT
from portal_app import components as ui
from portal_app.components.skeletons import Kind
from portal_app.pages.staff.gallery import gallery

# They stand once around every page, the gallery's own page as well: a second one would be a second
# landmark, a second way past the navigation, or a second sender of commands.
FRAME = {
    "app_frame": "holds the page itself",
    "auth_frame": "holds a door's page, in place of the other frame",
    "skip_link": "leads to the one main part",
    "brand_mark": "leads to the start page, first in the frame",
    "side_nav": "is the navigation",
    "nav_item": "stands in the navigation",
    "tab_bar": "is the navigation of a phone",
    "tab_item": "stands in the navigation of a phone",
    "account_menu": "has an id that the frame uses",
    "menu_submit": "would send the frame's form, and sign whoever presses it out",
    "page_footer": "closes the page",
    "bridge": "hands the state's commands to the browser, each once",
}
STATUS = {"good", "warn", "bad", "info", "neutral"}
BUTTONS = {"", "primary", "danger", "quiet"}
STATES = [
    ("skeleton", "kind", set(get_args(Kind))),
    ("button", "tone", BUTTONS),
    ("button", "busy", {False, True}),
    ("button", "disabled", {False, True}),
    ("button", "small", {False, True}),
    ("link_button", "tone", {"", "primary"}),
    ("status_tag", "tone", STATUS),
    ("alert", "tone", STATUS),
    ("banner", "tone", {"good", "warn", "bad", "info"}),
    ("timeline_item", "tone", {"", "now", "good", "bad", "warn", "info"}),
    ("way", "tone", {"", "good"}),
    ("menu_item", "tone", {"", "danger"}),
    ("message", "side", {"own", "team", "other", "note", "happened"}),
    ("autosave", "kind", {"input", "textarea", "select"}),
    ("checklist_item", "done", {False, True}),
    ("switch", "is_on", {False, True}),
    ("fold", "is_open", {False, True}),
    ("loading", "is_loaded", {False, True}),
    ("load_more", "busy", {False, True}),
    ("framed_document", "narrow", {False, True}),
    ("data_table", "stackable", {False, True}),
]


@pytest.fixture(scope="module")
def shown():
    """Build the gallery, and note each component that has a part in it with what it was given."""
    names = {
        part.__code__: name for name in ui.__all__ if inspect.isfunction(part := getattr(ui, name))
    }
    calls = defaultdict(list)

    def look(frame, event, _):
        if event == "call" and frame.f_code in names:
            calls[names[frame.f_code]].append(dict(frame.f_locals))

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        page = gallery()
    finally:
        sys.setprofile(before)
    return calls, json.dumps(page.render(), default=str)


def test_the_gallery_shows_every_component(shown):
    calls, _ = shown
    assert set(ui.__all__) - set(calls) == set(FRAME)


@pytest.mark.parametrize(("name", "what", "values"), STATES, ids=[f"{s[0]}-{s[1]}" for s in STATES])
def test_the_gallery_shows_every_state(shown, name, what, values):
    calls, _ = shown
    given = {call[what] for call in calls[name] if isinstance(call[what], str | bool)}
    assert values <= given, f"{name} without {what} {values - given}"


@pytest.mark.parametrize("piece", ["btn", "tag", "alert", "notice", "way", "dot"])
def test_every_look_of_the_stylesheet_is_in_the_gallery(shown, piece):
    """A tone that is added there is added here."""
    sheet = (ROOT / "assets/portal.css").read_text()
    looks = set(re.findall(rf"\.{piece}\.([a-z]+)", sheet))
    # The first holds a place until the brand's words are there, the second fills a door's width.
    looks -= {"waiting", "full"}
    found = re.findall(r'className:\\"([^"\\]+)\\"', shown[1])
    worn = {look for one in found if piece in one.split() for look in one.split()}
    assert looks and looks <= worn, looks - worn


def test_no_id_of_the_gallery_is_there_twice_and_its_controls_have_their_words(shown):
    made = shown[1]
    ids = Counter(re.findall(r'(?<![-\w])id:\\"([^"\\]+)\\"', made))
    assert [one for one, count in ids.items() if count > 1] == []
    tied = re.findall(r'htmlFor:\\"([^"\\]+)\\"', made)
    assert tied and set(tied) <= set(ids)
    described = re.findall(r'\\"aria-(?:describedby|labelledby)\\":\\"([^"\\]+)\\"', made)
    assert described and {part for one in described for part in one.split()} <= set(ids)


def test_the_gallery_has_one_heading_of_a_page_and_tells_its_regions_apart(shown):
    made = shown[1]
    assert made.count('"name": "\\"h1\\""') == 1
    labels = [call["label"] for name in ("banner", "acting_bar") for call in shown[0][name]]
    assert len(set(labels)) == len(labels)
    # The frame's own are named so; two regions of one name cannot be told apart.
    assert not {"Announcement", "Acting for somebody"} & set(labels)


def test_nothing_on_the_gallerys_page_itself_is_loading():
    """What waits there would hide all that follows it: it waits in a sheet."""

    def waits(part):
        if "Portal" in str(part.get("name", "")):
            return False
        own = any('aria-busy":"true' in str(prop) for prop in part.get("props", []))
        busy = own and "button" not in str(part.get("name", ""))
        return busy or any(
            waits(child) for child in part.get("children", []) if isinstance(child, dict)
        )

    assert not waits(gallery().render())
