"""Every schedule of an account, grouped by vehicle; only to be read (S0-04, S0-18)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.payments import schedule_in_short
from portal_app.layout.shell import consumer_page
from portal_app.state.payments.overview import ContractSchedule, PaymentsState, Vehicle

STATE = PaymentsState


def payments_page() -> rx.Component:
    """Show what is paid when, contract by contract, and whom to ask about it."""
    return consumer_page(
        ui.page_head(
            "Payments",
            sub="What you pay and when, for each of your contracts.",
            actions=[ui.link_button("Payment methods", "/payment-methods", icon="credit-card")],
        ),
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 4)),
        ui.help_line(
            "Dates and amounts cannot be changed here. ",
            ui.text_link("Ask us about a payment", "/help"),
            " and we look at it with you.",
        ),
        active="/payments",
    )


def _content() -> rx.Component:
    nothing = ui.empty(
        "credit-card",
        "Nothing is paid by a schedule",
        "Contracts that are paid in instalments appear here with their dates.",
        action=ui.link_button("See your contracts", "/contracts"),
    )
    listed = ui.stack(rx.foreach(STATE.vehicles, _vehicle))
    return rx.cond(STATE.vehicles, listed, ui.card(nothing))


def _vehicle(vehicle: Vehicle) -> rx.Component:
    return ui.stack(
        rx.el.h2(vehicle.name, class_name="h2"),
        ui.stack(rx.foreach(vehicle.contracts, _contract)),
        tight=True,
    )


def _contract(one: ContractSchedule) -> rx.Component:
    """Show one contract: how it stands, what comes next, and its schedule."""
    change = ui.text_link("Change how you pay", one.contract.methods_href, suffix=one.title)
    method = rx.cond(
        one.method.label != "",
        ui.paragraph("Paid from ", one.method.label, " (", one.method.detail, "). ", change),
        rx.fragment(),
    )
    head = ui.row(
        rx.el.h3(ui.text_link(one.title, one.contract.href), class_name="h3"),
        ui.status_tag(one.status, one.tone),
        rx.cond(one.has_expired, ui.status_tag("A card has expired", "bad"), rx.fragment()),
    )
    return rx.el.section(
        rx.el.div(head, ui.paragraph(one.outlook.line), method, class_name="card-b"),
        schedule_in_short(one.schedule),
        class_name="card",
        aria_label=one.title,
    )
