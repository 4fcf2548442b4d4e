"""The staff's queue of cases."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.queue import queue
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.case_sheet import case_sheet
from portal_app.state.cases.queue import CaseQueueState
from portal_app.state.cases.queue_views import PRIORITIES, CaseLine

STATE = CaseQueueState
COUNTS = STATE.counts
KINDS = [("", "All"), *PRIORITIES]


def cases_page() -> rx.Component:
    """List the cases by saved view, and open one on the right."""
    return staff_page(
        ui.page_head("Cases", sub="What customers ask for help with. They see every answer live."),
        queue(
            STATE,
            views=[
                ("open", "Our turn", COUNTS.open),
                ("unassigned", "Nobody's yet", COUNTS.unassigned),
                ("mine", "Mine", COUNTS.mine),
                ("with_customer", "Customer's turn", COUNTS.with_customer),
                ("all", "All", COUNTS.all),
            ],
            kinds=KINDS,
            kinds_label="Priority",
            search_label="Search cases",
            search_hint="Number, subject or name",
            body=case_table(STATE.rows),
            no_match="No case matches",
            nothing=_nothing(),
        ),
        case_sheet(),
        active="/staff/cases",
    )


def case_table(rows: rx.Var[list[CaseLine]]) -> rx.Component:
    """Show cases as rows that open their sheet."""
    return ui.data_table(
        caption="Cases",
        columns=["Case", "Customer", "Status", "Priority", "Answer due", "Who", "Opened"],
        body=rx.foreach(rows, _row),
    )


def _row(case: CaseLine) -> rx.Component:
    customer = rx.el.span(case.customer, rx.el.span(case.household, class_name="m"))
    return ui.table_row(
        ui.row_head(ui.text_link(case.number, case.href), case.subject),
        ui.cell(customer, label="Customer"),
        ui.status_cell(ui.status_tag(case.status, case.tone)),
        ui.cell(ui.status_tag(case.priority, case.priority_tone), label="Priority"),
        ui.cell(ui.status_tag(case.due, case.due_tone), label="Answer due"),
        ui.cell(case.assigned, label="Who"),
        ui.cell(case.opened, label="Opened", whole=True),
        key=case.number,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "inbox",
        "Nothing waits for us",
        "New cases appear here by themselves, the moment a customer opens them.",
        action=ui.button("Show all cases", on_click=STATE.pick_view("all")),
    )
