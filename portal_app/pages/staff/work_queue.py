"""The staff's first page: what waits for them."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.rental_requests import request_table
from portal_app.state.rentals.work import WorkQueueState

STATE = WorkQueueState


def work_queue_page() -> rx.Component:
    """Show the requests that a person has to look at."""
    return staff_page(
        ui.page_head("Work queue", sub="Requests from the portal that a person has to see."),
        ui.loading(
            STATE.is_loaded,
            ui.card(
                rx.cond(STATE.rows, request_table(STATE.rows), _nothing()),
                title="Rental requests that need action",
                action=ui.text_link("See all", "/staff/rental-requests", suffix="rental requests"),
                flush=True,
            ),
            ui.skeleton("table", 5),
        ),
        active="/staff",
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "inbox", "All caught up", "New requests appear here by themselves, without a reload."
    )
