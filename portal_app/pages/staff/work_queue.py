"""The staff's first page: what waits for them."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.arrears import arrears_table
from portal_app.pages.staff.cancellations import cancellation_table
from portal_app.pages.staff.cases import case_table
from portal_app.pages.staff.change_requests import change_table
from portal_app.pages.staff.rental_requests import request_table
from portal_app.state.applications.list import WishRow
from portal_app.state.invitations.list import InvitationEntry
from portal_app.state.invitations.words import ASKS
from portal_app.state.rentals.work import LockedRow, WorkQueueState

STATE = WorkQueueState


def work_queue_page() -> rx.Component:
    """Show the requests that a person has to look at."""
    return staff_page(
        ui.page_head("Work queue", sub="Requests from the portal that a person has to see."),
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                _requests(),
                rx.cond(STATE.cases, _cases(), rx.fragment()),
                rx.cond(STATE.cancellations, _cancellations(), rx.fragment()),
                rx.cond(STATE.failed, _failed(), rx.fragment()),
                rx.cond(STATE.changes, _changes(), rx.fragment()),
                rx.cond(STATE.asking, _asking(), rx.fragment()),
                rx.cond(STATE.wishes, _wishes(), rx.fragment()),
                rx.cond(STATE.locked, _locked(), rx.fragment()),
            ),
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


def _cases() -> rx.Component:
    return ui.card(
        case_table(STATE.cases),
        title="Cases that wait for us",
        action=ui.text_link("See all", "/staff/cases", suffix="cases"),
        flush=True,
    )


def _cancellations() -> rx.Component:
    return ui.card(
        cancellation_table(STATE.cancellations),
        title="Requests to cancel a contract",
        action=ui.text_link("See all", "/staff/cancellations", suffix="cancellations"),
        flush=True,
    )


def _failed() -> rx.Component:
    see_all = rx.fragment("See all ", STATE.failed_count)
    return ui.card(
        arrears_table(STATE.failed),
        title="Failed payments",
        action=ui.text_link(see_all, "/staff/payments", suffix="failed payments"),
        flush=True,
    )


def _asking() -> rx.Component:
    return ui.card(
        ui.link_list(rx.foreach(STATE.asking, _person)),
        title="New links asked for",
        action=ui.text_link("See all", "/staff/invitations?view=asked", suffix="invitations"),
        flush=True,
    )


def _person(entry: InvitationEntry) -> rx.Component:
    tag = ui.status_tag(entry.label, entry.tone)
    return ui.row_link(entry.person, entry.customer, entry.href, right=tag, icon="mail")


def _wishes() -> rx.Component:
    return ui.card(
        ui.link_list(rx.foreach(STATE.wishes, _wish)),
        title="New links to an application asked for",
        action=ui.text_link("See all", "/staff/applications?view=asking", suffix="applications"),
        flush=True,
    )


def _wish(wish: WishRow) -> rx.Component:
    tag = ui.status_tag(*ASKS)
    return ui.row_link(wish.person, wish.meta, wish.href, right=tag, icon="mail")


def _changes() -> rx.Component:
    return ui.card(
        change_table(STATE.changes),
        title="Change requests",
        action=ui.text_link("See all", "/staff/requests", suffix="change requests"),
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
