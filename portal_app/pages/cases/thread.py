"""One case: the conversation, what happens next, and what may be done (S1-16 to S1-19)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler
from portal_app.layout.files import files_card
from portal_app.layout.shell import consumer_page
from portal_app.services import cases
from portal_app.state.cases.thread import CaseState, Other
from portal_app.state.cases.words import Fact

STATE = CaseState
CASE = STATE.case
WRONG = STATE.field_problems
RATINGS = [("5", "Very well"), ("4", "Well"), ("3", "So-so"), ("2", "Badly"), ("1", "Very badly")]


def case_page() -> rx.Component:
    """Show a case; it follows what others write and do."""
    return consumer_page(
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                _head(),
                rx.cond(STATE.is_sent, _sent(), rx.fragment()),
                ui.error_summary(STATE.problem, WRONG),
                ui.columns(
                    ui.stack(_next(), _conversation(), _files()),
                    ui.stack(_details(), _others()),
                ),
            ),
            ui.skeleton("detail", 4),
        ),
        active="/cases",
    )


def _head() -> rx.Component:
    return ui.page_head(
        CASE.title,
        sub=CASE.sub,
        crumb=("Cases", "/cases"),
        tag=ui.status_tag(CASE.status, CASE.tone),
        actions=[rx.cond(CASE.may_close, _close(), rx.fragment())],
        key=CASE.number,
    )


def _sent() -> rx.Component:
    words = "We have sent you a confirmation. You can add photos and papers below at any time."
    return ui.alert("Your case is open", words, tone="good", id="sent", live=True)


def _close() -> rx.Component:
    return ui.confirm(
        title="Close this case?",
        body="You can still read it. To write about it again you open a follow-up.",
        verb="Close the case",
        cancel="Keep it open",
        on_confirm=STATE.close(CASE.number, CASE.key),
        trigger=ui.button("Close case"),
        busy=STATE.busy,
    )


def _next() -> rx.Component:
    return ui.card(
        ui.stack(
            ui.paragraph(CASE.next),
            rx.cond(CASE.may_answer, _answer(), rx.fragment()),
            rx.cond(CASE.may_rate, _rate(), rx.fragment()),
            rx.cond(CASE.note != "", ui.paragraph(CASE.note, quiet=True), rx.fragment()),
        ),
        title="What happens next",
    )


def _answer() -> rx.Component:
    why = ui.field(
        "What is not right yet?",
        ui.text_area("reason", rows=3, limit=cases.REASON_LIMIT),
        id="reason",
        error=WRONG["reason"],
    )
    return ui.stack(
        rx.el.p(CASE.solution, class_name="words"),
        _form(verb="Accept the solution", on_submit=STATE.accept),
        ui.disclosure(
            "Reject the solution", _form(why, verb="Reject", tone="", on_submit=STATE.reject)
        ),
    )


def _rate() -> rx.Component:
    return ui.disclosure(
        "How did it go?",
        _form(
            ui.field(
                "How well did we help you?",
                ui.select("rating", RATINGS, value="5"),
                id="rating",
                error=WRONG["rating"],
            ),
            ui.field(
                "Anything to add? (optional)",
                ui.text_area("rating_words", rows=2, limit=cases.REASON_LIMIT),
                id="rating_words",
                error=WRONG["rating_words"],
            ),
            verb="Send",
            on_submit=STATE.rate,
        ),
    )


def _conversation() -> rx.Component:
    earlier = ui.load_more(has_more=STATE.earlier != "", on_click=STATE.show_earlier)
    return ui.card(
        ui.stack(
            earlier,
            rx.cond(STATE.older, ui.conversation(STATE.older, label="Earlier"), rx.fragment()),
            rx.el.div(
                ui.conversation(CASE.said, label="Conversation"),
                custom_attrs={"aria-live": "polite"},
            ),
            rx.cond(
                STATE.replying != "",
                rx.el.p(
                    "Our team is writing an answer…",
                    class_name="replying",
                    role="status",
                    key=STATE.replying,
                ),
                rx.fragment(),
            ),
            rx.cond(CASE.may_comment, _compose("Your message", "Send", STATE.comment)),
            rx.cond(
                CASE.may_follow_up,
                ui.disclosure(
                    "Open a follow-up",
                    _compose("What is still open?", "Open a follow-up", STATE.follow_up),
                ),
            ),
        ),
        title="Conversation",
    )


def _files() -> rx.Component:
    return files_card(
        "case-files",
        title="Photos and papers",
        why="Add what helps us to understand, such as a photo, an invoice or a letter.",
        label="Choose files",
        may_send=CASE.may_attach,
        rules=CASE.rules,
        owner=CASE.number,
        files=CASE.files,
    )


def _compose(label: str, verb: str, on_submit: Handler) -> rx.Component:
    box = ui.field(
        label,
        ui.text_area("words", rows=4, limit=cases.BODY_LIMIT),
        id="words",
        error=WRONG["words"],
    )
    return _form(box, verb=verb, on_submit=on_submit)


def _form(
    *fields: rx.Component, verb: str, on_submit: Handler, tone: str = "primary"
) -> rx.Component:
    """Make one form of the case; it is drawn anew, and so emptied, once it was carried out."""
    return ui.form(
        *fields,
        ui.hidden_input("number", CASE.number),
        ui.hidden_input("key", CASE.key),
        ui.actions(ui.submit_button(verb, tone=tone, busy=STATE.busy)),
        on_submit=on_submit,
        wide=True,
        key=CASE.key,
    )


def _details() -> rx.Component:
    return ui.card(ui.summary_rows(rx.foreach(CASE.facts, _fact)), title="Details")


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.name, fact.value)


def _others() -> rx.Component:
    return ui.stack(rx.foreach(CASE.others, _other), tight=True)


def _other(one: Other) -> rx.Component:
    return ui.paragraph(one.what, " ", ui.text_link(one.words, one.href))
