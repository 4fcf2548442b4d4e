"""Letting somebody see or act for oneself (S1-09)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.households.granting import GrantState

STATE = GrantState
VIEW = STATE.view
WRONG = STATE.field_problems
AREAS = {
    "contracts": "Contracts and items on rent",
    "payments": "Payments, invoices and statements",
    "cases": "Cases",
    "documents": "Documents",
    "applications": "Applications",
}
REACH = (("none", "Nothing"), ("view", "See"), ("act", "See and act"))
LABELS = {
    "email": "Their email address",
    "family_name": "Their last name",
    "areas": "What they may do",
    "starts_on": "From (optional)",
    "ends_on": "Until (optional)",
}


def granting_page() -> rx.Component:
    """Ask whom, for what, and how long."""
    return consumer_page(
        ui.page_head(
            "Let somebody act for you",
            sub="You can take it away at any time. It ends at once, also where they have it open.",
            crumb=("Who can see your data", "/access"),
        ),
        ui.loading(
            STATE.is_loaded,
            ui.card(rx.cond(VIEW.needs_step_up, _step_up(), _form())),
            ui.skeleton("form", 5),
        ),
        active="/access",
    )


def _step_up() -> rx.Component:
    return ui.stack(
        ui.paragraph("They will see what is yours, so confirm first that it is you."),
        ui.actions(
            ui.link_button("Confirm it is you", VIEW.step_up_href, tone="primary"),
            ui.link_button("Cancel", "/access"),
        ),
    )


def _form() -> rx.Component:
    return ui.form(
        _whom(),
        _areas(),
        _days(),
        ui.hidden_input("key", VIEW.key),
        ui.actions(
            ui.submit_button("Let them act for you", busy=STATE.busy),
            ui.link_button("Cancel", "/access"),
        ),
        on_submit=STATE.give,
        problem=STATE.problem,
        field_problems=WRONG,
        labels=LABELS,
    )


def _whom() -> rx.Component:
    mail = ui.text_input("email", type="email", auto_complete="off", spell_check=False)
    name = ui.text_input("family_name", auto_complete="off")
    return rx.fragment(
        ui.field(
            LABELS["email"],
            mail,
            id="email",
            hint="The one that we know them by. They need a sign-in of their own here.",
            error=WRONG["email"],
        ),
        ui.field(LABELS["family_name"], name, id="family_name", error=WRONG["family_name"]),
    )


def _areas() -> rx.Component:
    # The summary's link leads to the first of them.
    choices = [
        _area("areas" if n == 0 else f"area_{area}", area, label)
        for n, (area, label) in enumerate(AREAS.items())
    ]
    return ui.checkbox_group(
        LABELS["areas"],
        choices,
        id="areas",
        hint="Payments are never included unless you choose so.",
        error=WRONG["areas"],
    )


def _area(element: str, area: str, label: str) -> rx.Component:
    box = ui.select(element, REACH, name=f"area_{area}", value=VIEW.areas[area])
    return ui.field(label, box, id=element)


def _days() -> rx.Component:
    return rx.fragment(
        ui.field(
            LABELS["starts_on"],
            ui.date_input("starts_on", min=VIEW.today),
            id="starts_on",
            hint="Leave it empty for today.",
            error=WRONG["starts_on"],
        ),
        ui.field(
            LABELS["ends_on"],
            ui.date_input("ends_on", min=VIEW.today),
            id="ends_on",
            hint="That day counts as well. Leave it empty to let it last until you take it away.",
            error=WRONG["ends_on"],
        ),
    )
