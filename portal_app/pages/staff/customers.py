"""The list of customers, for staff."""

import reflex as rx

from portal_app.components.feedback import empty, loading
from portal_app.components.links import text_link
from portal_app.components.page import card, page_head
from portal_app.components.search import search_box
from portal_app.components.skeletons import skeleton
from portal_app.components.status import status_tag
from portal_app.components.tables import (
    cell,
    data_table,
    load_more,
    result_count,
    row_head,
    segmented,
    status_cell,
    table_row,
    toolbar,
)
from portal_app.layout.shell import staff_page
from portal_app.state.customers.list import CustomerLine, CustomersState

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
    """Find a customer, by name, number, phone or email."""
    return staff_page(
        page_head("Customers", sub="Who may enter the portal, and why somebody cannot."),
        loading(CustomersState.is_loaded, found(), skeleton("table", 8)),
        active="/staff/customers",
    )


def found() -> rx.Component:
    """Show who was found."""
    nobody = empty("users", "Nobody found", "Try fewer words, or another view.")
    return card(
        toolbar(
            segmented(
                options=VIEWS,
                value=CustomersState.view,
                on_pick=CustomersState.look_at,
                label="Show customers who are",
            ),
            result_count(CustomersState.summary),
            search_box(
                value=CustomersState.search,
                label="Find by name, number, phone or email",
                on_change=CustomersState.look_for,
                placeholder="Name, number, phone or email",
            ),
        ),
        rx.cond(CustomersState.has_rows, table(), nobody),
        load_more(has_more=CustomersState.after != "", on_click=CustomersState.more),
        flush=True,
    )


def table() -> rx.Component:
    """Set out one customer a row."""
    return data_table(
        caption="Customers",
        columns=("Customer", "Owner", "Main phone", "Email", "Portal"),
        body=rx.foreach(CustomersState.rows, line),
    )


def line(row: CustomerLine) -> rx.Component:
    """Show one customer."""
    return table_row(
        row_head(text_link(row.name, row.href, alone=True), row.number),
        cell(row.owner, label="Owner"),
        cell(row.phone, label="Main phone", whole=True),
        cell(row.email, label="Email"),
        status_cell(status_tag(row.label, row.tone)),
        key=row.number,
    )
