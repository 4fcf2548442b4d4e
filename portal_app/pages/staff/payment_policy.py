"""How payments are taken, for administrators (S0-23, S0-24)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.state.payments_desk.policy import PaymentPolicyState
from portal_app.state.payments_desk.words import PATH

STATE = PaymentPolicyState
SET = STATE.policy
WRONG = STATE.field_problems
ORDERS = [
    ("yes", "The missed payment first", "If it fails again, the payment that is due is not taken."),
    ("no", "The payment that is due first", "The missed one is tried after it."),
]


def payment_policy_page() -> rx.Component:
    """Say whether payments are taken, when, in which order, and what a missed one costs."""
    return staff_page(
        ui.page_head("Taking payments", sub="The next run follows what is set here."),
        ui.shown(STATE.newer, _newer()),
        ui.loading(STATE.is_loaded, rx.el.div(_form(), key=SET.key), ui.skeleton("form", 5)),
        active="/staff/settings/payments",
    )


def _newer() -> rx.Component:
    """Say what a colleague has set while this page was open, beside what was typed."""
    return ui.alert(
        "A colleague has changed these settings",
        rx.fragment(
            STATE.newer, " What you have entered below is kept, but cannot be saved over that."
        ),
        action=ui.button("Start from what is set now", on_click=STATE.start_over),
        tone="warn",
        live=True,
    )


def _form() -> rx.Component:
    return ui.form(
        ui.card(*_taking(), title="Daily run"),
        ui.card(*_missing(), title="When a payment is missed"),
        ui.hidden_input("version", SET.version),
        ui.hidden_input("key", SET.key),
        ui.actions(
            ui.submit_button("Save settings", busy=STATE.busy),
            ui.text_link("See the next run", f"{PATH}/next-run"),
        ),
        on_submit=STATE.save,
        problem=STATE.problem,
        field_problems=WRONG,
    )


def _taking() -> list[rx.Component]:
    return [
        ui.checkbox(
            "The portal takes payments",
            "takes_payments",
            checked=SET.takes_payments,
            hint="Off: schedules are shown, and nothing is taken.",
            error=WRONG["takes_payments"],
        ),
        ui.field(
            "Time of the run",
            ui.text_input("run_at", value=SET.run_at, short=True, auto_complete="off"),
            id="run_at",
            hint="Such as 06:00, in each account's own time zone.",
            error=WRONG["run_at"],
        ),
    ]


def _missing() -> list[rx.Component]:
    return [
        ui.field(
            rx.fragment("Fee for a missed payment, in ", SET.currency),
            ui.text_input(
                "fee", value=SET.fee, short=True, input_mode="decimal", auto_complete="off"
            ),
            id="fee",
            hint="Such as 25.00. For contracts in this currency that name no fee of their own.",
            error=WRONG["fee"],
        ),
        ui.radio_group(
            "What is tried first on the next due date?",
            "retry_first",
            ORDERS,
            value=SET.retry_first,
            error=WRONG["retry_first"],
        ),
        ui.checkbox(
            "Hold what is to come once a second attempt has failed",
            "hold_next",
            checked=SET.hold_next,
            hint="A request to cancel the contract is opened either way. You decide about it.",
            error=WRONG["hold_next"],
        ),
    ]
