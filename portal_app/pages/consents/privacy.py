"""Privacy: by which channels one may be sent news and offers, and the proof of it (S4-16)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.consents import listed_answers, marketing_switches
from portal_app.layout.shell import consumer_page
from portal_app.state.consents.own import PrivacyState

STATE = PrivacyState
VIEW = STATE.view


def privacy_page() -> rx.Component:
    """Show a switch for each channel, and every answer that was given."""
    switches = marketing_switches(VIEW.ways, agree=STATE.agree, withdraw=STATE.withdraw)
    return consumer_page(
        ui.page_head("Privacy", sub="How you want to hear from us, and what you agreed to."),
        ui.loading(
            STATE.is_loaded,
            ui.stack(ui.error_summary(STATE.problem), switches, _history()),
            ui.skeleton("list", 4),
        ),
        active="/privacy",
    )


def _history() -> rx.Component:
    none = ui.empty(
        "receipt-text",
        "You have not chosen anything yet",
        "Every choice you make stands here with its date and a receipt to keep.",
    )
    return ui.card(
        rx.cond(VIEW.history, listed_answers(VIEW.history), none),
        title="What you chose",
        flush=True,
        id="choices",
    )
