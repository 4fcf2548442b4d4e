"""Privacy: by which channels one may be sent news and offers, and the proof of it (S4-16)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.consents import listed_answers
from portal_app.layout.shell import consumer_page
from portal_app.state.consents.own import PrivacyState
from portal_app.state.consents.words import WayRow

STATE = PrivacyState
VIEW = STATE.view
ALWAYS = (
    "What your account needs always reaches you, such as receipts, answers to your messages and "
    "notices about payments. None of that is marketing."
)


def privacy_page() -> rx.Component:
    """Show a switch for each channel, and every answer that was given."""
    return consumer_page(
        ui.page_head("Privacy", sub="How you want to hear from us, and what you agreed to."),
        ui.loading(
            STATE.is_loaded,
            ui.stack(ui.error_summary(STATE.problem), _ways(), _history()),
            ui.skeleton("list", 4),
        ),
        active="/privacy",
    )


def _ways() -> rx.Component:
    return ui.card(
        rx.el.ul(rx.foreach(VIEW.ways, _way), class_name="list", role="list"),
        rx.el.div(ui.paragraph(ALWAYS, quiet=True), class_name="card-b"),
        title="Marketing preferences",
        flush=True,
        id="marketing",
    )


def _way(row: WayRow) -> rx.Component:
    choose = rx.cond(
        row.is_on,
        STATE.withdraw(row.channel, row.key),
        STATE.agree(row.channel, row.key),
    )
    return ui.plain_row(
        row.label,
        rx.fragment(row.words, rx.el.br(), row.since),
        right=ui.switch(row.words, is_on=row.is_on, on_click=choose),
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
