"""How cases are treated: templates for replies, and who in a household sees them (S1-14)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.services import cases
from portal_app.state.cases.settings import CaseSettingsState, TemplateRow

STATE = CaseSettingsState
FORM = STATE.form
SET = STATE.policy
WRONG = STATE.field_problems
WHO = [(key.value, words) for key, words in cases.VISIBILITIES.items()]


def case_settings_page() -> rx.Component:
    """List the templates; administrators set who sees what as well."""
    return staff_page(
        ui.page_head(
            "Replies and cases",
            sub="Words that you use again and again, and who sees the cases of a household.",
            actions=[ui.button("Write a template", on_click=STATE.write, tone="primary")],
        ),
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                ui.card(rx.cond(STATE.rows, _table(), _nothing()), title="Templates", flush=True),
                rx.cond(SET.key != "", rx.el.div(_policy(), key=SET.key), rx.fragment()),
            ),
            ui.skeleton("table", 8),
        ),
        _editor(),
        active="/staff/settings/cases",
    )


def _table() -> rx.Component:
    return ui.data_table(
        caption="Templates",
        columns=["Template", "Words", ui.th("Actions", hidden=True)],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(one: TemplateRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(one.title),
        ui.cell(one.words, label="Words"),
        ui.action_cell(
            ui.button("Edit", on_click=STATE.edit(one.id), small=True, suffix=one.title)
        ),
        key=one.id,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "message-square-text",
        "No templates yet",
        "Write the first one: what do you answer most often?",
        action=ui.button("Write a template", on_click=STATE.write),
    )


def _policy() -> rx.Component:
    return ui.form(
        ui.card(
            ui.radio_group(
                "Who sees the cases of a household?",
                "visibility",
                WHO,
                value=SET.visibility,
                hint="Everybody sees their own, and those of people they represent.",
                error=WRONG["visibility"],
            ),
            ui.field(
                "Days until a solution that nobody answers counts as accepted",
                ui.text_input(
                    "auto_close_days",
                    value=SET.auto_close_days,
                    short=True,
                    input_mode="numeric",
                    auto_complete="off",
                ),
                id="auto_close_days",
                hint="0: never. The customer is warned before.",
                error=WRONG["auto_close_days"],
            ),
            title="How cases are treated",
        ),
        ui.hidden_input("version", SET.version),
        ui.hidden_input("key", SET.key),
        ui.actions(ui.submit_button("Save settings", busy=STATE.busy)),
        on_submit=STATE.save_policy,
        problem=rx.cond(FORM.is_open, "", STATE.problem),
        field_problems=WRONG,
    )


def _editor() -> rx.Component:
    return ui.sheet(
        title=rx.cond(FORM.id != "", "Change the template", "Write a template"),
        description="Colleagues find it by its name when they reply.",
        body=rx.el.div(_form(), rx.cond(FORM.id != "", _delete(), rx.fragment()), key=FORM.key),
        open=FORM.is_open,
        on_open_change=STATE.close,
    )


def _form() -> rx.Component:
    return ui.form(
        ui.field(
            "Name",
            ui.text_input("title", value=FORM.title, auto_complete="off"),
            id="title",
            error=WRONG["title"],
        ),
        ui.field(
            "Words",
            ui.text_area("words", value=FORM.words, rows=8, limit=cases.BODY_LIMIT),
            id="words",
            error=WRONG["words"],
        ),
        ui.hidden_input("template", FORM.id),
        ui.hidden_input("version", FORM.version),
        ui.hidden_input("key", FORM.key),
        ui.actions(ui.submit_button("Save", busy=STATE.busy)),
        on_submit=STATE.save,
        problem=STATE.problem,
        field_problems=WRONG,
        wide=True,
    )


def _delete() -> rx.Component:
    return ui.confirm(
        title="Delete this template?",
        body="What was sent with it stays as it is.",
        verb="Delete",
        on_confirm=STATE.delete(FORM.id, FORM.key),
        trigger=ui.button("Delete this template", tone="quiet"),
    )
