"""Staff write the help pages (S0-03)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.state.help_pages import ArticleRow, HelpEditorState

STATE = HelpEditorState
FORM = STATE.form
WRONG = STATE.field_problems


def help_editor_page() -> rx.Component:
    """List every question in the order that readers see, with one open on the right."""
    return staff_page(
        ui.page_head(
            "Help pages",
            sub="What customers and colleagues find under Help.",
            actions=[ui.button("Write a question", on_click=STATE.write, tone="primary")],
        ),
        ui.loading(
            STATE.is_loaded,
            ui.card(rx.cond(STATE.rows, _table(), _nothing()), flush=True),
            ui.skeleton("table", 4),
        ),
        _editor(),
        active="/staff/settings/help",
    )


def _table() -> rx.Component:
    return ui.data_table(
        caption="Questions",
        columns=["Question", "For", "Status", ui.th("Actions", hidden=True)],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(one: ArticleRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(one.question),
        ui.cell(one.audience, label="For"),
        ui.status_cell(ui.status_tag(one.status, one.tone)),
        ui.action_cell(
            _mover(one, "up", is_up=True),
            _mover(one, "down", is_up=False),
            ui.button("Edit", on_click=STATE.edit(one.id), small=True, suffix=one.question),
        ),
        key=one.id,
    )


def _mover(one: ArticleRow, way: str, *, is_up: bool) -> rx.Component:
    label = f"Move {way}: {one.question}"
    return ui.icon_button(f"arrow-{way}", label=label, on_click=STATE.move(one.id, is_up, one.key))


def _nothing() -> rx.Component:
    return ui.empty(
        "book-open",
        "No questions yet",
        "Write the first one: what do customers ask you most?",
        action=ui.button("Write a question", on_click=STATE.write),
    )


def _editor() -> rx.Component:
    return ui.sheet(
        title=rx.cond(FORM.id != "", "Change the question", "Write a question"),
        description="Readers see a published question at once.",
        body=rx.el.div(_form(), rx.cond(FORM.id != "", _delete(), rx.fragment()), key=FORM.key),
        open=FORM.is_open,
        on_open_change=STATE.close,
    )


def _form() -> rx.Component:
    return ui.form(
        ui.field(
            "Question",
            ui.text_input("question", value=FORM.question),
            id="question",
            error=WRONG["question"],
        ),
        ui.field(
            "Answer",
            ui.text_area("answer", value=FORM.answer, rows=8, limit=4_000),
            id="answer",
            error=WRONG["answer"],
        ),
        ui.radio_group(
            "For whom?",
            "audience",
            [("consumer", "Customers"), ("staff", "Staff only")],
            value=FORM.audience,
            error=WRONG["audience"],
        ),
        ui.checkbox("Published", "is_published", checked=FORM.is_published),
        ui.hidden_input("article", FORM.id),
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
        title="Delete this question?",
        body="It disappears from the help pages and cannot be brought back.",
        verb="Delete",
        on_confirm=STATE.delete(FORM.id),
        trigger=ui.button("Delete this question", tone="quiet"),
    )
