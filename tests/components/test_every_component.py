"""Every component builds from words that are known now and from variables of the state alike."""

import inspect
from dataclasses import dataclass

import pytest
import reflex as rx

from portal_app import components as ui
from portal_app.pages.staff.gallery import gallery


@dataclass(frozen=True)
class Row:
    """A row as a state would hold it."""

    title: str
    when: str
    iso: str
    text: str
    tone: str
    icon: str
    who: str = ""
    words: str = ""
    role: str = ""
    side: str = ""
    value: str = ""
    label: str = ""
    hint: str = ""


ROWS = rx.Var("rows").to(list[Row])
NOOP = rx.noop()


def word(name):
    return rx.Var(name).to(str)


def flag(name):
    return rx.Var(name).to(bool)


def button():
    return ui.button("Open")


def calls(t, yes):
    """One call of each component; t makes a text, yes makes a flag."""
    return {
        "account_menu": lambda: ui.account_menu(t("name"), t("sub"), t("initials"), []),
        "action_cell": lambda: ui.action_cell(button()),
        "actions": lambda: ui.actions(button()),
        "alert": lambda: ui.alert(t("t"), t("b"), action=button(), tone=t("warn"), live=True),
        "anchor": lambda: ui.anchor(t("label"), href=t("href")),
        "app_frame": lambda: ui.app_frame(
            t("content"), brand=rx.el.b(), navigation=rx.el.nav(), tabs=rx.el.nav(),
            account=rx.el.div(), banner=ui.banner(t("x")), wide=True, footer=ui.page_footer(t("x")),
        ),
        "auth_frame": lambda: ui.auth_frame(
            t("x"), brand=rx.el.b(), headline=t("headline"), points=[t("point")], help=t("help")
        ),
        "acting_bar": lambda: ui.acting_bar(t("text")),
        "banner": lambda: ui.banner(t("text"), tone=t("warn")),
        "bare_post_form": lambda: ui.bare_post_form(button(), action=t("/auth/x")),
        "brand_mark": lambda: ui.brand_mark(t("name"), t("i"), t("href"), logo=t("logo")),
        "bridge": lambda: ui.bridge(rx.Var("command"), idle_seconds=60),
        "button": lambda: ui.button(
            t("label"), on_click=NOOP, tone=t("primary"), icon="x", busy=yes("busy"),
            disabled=yes("off"), small=True, suffix=t("suffix"),
        ),
        "card": lambda: ui.card(t("x"), title=t("title"), action=button(), id="card"),
        "draft_area": lambda: ui.draft_area("d", draft=t("name"), limit=20),
        "draft_sent": lambda: ui.draft_sent(draft=t("name"), sent=t("words"), round=t("1")),
        "patched": lambda: ui.patched(ROWS, rx.Var("changes"), lambda row: ui.paragraph(row.title)),
        "autosave": lambda: ui.autosave(
            t("a"), value=t("v"), version=1, saved=t(""), acked=0, round=0, taken=0, draft=t("d"),
            on_save=lambda text, version: [],
        ),
        "countdown": lambda: ui.countdown(t("2026-12-06T10:00:00Z"), over=t("It is over")),
        "cell": lambda: ui.cell(t("value"), label=t("label"), end=True, strong=True),
        "check_answers": lambda: ui.check_answers([(t("q"), t("a"), t("/x")), (t("q"), t("a"))]),
        "checkbox": lambda: ui.checkbox(t("label"), "a", checked=yes("on"), error=t("wrong")),
        "checkbox_group": lambda: ui.checkbox_group(t("l"), [ui.checkbox("A", "a")], id="g"),
        "checklist": lambda: ui.checklist(rx.el.li()),
        "checklist_item": lambda: ui.checklist_item(
            t("l"), done=yes("d"), hint=t("h"), action=button()
        ),
        "code_input": lambda: ui.code_input("code"),
        "columns": lambda: ui.columns(t("main"), t("side")),
        "confirm": lambda: ui.confirm(
            title=t("title"), body=t("body"), verb=t("verb"), on_confirm=NOOP, open=yes("open"),
            on_open_change=NOOP, tone=t("danger"), busy=yes("busy"),
        ),
        "confirmation": lambda: ui.confirmation(
            t("title"), reference=t("ref"), next_steps=[t("one")], actions=[button()]
        ),
        "conversation": lambda: ui.conversation([Row(*[t("x")] * 6)], label=t("label")),
        "data_table": lambda: ui.data_table(caption=t("c"), columns=["A"], body=ui.table_row()),
        "date_input": lambda: ui.date_input("date", value=t("2026-11-30")),
        "date_time_input": lambda: ui.date_time_input("moment", value=t("2026-11-30T08:00")),
        "disclosure": lambda: ui.disclosure(t("summary"), t("body")),
        "empty": lambda: ui.empty("inbox", t("title"), t("hint"), action=button()),
        "error_page": lambda: ui.error_page(t("t"), t("b"), reference=t("r"), action=button()),
        "error_summary": lambda: ui.error_summary(t("problem"), {"a": "Wrong"}),
        "external_link": lambda: ui.external_link(t("label"), t("href"), suffix=t("s"), alone=True),
        "field": lambda: ui.field(
            t("label"), ui.text_input("a"), id="a", hint=t("hint"), error=t("wrong")
        ),
        "file_input": lambda: ui.file_input("file", accept=".csv", multiple=True),
        "file_list": lambda: ui.file_list(rx.el.li()),
        "file_row": lambda: ui.file_row(
            name=t("name"), meta=t("meta"), status=t("status"), tone=t("good"), href=t("/x"),
            note=t("note"), on_remove=NOOP,
        ),
        "filter_chip": lambda: ui.filter_chip(t("label"), on_remove=NOOP),
        "fold": lambda: ui.fold(
            t("title"), rx.el.p(t("x")), note=t("n"), right=t("r"), is_open=True, among="people"
        ),
        "form": lambda: ui.form(button(), on_submit=NOOP, problem=t("p"), id="f", wide=True),
        "group_row": lambda: ui.group_row(t("title"), span=3),
        "heading": lambda: ui.heading(t("title")),
        "as_written": lambda: ui.as_written(t("text")),
        "form_help": lambda: ui.form_help(on_typed=NOOP, label=t("l")),
        "framed_document": lambda: ui.framed_document(t("html"), title=t("t")),
        "help_line": lambda: ui.help_line(t("text")),
        "hidden_input": lambda: ui.hidden_input("name", t("value")),
        "hover_summary": lambda: ui.hover_summary(
            ui.text_link("R-1", "/"), rx.el.p(t("x")), label=t("label")
        ),
        "icon": lambda: ui.icon("house"),
        "icon_button": lambda: ui.icon_button("x", label=t("label"), on_click=NOOP),
        "icon_link": lambda: ui.icon_link(
            "x", t("/x"), label=t("label"), short=t("short"), file=True
        ),
        "key_figure": lambda: ui.key_figure(
            t("l"), t("$1.00"), note=t("n"), big=True, actions=[button()]
        ),
        "key_figures": lambda: ui.key_figures(ui.key_figure("A", "1")),
        "link_button": lambda: ui.link_button(t("l"), t("/x"), tone=t("primary"), icon="x"),
        "link_list": lambda: ui.link_list(rx.el.li()),
        "load_more": lambda: ui.load_more(has_more=yes("more"), on_click=NOOP, busy=yes("busy")),
        "loading": lambda: ui.loading(yes("ready"), rx.el.p(t("x")), ui.skeleton("card")),
        "mark": lambda: ui.mark(t("check")),
        "menu": lambda: ui.menu(button(), [ui.menu_item("A", href="/")], id="m", label=t("A")),
        "menu_item": lambda: ui.menu_item(t("l"), on_select=NOOP, icon="x", tone=t("danger")),
        "menu_separator": ui.menu_separator,
        "menu_submit": lambda: ui.menu_submit(t("Sign out"), form="sign-out", icon="log-out"),
        "message": lambda: ui.message(
            t("who"), t("words"), when=t("1 Dec"), iso=t(""), role=t("r"), side=t("own")
        ),
        "money_text": lambda: ui.money_text(t("$1.00"), big=True),
        "nav_item": lambda: ui.nav_item(t("l"), "house", "/", t("/"), count=t("3")),
        "page_footer": lambda: ui.page_footer(t("x")),
        "page_head": lambda: ui.page_head(
            t("t"), sub=t("s"), actions=[button()], crumb=(t("c"), t("/x")), tag=ui.status_tag("A")
        ),
        "paragraph": lambda: ui.paragraph(t("x"), quiet=True),
        "password_input": lambda: ui.password_input("password", new=True),
        "plain_row": lambda: ui.plain_row(t("t"), t("m"), right=t("r")),
        "post_form": lambda: ui.post_form(button(), action=t("/auth/x"), problem=t("p")),
        "progress_bar": lambda: ui.progress_bar(rx.Var("42").to(int), t("label")),
        "prose": lambda: ui.prose(t("x")),
        "radio_group": lambda: ui.radio_group(
            t("l"), "r", [("a", t("A"), t("hint"))], value=t("a"), hint=t("h"), error=t("e"),
            on_change=lambda _: NOOP,
        ),
        "result_count": lambda: ui.result_count(t("3 contracts")),
        "row": lambda: ui.row(t("a"), t("b"), spread=True),
        "row_head": lambda: ui.row_head(t("v"), t("s")),
        "row_link": lambda: ui.row_link(
            t("t"), t("m"), t("/x"), right=t("r"), icon="x", below=True
        ),
        "search_box": lambda: ui.search_box(value=t("q"), on_change=NOOP, label=t("l")),
        "segmented": lambda: ui.segmented(
            options=[("a", t("A"), t("3"))], value=t("a"), on_pick=lambda _: NOOP, label=t("l")
        ),
        "select": lambda: ui.select("s", [("a", t("A"))], value=t("a")),
        "sheet": lambda: ui.sheet(
            title=t("t"), body=t("b"), description=t("d"), footer=[button()], open=yes("open"),
            on_open_change=NOOP,
        ),
        "shown": lambda: ui.shown(t("words"), button()),
        "side_nav": lambda: ui.side_nav([(t("h"), [rx.el.li()]), (None, [])], t("Main")),
        "skeleton": lambda: ui.skeleton("detail", 3),
        "skip_link": ui.skip_link,
        "stack": lambda: ui.stack(t("a"), tight=True),
        "status_cell": lambda: ui.status_cell(ui.status_tag("A")),
        "status_tag": lambda: ui.status_tag(t("Paid"), t("good")),
        "stepper": lambda: ui.stepper(rx.Var("2").to(int), 4, t("when")),
        "submit_button": lambda: ui.submit_button(t("Save"), busy=yes("busy")),
        "summary_list": lambda: ui.summary_list([(t("k"), t("v")), (t("k"), t("v"), button())]),
        "summary_row": lambda: ui.summary_row(t("k"), t("v")),
        "summary_rows": lambda: ui.summary_rows(rx.el.div()),
        "switch": lambda: ui.switch(t("Email"), is_on=yes("on"), on_click=NOOP),
        "tab_bar": lambda: ui.tab_bar([rx.el.a()], rx.el.nav(), t("Quick")),
        "tab_item": lambda: ui.tab_item(t("l"), "house", "/", t("/")),
        "table_row": lambda: ui.table_row(ui.cell(t("v")), key=t("k")),
        "tag_area": lambda: ui.tag_area("words", tags=[], value=t("v"), rows=9, limit=1000),
        "tag_input": lambda: ui.tag_input("subject", tags=[], value=t("v")),
        "text_area": lambda: ui.text_area("notes", value=t("v"), limit=1000),
        "text_button": lambda: ui.text_button(t("l"), on_click=NOOP, busy=yes("busy")),
        "text_input": lambda: ui.text_input("a", value=t("v"), short=True),
        "text_link": lambda: ui.text_link(t("l"), t("/x"), suffix=t("s")),
        "th": lambda: ui.th(t("l"), end=True, hidden=True),
        "timeline": lambda: ui.timeline([Row(*[t("x")] * 6)]),
        "timeline_item": lambda: ui.timeline_item(t("t"), when=t("w"), tone=t("now"), icon=t("x")),
        "toolbar": lambda: ui.toolbar(button(), button()),
        "uploader": lambda: ui.uploader(
            "u", label=t("label"), hint=t("hint"), purpose=t("purpose"), owner=t("owner"),
            rules={"kinds": {".jpg": "image/jpeg"}, "names": "JPEG", "megabytes": 1, "most": 2},
            kept=[],
        ),
        "visually_hidden": lambda: ui.visually_hidden(t("x")),
        "way": lambda: ui.way(t("title"), [t("line")], tone=t("good")),
        "ways": lambda: ui.ways(ui.way("One", ["A line."])),
        "year_chart": lambda: ui.year_chart([], label=t("label")),
    }  # fmt: skip


NOW = calls(str, bool)
LATER = calls(word, flag)


def test_no_component_is_forgotten_here():
    functions = {name for name in ui.__all__ if inspect.isfunction(getattr(ui, name))}
    assert functions == set(NOW)


@pytest.mark.parametrize("name", sorted(NOW))
def test_builds_from_words(name):
    assert NOW[name]().render()


@pytest.mark.parametrize("name", sorted(LATER))
def test_builds_from_variables(name):
    assert LATER[name]().render()


@pytest.mark.parametrize("made", [
    lambda: ui.timeline(ROWS),
    lambda: ui.conversation(ROWS, label="What was said"),
    lambda: ui.link_list(rx.foreach(ROWS, lambda r: ui.row_link(r.title, r.text, "/"))),
    lambda: ui.checklist(
        rx.foreach(ROWS, lambda r: ui.checklist_item(r.title, done=r.tone == "good"))
    ),
    lambda: ui.data_table(caption="A", columns=["A"],
                          body=rx.foreach(ROWS, lambda r: ui.table_row(ui.row_head(r.title)))),
    lambda: ui.radio_group("Which?", "r", ROWS, value=word("value")),
    lambda: ui.select("s", ROWS, value=word("value")),
    lambda: ui.summary_rows(rx.foreach(ROWS, lambda r: ui.summary_row(r.title, r.text))),
    lambda: ui.confirmation("Done", reference="R", next_steps=rx.Var("s").to(list[str])),
    lambda: ui.error_summary(word("p"), rx.Var("f").to(dict[str, str]), {"email": "Email"}),
    lambda: ui.error_summary("", rx.Var("f").to(dict[str, str])),
])  # fmt: skip
def test_repeats_over_rows_of_the_state(made):
    assert made().render()


@pytest.mark.parametrize("kind", ["table", "list", "card", "figures", "form", "detail"])
def test_every_placeholder_is_hidden_from_assistive_technology(kind):
    assert '"aria-hidden":"true"' in str(ui.skeleton(kind, 2).render())


def test_the_gallery_builds():
    assert gallery().render()
