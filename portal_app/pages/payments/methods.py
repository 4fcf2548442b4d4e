"""Every card and bank account, contract by contract: none of them pays for another (S0-15)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.payments import method_list
from portal_app.layout.shell import consumer_page
from portal_app.state.payments.overview import ContractMethods, PaymentMethodsState

STATE = PaymentMethodsState


def payment_methods_page() -> rx.Component:
    """Show what each contract is paid from, and the way to change it."""
    return consumer_page(
        ui.page_head(
            "Payment methods",
            sub="Each contract has its own. Changing one leaves the others as they are.",
            crumb=("Payments", "/payments"),
        ),
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 3)),
        active="/payments",
    )


def _content() -> rx.Component:
    nothing = ui.empty(
        "credit-card",
        "No contract here is paid by card or bank account",
        "Contracts that are paid in instalments appear here with what pays them.",
        action=ui.link_button("See your contracts", "/contracts"),
    )
    listed = ui.stack(rx.foreach(STATE.groups, _contract))
    return rx.cond(STATE.groups, listed, ui.card(nothing))


def _contract(one: ContractMethods) -> rx.Component:
    change = ui.text_link(
        "Change how you pay", one.contract.methods_href, suffix=one.title, alone=True
    )
    rows = method_list(one.methods)
    none = "No card or bank account is saved on this contract. Nothing can be taken until one is."
    return rx.el.section(
        rx.el.div(rx.el.h2(one.title, class_name="h2"), change, class_name="card-h"),
        rx.cond(one.methods, rows, rx.el.div(ui.paragraph(none, quiet=True), class_name="card-b")),
        class_name="card",
        aria_label=one.title,
    )
