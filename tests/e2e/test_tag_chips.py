"""Tags stand in the words as chips that stay whole, by mouse and by keyboard (S2-15)."""

import pytest
from playwright.sync_api import expect

MESSAGE = "/staff/settings/email-templates/application-invitation"
DESK = "/staff/applications/MA-60412?section=contacts&tab=centre"
WORDS = "Hello {{ first_name }}, and welcome.\n\nOpen it: {{ portal_link }}"


@pytest.fixture
def page(visit, own_portal):
    return visit(role="manager", server=own_portal).open(MESSAGE)


def box(page, name="Text"):
    """The place to write in, as its label names it."""
    return page.get_by_role("textbox", name=name, exact=True)


def chips(page, name="Text"):
    """The chips in it, as somebody sees and hears them."""
    return box(page, name).locator(".tag-chip").all_inner_texts()


def sent(page, name="text"):
    """The plain text that the form would send."""
    return page.eval_on_selector("#main form", "(form, name) => new FormData(form).get(name)", name)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.requirement("S2-15")
def test_tags_are_chips_and_what_travels_is_plain_text(page):
    box(page).fill(WORDS)
    assert chips(page) == ["{{ first_name }}", "{{ portal_link }}"]
    assert sent(page) == WORDS
    # Inside a chip nothing can be written; what is no tag of the message is marked.
    box(page).locator(".tag-chip").first.click()
    page.keyboard.type("{{ frist_name }}")
    expect(box(page).locator(".tag-chip.unknown")).to_have_text("{{ frist_name }}")
    assert sent(page) == WORDS.replace("first_name", "frist_name")
    expect(page.get_by_text("Did you mean {{ first_name }}?").first).to_be_visible()


@pytest.mark.requirement("S2-15")
def test_keyboard_alone_steps_over_takes_out_and_brings_back_whole_chips(page):
    box(page).fill("A {{ first_name }} B")
    page.locator("label", has_text="Text").first.click()
    expect(box(page)).to_be_focused()
    press(page, "Control+Home", "ArrowRight", "ArrowRight", "ArrowRight")
    page.keyboard.type("x")
    assert sent(page) == "A {{ first_name }}x B"
    press(page, "Backspace", "Backspace")
    assert sent(page) == "A  B"
    press(page, "Control+z")
    assert sent(page) == "A {{ first_name }} B"
    press(page, "Control+Shift+z")
    assert sent(page) == "A  B"
    press(page, "Control+z", "Control+Home", "Shift+End", "Control+c", "End", "Enter", "Control+v")
    assert sent(page) == "A {{ first_name }} B\nA {{ first_name }} B"
    # The tags to choose from come next, and a press puts one where the cursor was.
    press(page, "Control+Home")
    page.get_by_role("button", name="{{ until }}").press("Enter")
    assert sent(page).startswith("{{ until }}A {{ first_name }} B")
    expect(box(page)).to_be_focused()
    page.keyboard.type("!")
    assert sent(page).startswith("{{ until }}!A")


@pytest.mark.requirement("S2-15")
def test_what_is_pasted_is_plain_text_and_the_subject_is_one_line(page):
    paste = """(box, kinds) => {
        const carried = new DataTransfer();
        Object.entries(kinds).forEach(([kind, words]) => carried.setData(kind, words));
        box.focus();
        document.getSelection().selectAllChildren(box);
        const how = {inputType: "insertFromPaste", dataTransfer: carried};
        box.dispatchEvent(new InputEvent("beforeinput", {...how, bubbles: true, cancelable: true}));
    }"""
    marked = "<h1 onclick='alert(1)'>Big</h1><img src=x onerror=alert(1)>"
    box(page).evaluate(paste, {"text/html": marked, "text/plain": f"{marked}\r\n{{{{ brand }}}}"})
    assert sent(page) == f"{marked}\n{{{{ brand }}}}"
    assert box(page).locator("h1, img").count() == 0
    assert chips(page) == ["{{ brand }}"]
    box(page, "Subject").evaluate(paste, {"text/plain": "Your\nplace with {{ brand }}"})
    assert sent(page, "subject") == "Your place with {{ brand }}"
    assert chips(page, "Subject") == ["{{ brand }}"]
    box(page, "Subject").press("Enter")
    expect(page.locator("#errors")).to_contain_text("{{ portal_link }} is missing")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    page.locator("#errors a").first.click()
    expect(box(page)).to_be_focused()


@pytest.mark.requirement("S2-14")
@pytest.mark.requirement("S2-15")
def test_invitation_is_changed_for_once_with_the_same_chips(visit, own_portal):
    page = visit(role="agent", server=own_portal).open(DESK)
    page.get_by_role("button", name="Send invitation").click()
    expect(box(page).locator(".tag-chip", has_text="portal_link")).to_be_visible()
    whole = page.input_value("[name=text]")
    box(page).locator(".tag-chip", has_text="portal_link").click()
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#errors")).to_contain_text("The tag {{ portal_link }} is missing")
    assert "{{ portal_link }}" not in chips(page)  # what was written is still there
    page.get_by_role("button", name="{{ portal_link }}").click()
    assert page.input_value("[name=text]") == whole
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("/i/")
    expect(page.locator("#preview")).not_to_contain_text("{{")


def test_where_a_browser_is_too_old_for_chips_the_field_stays(visit, own_portal):
    person = visit(role="manager", server=own_portal)
    person.page.add_init_script("delete InputEvent.prototype.getTargetRanges")
    page = person.open(MESSAGE)
    page.get_by_label("Text", exact=True).fill(WORDS)
    page.get_by_role("button", name="{{ brand }}").click()
    assert sent(page) == f"{WORDS}{{{{ brand }}}}"


@pytest.mark.parametrize("width", [1280, 390])
def test_field_behind_the_chips_takes_no_room(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
