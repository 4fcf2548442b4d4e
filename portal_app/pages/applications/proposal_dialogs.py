"""The two dialogs of a proposal: a message, and documents (S4-18, S4-23 to S4-25)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.papers import label_field
from portal_app.layout.paragraphs import written
from portal_app.services import messages
from portal_app.state.proposals.own import DOCUMENTS, MESSAGE, ProposalState

STATE = ProposalState
VIEW = STATE.proposal
WRONG = STATE.field_problems


def message_dialog() -> rx.Component:
    """Write a message; it closes once the message is sent, and what is not sent is kept."""
    box = ui.draft_area(
        "words",
        rows=6,
        limit=messages.BODY_LIMIT,
        placeholder=VIEW.placeholder,
        draft=VIEW.draft,
    )
    sheet = ui.sheet(
        title="Send a message",
        description="We read it at once, and answer on this page.",
        body=ui.stack(
            ui.error_summary(STATE.problem, WRONG, {"words": "Your message"}),
            ui.form(
                ui.field("Your message", box, id="words", error=WRONG["words"]),
                ui.hidden_input("number", VIEW.number),
                ui.hidden_input("key", VIEW.key),
                ui.actions(ui.submit_button("Send", busy=STATE.busy)),
                on_submit=STATE.send,
                wide=True,
                key=VIEW.key,
            ),
        ),
        open=STATE.dialog == MESSAGE,
        on_open_change=STATE.close,
    )
    return rx.fragment(sheet, ui.draft_sent(draft=VIEW.draft, sent=STATE.sent, round=VIEW.key))


def documents_dialog() -> rx.Component:
    """Send several documents; it closes once all of them have arrived."""
    box = ui.uploader(
        "proposal-files",
        label="Choose files",
        hint=VIEW.rules.hint,
        purpose=VIEW.rules.purpose,
        owner=VIEW.number,
        rules=VIEW.rules,
        kept=VIEW.files,
        about=STATE.label,
        on_all_sent=STATE.all_sent,
    )
    return ui.sheet(
        title="Send documents",
        description="They go straight into an encrypted store, and are checked on the way.",
        body=ui.stack(
            label_field(STATE.label, on_change=STATE.choose),
            rx.cond(STATE.label != "", box, rx.fragment()),
            written(VIEW.privacy, quiet=True),
        ),
        open=STATE.dialog == DOCUMENTS,
        on_open_change=STATE.close,
    )
