"""The store's queue of rental requests (S3-25)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.queue import queue
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.rental_request_sheet import request_sheet
from portal_app.state.rentals.queue import RentalQueueState
from portal_app.state.rentals.queue_views import QueueRow

STATE = RentalQueueState
COUNTS = STATE.counts
WAYS = [("", "All ways"), ("pickup", "Pick up"), ("drop_off", "Bring back")]


def rental_requests_page() -> rx.Component:
    """List the requests by saved view, and open one on the right."""
    return staff_page(
        ui.page_head(
            "Rental requests", sub="What customers ask of their store. Rent stops when you confirm."
        ),
        queue(
            STATE,
            views=[
                ("open", "Open", COUNTS.open),
                ("needs_action", "Needs action", COUNTS.needs_action),
                ("scheduled", "Scheduled", COUNTS.scheduled),
                ("all", "All", COUNTS.all),
            ],
            kinds=WAYS,
            kinds_label="How the items come back",
            search_label="Search requests",
            search_hint="Name, item or number",
            body=request_table(STATE.rows),
            no_match="No request matches",
            nothing=_nothing(),
        ),
        request_sheet(),
        active="/staff/rental-requests",
    )


def request_table(rows: rx.Var[list[QueueRow]]) -> rx.Component:
    """Show requests as rows that open their sheet."""
    return ui.data_table(
        caption="Rental requests",
        columns=["Request", "Customer", "Status", "Item", "How", "For", "Asked"],
        body=rx.foreach(rows, _row),
    )


def _row(request: QueueRow) -> rx.Component:
    customer = rx.el.span(request.customer, rx.el.span(request.account, class_name="m"))
    return ui.table_row(
        ui.row_head(ui.text_link(request.number, request.href), whole=True),
        ui.cell(customer, label="Customer"),
        ui.status_cell(ui.status_tag(request.status, request.tone)),
        ui.cell(request.item, label="Item"),
        ui.cell(request.method, label="How", whole=True),
        ui.cell(request.wanted, label="For", whole=True),
        ui.cell(request.asked, label="Asked", whole=True),
        key=request.number,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "inbox",
        "Nothing is open",
        "New requests appear here by themselves, the moment a customer sends them.",
        action=ui.button("Show all requests", on_click=STATE.pick_view("all")),
    )
