"""The payments of a customer's contracts, on the customer's page for staff (S0-28)."""

import reflex as rx

from portal_app import components as ui
from portal_app.state.payments_desk.customer import ContractEntry, CustomerPaymentsState

STATE = CustomerPaymentsState


def payments_card() -> rx.Component:
    """List the contracts with payments; nothing for customers who have none."""
    listed = ui.card(
        ui.link_list(rx.foreach(STATE.rows, _contract)), title="Payments of contracts", flush=True
    )
    return rx.cond(STATE.rows, listed, rx.fragment())


def _contract(one: ContractEntry) -> rx.Component:
    tag = ui.status_tag(one.status, one.tone)
    return ui.row_link(one.title, one.meta, one.href, right=tag, below=True)
