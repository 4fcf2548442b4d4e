"""The communication log of an application, for staff (S4-24)."""

import reflex as rx

from portal_app import components as ui
from portal_app.services import messages
from portal_app.state.proposals.desk import ApplicationLogState

STATE = ApplicationLogState
VIEW = STATE.view
WRONG = STATE.field_problems


def log_section() -> rx.Component:
    """Show what was written, in both directions, and answer."""
    return ui.loading(
        STATE.is_loaded,
        ui.card(
            ui.stack(
                ui.error_summary(STATE.problem, WRONG, {"log-words": "Your message"}),
                ui.load_more(has_more=STATE.earlier != "", on_click=STATE.show_earlier),
                rx.cond(STATE.older, ui.conversation(STATE.older, label="Earlier"), rx.fragment()),
                rx.el.div(_said(), custom_attrs={"aria-live": "polite"}),
                rx.cond(VIEW.is_ended, rx.fragment(), _compose()),
            ),
            title="Communication log",
            id="log",
        ),
        ui.skeleton("list", 4),
    )


def _said() -> rx.Component:
    none = ui.paragraph("Nothing has been written yet, by them or by us.", quiet=True)
    return rx.cond(VIEW.said, ui.conversation(VIEW.said, label="Communication log"), none)


def _compose() -> rx.Component:
    box = ui.text_area("log-words", name="words", rows=4, limit=messages.BODY_LIMIT)
    return ui.form(
        ui.field("Your message", box, id="log-words", hint=VIEW.note, error=WRONG["words"]),
        ui.hidden_input("number", VIEW.number),
        ui.hidden_input("key", VIEW.key),
        ui.actions(ui.submit_button("Send", busy=STATE.busy)),
        on_submit=STATE.send,
        wide=True,
        key=VIEW.key,
    )
