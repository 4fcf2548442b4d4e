"""The form for a new case: in which household, for whom, about what (S1-08 to S1-13)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.cases import case_fields, files_with_form
from portal_app.layout.shell import consumer_page
from portal_app.state.cases.opening import NewCaseState

STATE = NewCaseState
VIEW = STATE.view
WRONG = STATE.field_problems
LABELS = {
    "household": "Household",
    "consumer": "Who is it for?",
    "topic": "What is it about?",
    "subject": "Subject",
    "description": "What can we do for you?",
}


def new_case_page() -> rx.Component:
    """Ask for as little as possible; selectors only where there is something to choose."""
    return consumer_page(
        ui.page_head(
            "Open a case",
            sub="We answer here, and write to you when we do.",
            crumb=("Cases", "/cases"),
        ),
        ui.loading(STATE.is_loaded, ui.card(_form()), ui.skeleton("form", 4)),
        active="/cases",
    )


def _form() -> rx.Component:
    return ui.form(
        rx.cond(VIEW.asks_household, _household(), ui.hidden_input("household", VIEW.household)),
        rx.cond(VIEW.asks_consumer, _consumer(), ui.hidden_input("consumer", VIEW.consumer)),
        case_fields(
            LABELS,
            topics=VIEW.topics,
            wrong=WRONG,
            subject_hint="In a few words, such as “A payment was taken twice”.",
            description_hint="What happened, and when. Never write a card number here.",
        ),
        files_with_form(VIEW, on_remove=STATE.take_off),
        ui.hidden_input("key", VIEW.key),
        ui.actions(
            ui.submit_button("Open the case", busy=STATE.busy),
            ui.link_button("Cancel", "/cases"),
        ),
        on_submit=STATE.send,
        problem=STATE.problem,
        field_problems=WRONG,
        labels=LABELS,
    )


def _household() -> rx.Component:
    box = ui.select(
        "household", VIEW.households, value=VIEW.household, on_change=STATE.pick_household
    )
    return ui.field(
        LABELS["household"],
        box,
        id="household",
        hint="The people below are those of this household.",
        error=WRONG["household"],
    )


def _consumer() -> rx.Component:
    box = ui.select("consumer", VIEW.consumers, value=VIEW.consumer, on_change=STATE.pick_consumer)
    field = ui.field(
        LABELS["consumer"],
        box,
        id="consumer",
        hint="Yourself, or somebody for whom you may act.",
        error=WRONG["consumer"],
    )
    return rx.el.div(field, key=VIEW.people)
