"""The payments on a contract's page: what happens next, the schedule, the methods (S0-29)."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.layout.payments import (
    action_tag,
    expiry_alert,
    method_list,
    outlook_body,
    schedule_body,
)
from portal_app.state.contracts.details import ContractState
from portal_app.state.payments.contract import ContractPaymentsState

STATE = ContractPaymentsState
VIEW = ContractState.view.payments
WRONG = STATE.field_problems
REASON_LIMIT = 300


def change_button() -> rx.Component:
    """Lead to where a method is added or chosen, while customers may."""
    change = ui.link_button("Change how you pay", VIEW.contract.methods_href, tone="primary")
    return rx.cond(VIEW.may_manage, change, rx.fragment())


def alerts() -> rx.Component:
    """Say on top that the contract may end, or that a card does not count any more."""
    ends = ui.alert(VIEW.cancellation, VIEW.cancellation_text, tone="warn", id="cancellation")
    return rx.fragment(
        rx.cond(VIEW.cancellation != "", ends, rx.fragment()),
        rx.foreach(VIEW.warnings, expiry_alert),
    )


def what_happens_next() -> rx.Component:
    """Show what was tried, what is to do, and what comes."""
    return ui.card(
        outlook_body(VIEW.outlook), title="What happens next", action=action_tag(VIEW.outlook)
    )


def schedule() -> rx.Component:
    """Show what is paid when; only to be read, unless that is switched on (S0-04)."""
    sums = rx.fragment(VIEW.paid, " paid, ", VIEW.left, " still to pay.")
    whom = rx.fragment(" To change a date or an amount, ", ui.text_link("ask us", "/help"), ".")
    return ui.card(
        schedule_body(VIEW.schedule),
        rx.cond(
            VIEW.movable,
            rx.el.div(_move(), class_name="card-b"),
            rx.fragment(),
        ),
        rx.el.div(ui.help_line(sums, whom), class_name="card-b"),
        title="Payment schedule",
        flush=True,
    )


def _move() -> rx.Component:
    form = ui.form(
        ui.field(
            "Which payment?",
            ui.select("instalment", VIEW.movable),
            id="instalment",
            error=WRONG["instalment"],
        ),
        ui.field(
            "New date",
            ui.date_input("due_on", min=VIEW.earliest),
            id="due_on",
            hint="From tomorrow on, within a year.",
            error=WRONG["due_on"],
        ),
        ui.hidden_input("key", VIEW.key),
        ui.submit_button("Move the payment", busy=STATE.busy, tone=""),
        on_submit=STATE.move,
        problem=STATE.problem,
        field_problems=WRONG,
        labels={"instalment": "Which payment?", "due_on": "New date"},
        key=VIEW.key,
    )
    return ui.disclosure("Move a payment to another day", form)


def methods() -> rx.Component:
    """List the cards and bank accounts of this contract alone (S0-15)."""
    rows = method_list(VIEW.methods)
    none = "No card or bank account is saved on this contract. Nothing can be taken until one is."
    shown = ui.card(
        rx.cond(VIEW.methods, rows, _quiet(none)),
        _quiet("They pay only for this contract. Each contract is changed on its own."),
        title="Payment methods",
        flush=True,
    )
    return rx.cond(VIEW.is_there & VIEW.has_methods, shown, rx.fragment())


def end_of_contract() -> rx.Component:
    """Take the wish to end the contract, while that is switched on."""
    form = ui.form(
        ui.field(
            "Why do you want to end it?",
            ui.text_area("reason", rows=3, limit=REASON_LIMIT),
            id="reason",
            error=WRONG["reason"],
        ),
        ui.hidden_input("contract", VIEW.contract.id),
        ui.hidden_input("key", VIEW.key),
        ui.submit_button("Ask to cancel", busy=STATE.busy, tone=""),
        on_submit=STATE.ask_to_cancel,
        problem=STATE.problem,
        field_problems=WRONG,
        labels={"reason": "Why do you want to end it?"},
        key=VIEW.key,
    )
    words = "We look at it and write to you. Nothing ends before that."
    asks = ui.card(
        ui.paragraph(words, quiet=True),
        ui.disclosure("Ask to cancel this contract", form),
        title="End this contract",
    )
    return rx.cond(VIEW.may_ask_to_cancel, asks, rx.fragment())


def _quiet(words: Any) -> rx.Component:
    return rx.el.div(ui.paragraph(words, quiet=True), class_name="card-b")
