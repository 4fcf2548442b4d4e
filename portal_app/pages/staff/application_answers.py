"""What the parties of an application filled in, for staff (S2-07, S2-08, S2-21)."""

import reflex as rx

from portal_app import components as ui
from portal_app.state.applications.answers import (
    AnswerRow,
    ApplicationAnswersState,
    Filler,
    SheetRow,
)
from portal_app.state.applications.desk import ApplicationDeskState

DESK = ApplicationDeskState
STATE = ApplicationAnswersState


def answers_section() -> rx.Component:
    """Show each party with their forms, folded until somebody looks."""
    choose = [DESK.pick_section("contacts"), DESK.pick_tab("centre")]
    nothing = ui.empty(
        "inbox",
        "Nothing can be filled in yet",
        "No form is available to the parties. Choose in the Customer Centre which ones are.",
        action=ui.button("Customer Centre", on_click=choose),
    )
    listed = ui.stack(rx.foreach(STATE.view.parties, _party))
    return ui.loading(
        STATE.is_loaded,
        rx.cond(STATE.view.parties, listed, ui.card(nothing)),
        ui.skeleton("list", 2),
    )


def _party(one: Filler) -> rx.Component:
    sheets = ui.stack(rx.foreach(one.sheets, _sheet), tight=True)
    return ui.card(sheets, title=one.title, id=one.id)


def _sheet(sheet: SheetRow) -> rx.Component:
    return ui.disclosure(
        rx.fragment(
            rx.el.span(sheet.title, " ", rx.el.span(sheet.progress, class_name="muted")),
            ui.status_tag(sheet.status, sheet.tone),
        ),
        rx.cond(
            sheet.is_open,
            ui.summary_rows(rx.foreach(sheet.answers, _answer)),
            ui.skeleton("form", 2),
        ),
        on_open=STATE.look_into(sheet.id),
    )


def _answer(row: AnswerRow) -> rx.Component:
    value = rx.el.span(row.value, class_name=rx.cond(row.is_missing, "muted", ""))
    changed = rx.el.span(rx.el.br(), row.changed, class_name="hint")
    return ui.summary_row(row.label, rx.fragment(value, ui.shown(row.changed, changed)))
