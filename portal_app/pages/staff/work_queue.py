"""The staff's first page: what waits for them."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.rental_requests import request_table
from portal_app.state.rentals.work import LockedRow, WorkQueueState

STATE = WorkQueueState


def work_queue_page() -> rx.Component:
    """Show the requests that a person has to look at."""
    return staff_page(
        ui.page_head("Work queue", sub="Requests from the portal that a person has to see."),
        ui.loading(
            STATE.is_loaded,
            ui.stack(_requests(), rx.cond(STATE.locked, _locked(), rx.fragment())),
            ui.skeleton("table", 5),
        ),
        active="/staff",
    )


def _requests() -> rx.Component:
    return ui.card(
        rx.cond(STATE.rows, request_table(STATE.rows), _nothing()),
        title="Rental requests that need action",
        action=ui.text_link("See all", "/staff/rental-requests", suffix="rental requests"),
        flush=True,
    )


def _locked() -> rx.Component:
    return ui.card(
        ui.link_list(rx.foreach(STATE.locked, _customer)),
        title="Locked registrations",
        action=ui.text_link("See all", "/staff/customers", suffix="customers"),
        flush=True,
    )


def _customer(row: LockedRow) -> rx.Component:
    tag = ui.status_tag("Locked", "warn")
    return ui.row_link(row.customer, row.meta, row.href, right=tag, icon="lock")


def _nothing() -> rx.Component:
    return ui.empty(
        "inbox",
        "All caught up",
        "New requests appear here by themselves, without a reload.",
        action=ui.link_button("See all rental requests", "/staff/rental-requests"),
    )
