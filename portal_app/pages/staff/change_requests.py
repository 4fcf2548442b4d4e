"""The staff's queue of changes (S0-11, S0-13)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.queue import queue
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.change_sheet import change_sheet
from portal_app.state.changes.queue import ChangeQueueState
from portal_app.state.changes.queue_views import ChangeRow
from portal_app.state.changes.words import KINDS

STATE = ChangeQueueState
COUNTS = STATE.counts
WHAT = [("", "All kinds"), *KINDS]


def change_requests_page() -> rx.Component:
    """List the changes by saved view, and open one on the right."""
    return staff_page(
        ui.page_head(
            "Change requests",
            sub="What customers want changed about themselves. Nothing changes before you decide.",
        ),
        queue(
            STATE,
            views=[
                ("open", "Open", COUNTS.open),
                ("failed", "Apply failed", COUNTS.failed),
                ("decided", "Decided", COUNTS.decided),
                ("all", "All", COUNTS.all),
            ],
            kinds=WHAT,
            kinds_label="What is to be changed",
            search_label="Search changes",
            search_hint="Name or number",
            body=change_table(STATE.rows),
            no_match="No change matches",
            nothing=_nothing(),
        ),
        change_sheet(),
        active="/staff/requests",
    )


def change_table(rows: rx.Var[list[ChangeRow]]) -> rx.Component:
    """Show changes as rows that open their sheet."""
    return ui.data_table(
        caption="Change requests",
        columns=["Request", "Customer", "Status", "What", "Asked for", "Asked"],
        body=rx.foreach(rows, _row),
    )


def _row(change: ChangeRow) -> rx.Component:
    customer = rx.el.span(change.customer, rx.el.span(change.account, class_name="m"))
    asked = rx.el.span(change.asked, rx.el.span(change.step, class_name="m"))
    return ui.table_row(
        ui.row_head(ui.text_link(change.number, change.href)),
        ui.cell(customer, label="Customer"),
        ui.status_cell(ui.status_tag(change.status, change.tone)),
        ui.cell(change.what, label="What"),
        ui.cell(asked, label="Asked for"),
        ui.cell(change.when, label="Asked"),
        key=change.number,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "inbox",
        "Nothing is waiting",
        "New requests appear here by themselves, the moment a customer sends them.",
        action=ui.button("Show all changes", on_click=STATE.pick_view("all")),
    )
