"""Building the forms that customers fill in: sections and questionnaires (S2-19)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.state.applications.form_templates import FormTemplatesState
from portal_app.state.applications.form_views import ANSWERS, KINDS, FieldLine, FormLine

STATE = FormTemplatesState
VIEW = STATE.view
QUESTION = STATE.question
WRONG = STATE.field_problems


def form_templates_page() -> rx.Component:
    """List the forms; one opens on the right."""
    return staff_page(
        ui.page_head(
            "Forms",
            sub="What customers fill in. A new version counts for applications that get it later.",
        ),
        ui.loading(STATE.is_loaded, ui.columns(_listed(), _begin()), ui.skeleton("table", 6)),
        _sheet(),
        active="/staff/settings/form-templates",
    )


def _listed() -> rx.Component:
    rows = ui.link_list(rx.foreach(STATE.rows, _row))
    return ui.card(rows, title="Forms", id="forms", flush=True)


def _row(one: FormLine) -> rx.Component:
    meta = rx.fragment(one.kind, rx.el.br(), one.changed)
    return ui.row_link(one.title, meta, one.href, right=ui.status_tag(one.status, one.tone))


def _begin() -> rx.Component:
    wrong = rx.cond(VIEW.id == "", WRONG["title"], "")
    return ui.card(
        ui.form(
            ui.field("Name", ui.text_input("title", auto_complete="off"), id="title", error=wrong),
            ui.radio_group("What is it?", "kind", KINDS, value="questionnaire"),
            ui.hidden_input("key", STATE.question_key),
            ui.submit_button("Begin a form", busy=STATE.busy),
            on_submit=STATE.start,
        ),
        title="A new form",
    )


def _sheet() -> rx.Component:
    """Show the form that is open, and change it while it is a draft."""
    return ui.sheet(
        title=VIEW.title,
        description=VIEW.sub,
        body=rx.el.div(
            ui.stack(
                ui.error_summary(STATE.problem, WRONG),
                rx.el.ul(rx.foreach(VIEW.fields, _line), class_name="list", role="list"),
                rx.cond(VIEW.is_draft, _changing(), _in_use()),
            ),
            key=VIEW.id,
        ),
        open=VIEW.id != "",
        on_open_change=STATE.close,
    )


def _line(one: FieldLine) -> rx.Component:
    buttons = ui.row(
        ui.button("Change", on_click=STATE.pick(one.key, one.group), small=True, suffix=one.label),
        ui.button("Up", on_click=STATE.move(one.key, one.group), small=True, suffix=one.label),
        ui.button(
            "Remove", on_click=STATE.remove(one.key, one.group), small=True, suffix=one.label
        ),
    )
    label = rx.cond(one.is_inner, rx.fragment("– ", one.label), one.label)
    return ui.plain_row(
        label, one.note, right=rx.cond(VIEW.is_draft, buttons, rx.fragment()), below=True
    )


def _in_use() -> rx.Component:
    return ui.actions(
        ui.button("Change it in a draft", on_click=STATE.edit, tone="primary"),
        rx.cond(
            VIEW.may_retire, ui.button("Take out of use", on_click=STATE.retire), rx.fragment()
        ),
    )


def _changing() -> rx.Component:
    return ui.stack(
        rx.el.h3(
            rx.cond(QUESTION.key != "", "Change the question", "Add a question"), class_name="h3"
        ),
        rx.el.div(_question(), key=STATE.question_key),
        ui.disclosure("Name, introduction, who answers", rx.el.div(_about(), key=VIEW.drawn)),
        ui.actions(
            ui.button("Put into use", on_click=STATE.publish, tone="primary"),
            ui.button("Give the draft up", on_click=STATE.retire),
        ),
    )


def _question() -> rx.Component:
    where = ui.field("Where", ui.select("group", VIEW.places, value=QUESTION.group), id="group")
    return ui.form(
        ui.field(
            "Question",
            ui.text_input("label", value=QUESTION.label, auto_complete="off"),
            id="label",
            error=WRONG["label"],
        ),
        ui.field(
            "What is the answer?",
            ui.select("kind", ANSWERS, value=QUESTION.kind),
            id="kind",
            error=WRONG["kind"],
        ),
        ui.field(
            "Answers to choose from",
            ui.text_area("options", value=QUESTION.options, rows=4),
            id="options",
            hint="One on each line, where one of several is chosen.",
            error=WRONG["options"],
        ),
        ui.field(
            "Hint (optional)",
            ui.text_input("hint", value=QUESTION.hint, auto_complete="off"),
            id="hint",
            error=WRONG["hint"],
        ),
        rx.cond(QUESTION.key == "", where, rx.fragment()),
        ui.checkbox("It must be answered", "required", checked=QUESTION.is_required),
        ui.submit_button("Save the question", tone="", busy=STATE.busy),
        on_submit=STATE.put,
        wide=True,
    )


def _about() -> rx.Component:
    return ui.form(
        ui.field(
            "Name", ui.text_input("title", value=VIEW.title), id="title", error=WRONG["title"]
        ),
        ui.field(
            "Introduction (optional)",
            ui.text_area("introduction", value=VIEW.introduction, rows=3),
            id="introduction",
            error=WRONG["introduction"],
        ),
        ui.checkbox(
            "Everybody answers for themselves", "per_person", checked=VIEW.per_person,
            hint="Otherwise it is answered once for the whole application.",
        ),
        ui.submit_button("Save", tone="", busy=STATE.busy),
        on_submit=STATE.save,
        wide=True,
    )  # fmt: skip
