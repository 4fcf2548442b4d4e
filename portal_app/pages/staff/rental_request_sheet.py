"""One rental request on the right of the queue: facts, history, and what may be done now."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler
from portal_app.layout.files import listed_files
from portal_app.layout.queue import queue_sheet
from portal_app.state.rentals.queue import RentalQueueState
from portal_app.state.rentals.requests import Fact

STATE = RentalQueueState
SHEET = STATE.sheet
WRONG = STATE.field_problems


def request_sheet() -> rx.Component:
    """Open over the list when the address names a request."""
    return queue_sheet(
        STATE,
        ui.row(
            ui.status_tag(SHEET.status, SHEET.tone),
            ui.text_link("See the customer", SHEET.customer_href),
        ),
        ui.error_summary(STATE.problem, WRONG),
        _decisions(),
        ui.summary_rows(rx.foreach(SHEET.facts, _fact)),
        rx.cond(SHEET.photos, _photos(), rx.fragment()),
        rx.el.h3("History", class_name="h3"),
        ui.timeline(SHEET.steps),
    )


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.name, fact.value)


def _photos() -> rx.Component:
    return rx.fragment(
        rx.el.h3("Photos from the customer", class_name="h3"), listed_files(SHEET.photos)
    )


def _decisions() -> rx.Component:
    return ui.stack(
        rx.cond(SHEET.may_acknowledge, _acknowledge(), rx.fragment()),
        rx.cond(SHEET.may_schedule, _schedule("Schedule", STATE.schedule), rx.fragment()),
        rx.cond(SHEET.may_reschedule, _folded_reschedule(), rx.fragment()),
        rx.cond(SHEET.may_receive, _receive(), rx.fragment()),
        rx.cond(SHEET.may_check_in, _check_in(), rx.fragment()),
        rx.cond(SHEET.may_decline, _decline(), rx.fragment()),
        rx.cond(SHEET.may_cancel, _cancel(), rx.fragment()),
    )


def _form(
    *fields: rx.Component, verb: str, on_submit: Handler, tone: str = "primary"
) -> rx.Component:
    return ui.form(
        *fields,
        ui.hidden_input("number", SHEET.number),
        ui.hidden_input("key", SHEET.key),
        ui.actions(ui.submit_button(verb, tone=tone, busy=STATE.busy)),
        on_submit=on_submit,
        wide=True,
    )


def _acknowledge() -> rx.Component:
    when = ui.field(
        "Rent stops",
        ui.date_time_input("off_rent_at", value=SHEET.asked_for),
        id="off_rent_at",
        hint=rx.fragment("In ", SHEET.zone, ". The customer asked for this time."),
        error=WRONG["off_rent_at"],
    )
    return _form(when, verb="Acknowledge", on_submit=STATE.acknowledge)


def _schedule(verb: str, on_submit: Handler) -> rx.Component:
    when = ui.field(
        "Day and time",
        ui.date_time_input("when", value=SHEET.arranged_for),
        id="when",
        hint=rx.fragment("In ", SHEET.zone, "."),
        error=WRONG["when"],
    )
    note = ui.field(
        "Note to the customer (optional)", ui.text_input("note"), id="note", error=WRONG["note"]
    )
    return _form(when, note, verb=verb, on_submit=on_submit)


def _folded_reschedule() -> rx.Component:
    return ui.disclosure("Set another time", _schedule("Reschedule", STATE.reschedule))


def _receive() -> rx.Component:
    return _form(verb="Received", on_submit=STATE.receive, tone="")


def _check_in() -> rx.Component:
    quantity = ui.field(
        "How many came back?",
        ui.text_input("quantity", value=SHEET.to_check_in, short=True, input_mode="numeric"),
        id="quantity",
        hint=rx.fragment(SHEET.out, " out now. Enter 0 if your own system has counted them."),
        error=WRONG["quantity"],
    )
    return _form(quantity, verb="Check in", on_submit=STATE.check_in)


def _decline() -> rx.Component:
    reason = ui.field(
        "Why?",
        ui.text_area("reason", rows=3, limit=300),
        id="reason",
        hint="The customer reads this. Rent goes on.",
        error=WRONG["reason"],
    )
    return ui.disclosure(
        "Decline this request",
        _form(reason, verb="Decline", on_submit=STATE.decline, tone="danger"),
    )


def _cancel() -> rx.Component:
    reason = ui.field(
        "Why? (optional)",
        ui.text_area("reason", rows=3, limit=300),
        id="reason",
        hint="The customer reads this. Rent goes on.",
        error=WRONG["reason"],
    )
    return ui.disclosure(
        "Cancel what was arranged",
        _form(reason, verb="Cancel the request", on_submit=STATE.cancel, tone="danger"),
    )
