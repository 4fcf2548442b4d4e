"""What each component promises to assistive technology and to the browser."""

import json

import pytest
import reflex as rx

from portal_app import components as ui
from portal_app.components.bridge import bridge
from portal_app.components.forms import PostForm
from portal_app.layout.confirming import confirm_first

WORDS = rx.Var("words").to(str)
PROBLEMS = rx.Var("problems").to(dict[str, str])


def markup(component):
    return json.dumps(component.render(), default=str)


def find(component, tag):
    if getattr(component, "tag", None) == tag:
        yield component
    for child in component.children:
        yield from find(child, tag)


def test_a_field_ties_label_hint_and_problem_to_its_control():
    control = ui.text_input("email", auto_complete="email")
    made = markup(ui.field("Email", control, id="email", hint="We write there", error=WORDS))
    assert control.custom_attrs["id"] == "email"
    assert str(control.custom_attrs["aria-invalid"]) == '(isTrue(words) ? "true" : undefined)'
    assert '"email-err email-hint" : "email-hint"' in str(control.custom_attrs["aria-describedby"])
    assert 'htmlFor:\\"email\\"' in made
    assert 'id:\\"email-hint\\"' in made
    assert 'id:\\"email-err\\"' in made


def test_a_field_reaches_a_control_that_stands_inside_another_element():
    control = ui.password_input("password")
    ui.field("Password", control, id="password", error="Enter your password")
    (box,) = find(control, "input")
    assert box.custom_attrs["aria-invalid"] == "true"


def test_a_field_without_its_control_is_a_mistake():
    with pytest.raises(ValueError, match="No control"):
        ui.field("Email", ui.text_input("mail"), id="email")


def test_passwords_may_be_pasted_and_are_named_for_password_managers():
    assert "current-password" in markup(ui.password_input("password"))
    new = markup(ui.password_input("password", new=True))
    assert "new-password" in new
    assert "onPaste" not in new


def test_a_code_is_offered_by_the_phone_and_may_hold_spaces():
    made = markup(ui.code_input("code"))
    assert 'autoComplete:\\"one-time-code\\"' in made
    assert 'inputMode:\\"numeric\\"' in made
    assert "maxLength:11" in made


@pytest.mark.parametrize("control", [
    ui.text_input("a"), ui.text_area("a"), ui.select("a", [("1", "One")]), ui.code_input("a"),
    ui.password_input("a"), ui.file_input("a"), ui.date_input("a"), ui.checkbox("Yes", "a"),
    ui.radio_group("Which?", "a", [("1", "One"), ("2", "Two")]),
])  # fmt: skip
def test_a_form_sends_what_the_browser_submits_and_not_what_an_element_holds(control):
    form = ui.form(control, on_submit=rx.noop())
    assert form._get_form_refs() == {}


def test_the_first_radio_answers_for_its_group():
    made = markup(ui.radio_group("How?", "how", [("a", "A"), ("b", "B")], value=WORDS, error=WORDS))
    assert 'id:\\"how\\"' in made
    assert 'id:\\"how-1\\"' in made
    assert "fieldset" in made
    assert "legend" in made


def test_the_summary_leads_to_each_field_and_is_absent_while_all_is_well():
    made = markup(ui.error_summary("", {"email": "Enter your email address"}))
    assert 'href:\\"#email\\"' in made
    assert "There is a problem" in made
    assert "There is a problem" not in markup(ui.error_summary("", {}))
    live = ui.error_summary(WORDS, PROBLEMS, {"email": "Email"}).render()
    assert "problems" in str(live)
    assert "words" in str(live)


def test_a_native_form_posts_and_a_state_form_does_not():
    native = ui.post_form(ui.submit_button("Sign in"), action="/auth/sign-in")
    assert isinstance(native, PostForm)
    assert "onSubmit" not in markup(native)
    assert 'method:\\"post\\"' in markup(native)
    assert "onSubmit" in markup(ui.form(on_submit=rx.noop()))


@pytest.mark.parametrize("made", [
    ui.external_link("Contract", "/files/contracts/1"),
    ui.link_button("Contract", "/files/contracts/1", file=True),
    ui.icon_link("file", "/files/contracts/1", label="Download PDF", short="PDF", file=True),
    ui.skip_link(),
])  # fmt: skip
def test_addresses_of_the_backend_load_a_document(made):
    assert made.render()["name"] == '"a"'


@pytest.mark.parametrize("made", [
    ui.text_link("Contracts", "/contracts"), ui.link_button("Contracts", "/contracts"),
])  # fmt: skip
def test_addresses_of_the_portal_stay_in_the_app(made):
    assert made.render()["name"] == "ReactRouterLink"


def test_a_link_out_says_that_it_opens_a_tab_and_keeps_the_portal_to_itself():
    made = markup(ui.external_link("Help", "https://example.com", new_tab=True))
    assert "opens in a new tab" in made
    assert 'rel:\\"noopener\\"' in made


def test_a_table_keeps_its_roles_when_it_turns_into_cards():
    row = ui.table_row(ui.row_head("R-1"), ui.cell("3", label="Items out", end=True))
    made = markup(
        ui.data_table(
            caption="Contracts", columns=["Contract", ui.th("PDF", hidden=True)], body=row
        )
    )
    for role in ("table", "rowgroup", "row", "rowheader", "columnheader", "cell"):
        assert f'role:\\"{role}\\"' in made
    assert '\\"data-label\\":\\"Items out\\"' in made


def test_a_table_that_scrolls_can_be_scrolled_by_keyboard():
    made = markup(
        ui.data_table(caption="Ageing", columns=["A"], body=ui.table_row(), stackable=False)
    )
    assert "tabIndex:0" in made
    assert 'role:\\"region\\"' in made


def test_a_status_takes_its_tone_from_the_state():
    assert 'className:("tag "+words)' in str(ui.status_tag("Paid", WORDS).render())


def test_the_present_moment_is_marked_as_the_current_step():
    assert '\\"aria-current\\":\\"step\\"' in markup(
        ui.timeline_item("Now", when="Today", tone="now")
    )


def test_a_busy_button_says_so():
    made = markup(ui.submit_button("Save", busy=WORDS))
    assert '\\"aria-busy\\":(isTrue(words) ? \\"true\\" : undefined)' in made
    assert "disabled:" not in made


@pytest.mark.parametrize(("active", "current"), [("/contracts", True), ("/", False)])
def test_the_open_section_is_the_current_page(active, current):
    made = markup(ui.nav_item("Contracts", "file-text", "/contracts", active))
    assert ('\\"aria-current\\":\\"page\\"' in made) is current


def test_signing_out_is_a_post():
    frame = ui.app_frame(
        brand=rx.fragment(), navigation=rx.fragment(), tabs=rx.fragment(), account=rx.fragment()
    )
    (form,) = [f for f in find(frame, "form") if str(f.action) == '"/auth/sign-out"']
    menu = markup(ui.account_menu("Amelia Hart", "Account 20418", "AH", []))
    assert f'form:\\"{form.id}\\"' in menu
    assert 'type:\\"submit\\"' in menu


def test_the_bridge_hands_over_each_command_once_and_the_idle_limit():
    made = bridge(rx.Var("command"), idle_seconds=1800)
    run, idle, lost = (str(hook) for hook in made.add_hooks())
    assert run == "useEffect(() => window.portal?.run(command), [(command)?.seq]);"
    assert idle == "useEffect(() => window.portal?.idle(1800), [1800]);"
    assert "window.portal?.lost(" in lost
    assert made.render()["props"] == []


@pytest.mark.parametrize("given", ["¥1,200", "1.151,80 €", "1.200"])
def test_an_amount_without_two_decimals_after_a_point_stays_whole(given):
    assert 'className:\\"c\\"' not in markup(ui.money_text(given, big=True))


def test_a_large_amount_gets_small_cents():
    whole, cents = ui.money_text("$1,151.80", big=True).children
    assert "$1,151" in markup(whole)
    assert ".80" in markup(cents)


@pytest.mark.parametrize(
    "made",
    [
        lambda **how: ui.confirmation("Done", reference="R-1", next_steps=["We write."], **how),
        lambda **how: ui.error_page("Page not found", "There is none.", **how),
    ],
)
def test_what_takes_the_place_of_a_page_is_headed_as_one_and_inside_another_as_a_part_of_it(made):
    whole, part = made(), made(inside=True)
    (heading,) = find(whole, "h1")
    assert (heading.id, str(heading.tab_index)) == ("page-title", "-1")
    assert not list(find(part, "h1"))
    assert list(find(part, "h2"))
    assert "page-title" not in markup(part)


def test_the_way_back_from_a_proof_is_quoted_whole():
    def leads_to(href):
        asked = confirm_first(WORDS == "", title="Prove it", body="Once", href=href)
        return markup(asked)

    assert "/security?next=/staff/settings/portal%3Fgroup%3Dtext%26open%3Da%2520b" in leads_to(
        "/staff/settings/portal?group=text&open=a%20b"
    )
    assert 'next=\\"+(encodeURIComponent(words))' in leads_to(WORDS)
