"""Staff open a case for a customer, such as one who calls (S1-08)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.cases import case_fields, files_with_form
from portal_app.layout.shell import staff_page
from portal_app.state.cases.on_behalf import OnBehalfState

STATE = OnBehalfState
VIEW = STATE.view
WRONG = STATE.field_problems
LABELS = {
    "household": "Household",
    "topic": "What is it about?",
    "subject": "Subject",
    "description": "What can we do for them?",
}


def case_on_behalf_page() -> rx.Component:
    """Ask what the customer would write; they read it and are told."""
    return staff_page(
        ui.page_head(
            "Open a case",
            sub=rx.cond(VIEW.name != "", rx.fragment("For ", VIEW.name, ", who is told."), ""),
            crumb=("Cases", "/staff/cases"),
        ),
        ui.loading(STATE.is_loaded, ui.card(_form()), ui.skeleton("form", 4)),
        active="/staff/cases",
    )


def _form() -> rx.Component:
    return ui.form(
        rx.cond(VIEW.asks_household, _household(), ui.hidden_input("household", VIEW.household)),
        case_fields(
            LABELS,
            topics=VIEW.topics,
            wrong=WRONG,
            description_hint="The customer reads this.",
        ),
        files_with_form(VIEW, on_remove=STATE.take_off),
        ui.hidden_input("consumer", VIEW.consumer),
        ui.hidden_input("key", VIEW.key),
        ui.actions(
            ui.submit_button("Open the case", busy=STATE.busy),
            ui.link_button("Cancel", "/staff/cases"),
        ),
        on_submit=STATE.send,
        problem=STATE.problem,
        field_problems=WRONG,
        labels=LABELS,
        # Drawn anew for somebody else, so that nothing typed about one is sent for another.
        key=VIEW.consumer,
    )


def _household() -> rx.Component:
    box = ui.select("household", VIEW.households, value=VIEW.household)
    return ui.field(LABELS["household"], box, id="household", error=WRONG["household"])
