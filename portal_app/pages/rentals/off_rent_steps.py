"""The three steps of calling off rent."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Text
from portal_app.state.rentals.off_rent import STEP_OF, OffRentState

STATE = OffRentState
PAGE, DRAFT, ANSWERS = STATE.page, STATE.draft, STATE.answers
WRONG = STATE.field_problems
NOTES_LIMIT = 1_000


def quantity_step() -> rx.Component:
    """Ask how many, and from when."""
    return _step(
        1,
        ui.field(
            "How many do you want to call off?",
            ui.text_input(
                "quantity",
                value=DRAFT.quantity,
                short=True,
                input_mode="numeric",
                auto_complete="off",
            ),
            id="quantity",
            hint=rx.fragment("From 1 to ", PAGE.available, "."),
            error=WRONG["quantity"],
        ),
        ui.radio_group(
            "When should rent stop?",
            "when",
            [
                ("now", "As soon as possible", "Your store confirms the exact time."),
                ("later", "At a date and time"),
            ],
            value=DRAFT.when,
        ),
        ui.field(
            "Date and time, if later",
            ui.date_time_input(
                "requested_for", name="date_time", value=DRAFT.date_time, min=PAGE.earliest,
                max=PAGE.latest,
            ),
            id="requested_for",
            hint=rx.fragment("In ", PAGE.zone, ", within a year from now."),
            error=WRONG["requested_for"],
        ),
        back=ui.link_button("Cancel", "/items-out"),
    )  # fmt: skip


def return_step() -> rx.Component:
    """Ask how the items come back, where they are, and whom to call."""
    return _step(
        2,
        ui.radio_group(
            "How do the items come back?",
            "method",
            [
                ("pickup", "Pick them up", "Your store arranges a day and time with you."),
                ("drop_off", "We bring them back", PAGE.drop_off),
            ],
            value=DRAFT.method,
            error=WRONG["method"],
        ),
        ui.field(
            "Where are the items now?",
            ui.text_input("place", value=DRAFT.place),
            id="place",
            hint="Address or site, with what the driver needs to find them.",
            error=WRONG["place"],
        ),
        *_contact(),
        back=ui.link_button("Back", f"{PAGE.path}?step=1"),
    )


def _contact() -> list[rx.Component]:
    return [
        ui.field(
            "Name of a contact",
            ui.text_input("contact_name", value=DRAFT.contact_name, auto_complete="name"),
            id="contact_name",
            error=WRONG["contact_name"],
        ),
        ui.field(
            "Phone number of the contact",
            ui.text_input(
                "contact_phone", value=DRAFT.contact_phone, type="tel", auto_complete="tel"
            ),
            id="contact_phone",
            error=WRONG["contact_phone"],
        ),
        ui.field(
            "Notes (optional)",
            ui.text_area("notes", value=DRAFT.notes, limit=NOTES_LIMIT),
            id="notes",
            hint="Opening hours, gate codes, damage that we should know of.",
            error=WRONG["notes"],
        ),
    ]


def check_step() -> rx.Component:
    """Read the answers back, with a way to change each, and send them."""
    first, second = f"{PAGE.path}?step=1", f"{PAGE.path}?step=2"
    return ui.form(
        ui.card(
            ui.check_answers([
                ("Item", PAGE.item),
                ("Quantity", ANSWERS.quantity, first),
                ("Rent stops", ANSWERS.when, first),
                ("How the items come back", ANSWERS.method, second),
                ("Where the items are", ANSWERS.place, second),
                ("Contact", ANSWERS.contact, second),
                ("Notes", rx.cond(ANSWERS.notes != "", ANSWERS.notes, "Not provided"), second),
            ]),
        ),
        ui.paragraph(
            "Rent goes on until ", PAGE.store, " confirms when it stops. You can add photos once "
            "the request is sent.",
            quiet=True,
        ),
        ui.hidden_input("line", PAGE.line_id),
        ui.hidden_input("key", PAGE.key),
        *[ui.hidden_input(name, _answer(name)) for name in STEP_OF],
        ui.actions(
            ui.submit_button("Send request", busy=STATE.busy), ui.link_button("Back", second)
        ),
        on_submit=STATE.send,
        problem=STATE.problem,
        field_problems=WRONG,
    )  # fmt: skip


def _answer(name: str) -> Text:
    return ANSWERS.requested_for if name == "requested_for" else getattr(DRAFT, name)


def _step(step: int, *fields: rx.Component, back: rx.Component) -> rx.Component:
    return ui.form(
        *fields,
        ui.hidden_input("step", str(step)),
        ui.actions(ui.submit_button("Continue", busy=STATE.busy), back),
        on_submit=STATE.answer,
        problem=STATE.problem,
        field_problems=WRONG,
        labels={name: name for name, where in STEP_OF.items() if where == step},
    )
