"""One case on the right of the queue: the conversation, and what may be done now."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler
from portal_app.layout.files import file_sender, listed_files
from portal_app.layout.queue import queue_sheet
from portal_app.services import cases
from portal_app.state.cases.queue import CaseQueueState
from portal_app.state.cases.queue_views import PRIORITIES, RESOLUTIONS
from portal_app.state.cases.words import Fact

STATE = CaseQueueState
SHEET = STATE.sheet
WRONG = STATE.field_problems


def case_sheet() -> rx.Component:
    """Open over the list when the address names a case."""
    return queue_sheet(
        STATE,
        ui.row(
            ui.status_tag(SHEET.status, SHEET.tone),
            ui.status_tag(SHEET.due, SHEET.due_tone),
        ),
        ui.error_summary(STATE.problem, WRONG),
        rx.cond(SHEET.into != "", ui.paragraph("It goes on in ", SHEET.into), rx.fragment()),
        rx.cond(SHEET.rating != "", ui.paragraph(SHEET.rating), rx.fragment()),
        _talk(),
        rx.cond(SHEET.may_comment, _reply(), rx.fragment()),
        _files(),
        rx.cond(SHEET.may_attach, ui.disclosure("Send photos or papers", _send()), rx.fragment()),
        ui.disclosure("Internal note", _note()),
        rx.cond(SHEET.may_take_up, _take_up(), rx.fragment()),
        rx.cond(SHEET.may_propose, ui.disclosure("Propose a solution", _propose()), rx.fragment()),
        rx.cond(SHEET.may_ask, ui.disclosure("Ask the customer", _ask()), rx.fragment()),
        rx.cond(SHEET.is_over, rx.fragment(), _work()),
        rx.cond(SHEET.may_close, _endings(), rx.fragment()),
        rx.el.h3("Details", class_name="h3"),
        ui.summary_rows(rx.foreach(SHEET.facts, _fact)),
    )


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.name, fact.value)


def _talk() -> rx.Component:
    return ui.stack(
        ui.load_more(has_more=STATE.earlier != "", on_click=STATE.show_earlier),
        rx.cond(STATE.older, ui.conversation(STATE.older, label="Earlier"), rx.fragment()),
        ui.conversation(SHEET.said, label="Conversation"),
    )


def _form(
    *fields: rx.Component, verb: str, on_submit: Handler, tone: str = "primary"
) -> rx.Component:
    """Make one form of the case; it is drawn anew, and so emptied, once it was carried out."""
    return ui.form(
        *fields,
        ui.hidden_input("number", SHEET.number),
        ui.hidden_input("key", SHEET.key),
        ui.actions(ui.submit_button(verb, tone=tone, busy=STATE.busy)),
        on_submit=on_submit,
        wide=True,
        key=SHEET.key,
    )


def _words(place: str, label: str, hint: str, **props) -> rx.Component:  # noqa: ANN003
    """Take words; each form's field has a name of its own."""
    box = ui.text_area(place, rows=4, limit=cases.BODY_LIMIT, **props)
    return ui.field(label, box, id=place, hint=hint, error=WRONG[place])


def _reply() -> rx.Component:
    template = ui.field(
        "Start from a template",
        ui.select("template", SHEET.templates, value="", on_change=STATE.use_template),
        id="template",
        hint="Its words take the place of what is in the reply.",
    )
    words = _words(
        "words", "Reply", "The customer reads this, and sees that you write.",
        value=STATE.draft, on_focus=STATE.begin_reply(SHEET.number),
    )  # fmt: skip
    return ui.stack(
        rx.el.div(template, key=SHEET.key),
        rx.el.div(_form(words, verb="Send", on_submit=STATE.reply), key=STATE.draft_key),
    )


def _note() -> rx.Component:
    words = _words("note_words", "Note", "Only staff can read this, never the customer.")
    return _form(words, verb="Keep the note", tone="", on_submit=STATE.note)


def _ask() -> rx.Component:
    words = _words("ask_words", "What do you need to know?", "The case waits for their answer.")
    return _form(words, verb="Ask", tone="", on_submit=STATE.ask)


def _files() -> rx.Component:
    heading = rx.el.h3("Photos and papers", class_name="h3")
    return rx.cond(SHEET.files, rx.fragment(heading, listed_files(SHEET.files)), rx.fragment())


def _send() -> rx.Component:
    return file_sender(
        "case-files",
        why="The customer sees what you send here.",
        label="Choose files",
        rules=SHEET.rules,
        owner=SHEET.number,
        files=SHEET.files,
    )


def _take_up() -> rx.Component:
    return ui.row(
        _form(verb="Take it on myself", on_submit=STATE.take),
        _form(verb="Take it up", tone="", on_submit=STATE.take_up),
    )


def _propose() -> rx.Component:
    kind = ui.field(
        "What sort of solution is it?",
        ui.select("resolution", RESOLUTIONS, value="solved"),
        id="resolution",
        error=WRONG["resolution"],
    )
    notes = ui.field(
        "Solution",
        ui.text_area("notes", rows=4, limit=cases.SOLUTION_LIMIT),
        id="notes",
        hint="The customer reads this, and accepts or rejects it.",
        error=WRONG["notes"],
    )
    return _form(kind, notes, verb="Propose", tone="", on_submit=STATE.propose)


def _work() -> rx.Component:
    """Offer who works on it and how soon; both start with what is set."""
    who = ui.field(
        "Who works on it",
        ui.select("user", SHEET.colleagues, value=SHEET.assigned_to),
        id="user",
        error=WRONG["user"],
    )
    soon = ui.field(
        "Priority",
        ui.select("priority", PRIORITIES, value=SHEET.priority),
        id="priority",
        hint="The time at which our answer is due follows it.",
        error=WRONG["priority"],
    )
    return ui.disclosure(
        "Who and how soon",
        ui.stack(
            _form(who, verb="Give it to them", tone="", on_submit=STATE.assign),
            _form(soon, verb="Change the priority", tone="", on_submit=STATE.prioritise),
        ),
    )


def _endings() -> rx.Component:
    why = ui.field(
        "Why? (optional)",
        ui.text_area("reason", rows=3, limit=cases.REASON_LIMIT),
        id="reason",
        hint="The customer reads this.",
        error=WRONG["reason"],
    )
    into = ui.field(
        "Number of the other case",
        ui.text_input("into", short=True, auto_complete="off"),
        id="into",
        hint="Of the same person. This one is closed, and says where it goes on.",
        error=WRONG["into"],
    )
    return ui.disclosure(
        "Close or merge",
        ui.stack(
            _form(why, verb="Close the case", tone="danger", on_submit=STATE.end),
            _form(into, verb="Merge into it", tone="", on_submit=STATE.merge),
        ),
    )
