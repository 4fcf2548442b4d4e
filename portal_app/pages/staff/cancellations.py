"""The staff's queue of requests to cancel a contract (S0-25)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler
from portal_app.layout.queue import queue, queue_sheet
from portal_app.layout.shell import staff_page
from portal_app.state.payments_desk.cancellations import CancellationQueueState, CancellationRow
from portal_app.state.payments_desk.words import CANCELLATIONS, Fact

STATE = CancellationQueueState
COUNTS = STATE.counts
SHEET = STATE.sheet
WRONG = STATE.field_problems


def cancellations_page() -> rx.Component:
    """List the requests by saved view, and open one on the right."""
    return staff_page(
        ui.page_head(
            "Cancellations",
            sub="Contracts that somebody wants to end. None ends before you decide.",
        ),
        queue(
            STATE,
            views=[
                ("open", "Open", COUNTS.open),
                ("decided", "Decided", COUNTS.decided),
                ("all", "All", COUNTS.all),
            ],
            search_label="Search requests",
            search_hint="Number, contract or name",
            body=cancellation_table(STATE.rows),
            no_match="No request matches",
            nothing=_nothing(),
        ),
        _sheet(),
        active=CANCELLATIONS,
    )


def cancellation_table(rows: rx.Var[list[CancellationRow]]) -> rx.Component:
    """Show requests as rows that open their sheet."""
    columns = ["Request", "Customer", "Status", "Contract", "Why", ui.th("Owed", end=True), "Asked"]
    return ui.data_table(caption="Requests to cancel", columns=columns, body=rx.foreach(rows, _row))


def _row(one: CancellationRow) -> rx.Component:
    customer = rx.el.span(one.customer, rx.el.span(one.account, class_name="m"))
    contract = rx.el.span(one.contract, rx.el.span(one.what, class_name="m"))
    return ui.table_row(
        ui.row_head(ui.text_link(one.number, one.href), whole=True),
        ui.cell(customer, label="Customer"),
        ui.status_cell(ui.status_tag(one.status, one.tone)),
        ui.cell(contract, label="Contract"),
        ui.cell(one.reason, label="Why"),
        ui.cell(one.owed, label="Owed", end=True),
        ui.cell(one.asked, label="Asked", whole=True),
        key=one.number,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "inbox",
        "Nothing is waiting",
        "A request appears here by itself: from a customer, or when a second attempt fails.",
        action=ui.button("Show all requests", on_click=STATE.pick_view("all")),
    )


def _sheet() -> rx.Component:
    return queue_sheet(
        STATE,
        ui.row(
            ui.status_tag(SHEET.status, SHEET.tone),
            ui.text_link("See its payments", SHEET.contract_href),
            ui.text_link("See the customer", SHEET.customer_href),
        ),
        ui.error_summary(STATE.problem, WRONG),
        ui.summary_rows(rx.foreach(SHEET.facts, _fact)),
        rx.cond(SHEET.may_decide, _decisions(), rx.fragment()),
    )


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.name, fact.value)


def _decisions() -> rx.Component:
    day = ui.field(
        "Try again on",
        ui.date_input("decline_try_again_on", name="try_again_on", min=SHEET.earliest),
        id="decline_try_again_on",
        hint="What was not paid starts anew on this day, without fee. What is on hold goes on.",
        error=WRONG["decline_try_again_on"],
    )
    go_on = rx.cond(SHEET.asks_for_a_day, day, rx.fragment())
    end = ui.paragraph("Nothing more is taken on this contract. That cannot be taken back.")
    return ui.stack(
        ui.disclosure(
            "Decline: the contract goes on",
            _form(go_on, act="decline", verb="Decline", on=STATE.decline, tone="primary"),
        ),
        ui.disclosure(
            "Approve: the contract ends",
            _form(end, act="approve", verb="Cancel the contract", on=STATE.approve, tone="danger"),
        ),
        tight=True,
    )


def _form(first: rx.Component, *, act: str, verb: str, on: Handler, tone: str) -> rx.Component:
    field = f"{act}_reason"
    box = ui.text_area(field, name="reason", rows=3, limit=300)
    return ui.form(
        first,
        ui.field("Why?", box, id=field, hint="The customer reads this.", error=WRONG[field]),
        ui.hidden_input("number", SHEET.number),
        ui.hidden_input("key", SHEET.key),
        ui.actions(ui.submit_button(verb, tone=tone, busy=STATE.busy)),
        on_submit=on,
        wide=True,
    )
