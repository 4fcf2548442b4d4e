"""The messages that the operator may word (S2-13)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.state.templates.list import PAGE, KindRow, TemplatesState

STATE = TemplatesState


def email_templates_page() -> rx.Component:
    """List every message with whose words are sent."""
    return staff_page(
        ui.page_head(
            "Emails and texts",
            sub="What customers get from you. Every message works as it is: change the words "
            "where you want your own.",
        ),
        ui.loading(
            STATE.is_loaded,
            ui.card(ui.result_count(STATE.summary), _table(), flush=True),
            ui.skeleton("table", 10),
        ),
        active=PAGE,
    )


def _table() -> rx.Component:
    return ui.data_table(
        caption="Messages",
        columns=["Message", "Sent as", "Words"],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(one: KindRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(ui.text_link(one.name, one.href), one.about),
        ui.cell(one.ways, label="Sent as"),
        ui.status_cell(ui.status_tag(one.status, one.tone)),
        key=one.key,
    )
