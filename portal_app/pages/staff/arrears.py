"""What is owed and what is on hold, why it failed, and what happens next (S0-19, S0-28)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.queue import queue
from portal_app.layout.shell import staff_page
from portal_app.state.payments_desk.arrears import ArrearsRow, ArrearsState
from portal_app.state.payments_desk.words import PATH, REASONS

STATE = ArrearsState
COUNTS = STATE.counts
WHY = [("", "Any reason"), *REASONS]


def arrears_page() -> rx.Component:
    """List contracts by saved view and by why the last attempt failed."""
    return staff_page(
        ui.page_head(
            "Payments",
            sub="Contracts on which a payment failed or waits for a decision.",
            actions=[
                ui.link_button("Next run", f"{PATH}/next-run", icon="calendar-clock"),
                ui.link_button("Run log", f"{PATH}/runs", icon="scroll-text"),
            ],
        ),
        queue(
            STATE,
            views=[
                ("open", "All owing", COUNTS.all),
                ("missed", "To be tried again", COUNTS.missed),
                ("defaulted", "Failed twice", COUNTS.defaulted),
                ("held", "On hold", COUNTS.held),
            ],
            kinds=WHY,
            kinds_label="Why the last attempt failed",
            search_label="Search contracts",
            search_hint="Contract, account or name",
            body=arrears_table(STATE.rows),
            no_match="No contract matches",
            nothing=_nothing(),
        ),
        active=PATH,
    )


def arrears_table(rows: rx.Var[list[ArrearsRow]]) -> rx.Component:
    """Show contracts as rows that lead to their payments."""
    columns = ["Contract", "Customer", "Status", ui.th("Owed", end=True), "Why", "Next", "Since"]
    return ui.data_table(
        caption="Contracts with something owed", columns=columns, body=rx.foreach(rows, _row)
    )


def _row(one: ArrearsRow) -> rx.Component:
    customer = rx.el.span(one.customer, rx.el.span(one.account, class_name="m"))
    ahead = rx.el.span(one.next_step, rx.el.span(one.held, class_name="m"))
    return ui.table_row(
        ui.row_head(ui.text_link(one.number, one.href), one.what),
        ui.cell(customer, label="Customer"),
        ui.status_cell(ui.status_tag(one.status, one.tone)),
        ui.cell(one.owed, label="Owed", end=True),
        ui.cell(one.reason, label="Why"),
        ui.cell(ahead, label="Next"),
        ui.cell(one.since, label="Since", whole=True),
        key=one.id,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "circle-check",
        "Nothing is owed",
        "A payment that fails appears here by itself, with the reason.",
        action=ui.link_button("See the next run", f"{PATH}/next-run"),
    )
