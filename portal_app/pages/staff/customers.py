"""The list of customers, for staff."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing, search
from portal_app.layout.shell import staff_page
from portal_app.state.customers.list import CustomerLine, CustomersState

STATE = CustomersState
VIEWS = (
    ("", "All"),
    ("not_ready", "Not ready"),
    ("ready_unpublished", "Not published"),
    ("registrable", "May register"),
    ("registered", "Registered"),
    ("locked", "Locked"),
    ("suspended", "Suspended"),
)


def customers_page() -> rx.Component:
    """Find a customer by whatever a caller can name (S0-10)."""
    return staff_page(
        ui.page_head("Customers", sub="Who may enter the portal, and why somebody cannot."),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("table", 8)),
        active="/staff/customers",
    )


def _listing() -> rx.Component:
    return listing(
        STATE,
        ui.segmented(
            options=VIEWS, value=STATE.view, on_pick=STATE.look_at, label="Show customers who are"
        ),
        search(
            STATE,
            "Find by name, phone, email, contract or VIN",
            "Name, phone or VIN",
        ),
        body=_table(),
        nothing=_nobody(),
    )


def _nobody() -> rx.Component:
    everybody = [STATE.look_at(""), STATE.look_for("")]
    return ui.empty(
        "users",
        "Nobody found",
        "Try fewer words, or another view.",
        action=ui.button("Show everybody", on_click=everybody),
    )


def _table() -> rx.Component:
    return ui.data_table(
        caption="Customers",
        columns=("Customer", "Owner", "Main phone", "Email", "Portal"),
        body=rx.foreach(STATE.rows, _row),
    )


def _row(customer: CustomerLine) -> rx.Component:
    return ui.table_row(
        ui.row_head(ui.text_link(customer.name, customer.href, alone=True), _known_by(customer)),
        ui.cell(customer.owner, label="Owner"),
        ui.cell(customer.phone, label="Main phone", whole=True),
        ui.cell(customer.email, label="Email"),
        ui.status_cell(ui.status_tag(customer.label, customer.tone)),
        key=customer.number,
    )


def _known_by(customer: CustomerLine) -> rx.Component:
    found = rx.cond(customer.by != "", rx.fragment(rx.el.br(), customer.by), rx.fragment())
    return rx.fragment(customer.number, found)
