"""The staff's list of applications."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.queue import queue
from portal_app.layout.shell import staff_page
from portal_app.state.applications.list import ApplicationLine, ApplicationsState

STATE = ApplicationsState
COUNTS = STATE.counts


def applications_page() -> rx.Component:
    """List the applications by saved view; each opens on a page of its own."""
    return staff_page(
        ui.page_head("Applications", sub="What customers apply for, and how far they are."),
        queue(
            STATE,
            views=[
                ("open", "Open", COUNTS.open),
                ("asking", "New link asked for", COUNTS.asking),
                ("submitted", "Handed in", COUNTS.submitted),
                ("ended", "Ended", COUNTS.ended),
                ("all", "All", COUNTS.all),
            ],
            search_label="Search applications",
            search_hint="Number or name",
            body=application_table(STATE.rows),
            no_match="No application matches",
            nothing=_nothing(),
        ),
        active="/staff/applications",
    )


def application_table(rows: rx.Var[list[ApplicationLine]]) -> rx.Component:
    """Show applications as rows that lead to their page."""
    return ui.data_table(
        caption="Applications",
        columns=["Application", "Who", "Stage", "Customers", "Since"],
        body=rx.foreach(rows, _row),
    )


def _row(one: ApplicationLine) -> rx.Component:
    return ui.table_row(
        ui.row_head(ui.text_link(one.number, one.href), one.kind),
        ui.cell(one.parties, label="Who"),
        ui.cell(one.stage, label="Stage"),
        ui.status_cell(ui.status_tag(one.status, one.tone)),
        ui.cell(one.introduced, label="Since", whole=True),
        key=one.number,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "inbox",
        "No application yet",
        "They come with the feed from your own system, and appear here with the next update.",
        action=ui.button("Show all applications", on_click=STATE.pick_view("all")),
    )
