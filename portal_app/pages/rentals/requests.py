"""The requests that an account has made."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.layout.shell import consumer_page
from portal_app.state.rentals.requests import RequestRow, RequestsState

STATE = RequestsState


def requests_page() -> rx.Component:
    """List the requests, the newest first."""
    return consumer_page(
        ui.page_head("Requests", sub="What you have asked your store to take off rent."),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("list", 4)),
        active="/requests",
    )


def _listing() -> rx.Component:
    return listing(STATE, body=ui.link_list(rx.foreach(STATE.rows, _row)), nothing=_nothing())


def _row(request: RequestRow) -> rx.Component:
    return ui.row_link(
        request.title,
        request.meta,
        request.href,
        right=ui.status_tag(request.status, request.tone),
        icon="truck",
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "truck",
        "No requests yet",
        "When you are done with an item, call it off rent from your items out.",
        action=ui.link_button("See your items out", "/items-out", tone="primary"),
    )
