"""The applications that somebody is let into."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.layout.shell import consumer_page
from portal_app.state.applications.filling import ApplicationsMineState
from portal_app.state.applications.task_views import OwnRow

STATE = ApplicationsMineState


def applications_page() -> rx.Component:
    """List them, each with how far it is."""
    return consumer_page(
        ui.page_head("Applications", sub="What you apply for, and what is still to be filled in."),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("list", 2)),
        active="/applications",
    )


def _listing() -> rx.Component:
    return listing(STATE, body=ui.link_list(rx.foreach(STATE.rows, _row)), nothing=_nothing())


def _row(one: OwnRow) -> rx.Component:
    return ui.row_link(one.title, one.number, one.href, right=ui.status_tag(one.status, one.tone))


def _nothing() -> rx.Component:
    return ui.empty(
        "clipboard-list",
        "No application is open to you",
        "When we open one for you, it appears here, and we write to you.",
        action=ui.link_button("Help and contact", "/help"),
    )
