"""Questions and answers, and whom to turn to (S0-02, S0-03)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import door_page, own_page
from portal_app.state.help_pages import AnswerRow, HelpState
from portal_app.state.shell import ShellState

STATE = HelpState
CONTACT = STATE.contact


def help_page() -> rx.Component:
    """Show the same help to everybody, in the frame that they know."""
    return rx.cond(
        ShellState.shell.name != "",
        own_page(_head(), _loaded(ui.columns(_questions(), _contact())), active="/help"),
        door_page(_head(), _loaded(ui.stack(_questions(), _contact()))),
    )


def _loaded(content: rx.Component) -> rx.Component:
    return ui.loading(STATE.is_loaded, content, ui.skeleton("card", 8))


def _head() -> rx.Component:
    return ui.page_head("Help", sub="Short answers to what people ask us most.")


def _questions() -> rx.Component:
    return ui.card(
        ui.search_box(
            value=STATE.search,
            on_change=STATE.look_for,
            label="Search the help pages",
            placeholder="What is it about?",
        ),
        ui.result_count(STATE.summary),
        rx.cond(
            STATE.answers,
            rx.el.div(rx.foreach(STATE.answers, _answer), class_name="stack tight"),
            _nothing(),
        ),
        title="Questions and answers",
    )


def _answer(one: AnswerRow) -> rx.Component:
    words = rx.el.p(one.answer, style={"white-space": "pre-line"})
    return rx.el.div(ui.disclosure(one.question, words), key=one.id)


def _nothing() -> rx.Component:
    return rx.cond(
        STATE.search != "",
        ui.empty(
            "search-x",
            "No question matches",
            "Try another word, or contact us.",
            action=ui.button("Clear search", on_click=STATE.look_for("")),
        ),
        ui.empty("circle-help", "No questions yet", "Contact us, and we will answer yours."),
    )


def _contact() -> rx.Component:
    mail = ui.external_link(CONTACT.email, CONTACT.mailto)
    phone = ui.external_link(CONTACT.phone, CONTACT.tel)
    return ui.card(
        ui.summary_list(
            [
                ("Phone", rx.cond(CONTACT.phone != "", phone, "Not provided")),
                ("Email", rx.cond(CONTACT.email != "", mail, "Not provided")),
                ("Hours", rx.cond(CONTACT.hours != "", CONTACT.hours, "Not provided")),
            ]
        ),
        title="Contact us",
    )
