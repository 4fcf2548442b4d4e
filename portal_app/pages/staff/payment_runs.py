"""The log of the daily runs, and the next run before it happens (S0-27, S0-28)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import shown
from portal_app.layout.listing import listing
from portal_app.layout.shell import staff_page
from portal_app.state.payments_desk.runs import (
    FailureRow,
    NextRunState,
    RunLogState,
    RunRow,
    SimulatedRow,
)
from portal_app.state.payments_desk.words import PATH

LOG = RunLogState
NEXT = NextRunState
AHEAD = NextRunState.next
CRUMB = ("Payments", PATH)


def runs_page() -> rx.Component:
    """List the runs with what came of them, beside why payments failed."""
    return staff_page(
        ui.page_head(
            "Run log",
            sub="Each day's payments are taken once, in each time zone.",
            crumb=CRUMB,
            actions=[ui.link_button("Next run", f"{PATH}/next-run", icon="calendar-clock")],
        ),
        ui.loading(LOG.is_loaded, ui.columns(_runs(), _reasons()), ui.skeleton("table", 6)),
        active=PATH,
    )


def _runs() -> rx.Component:
    figures = ("Contracts", "Taken", "Failed")
    table = ui.data_table(
        caption="Runs",
        columns=["Day", "Status", *(ui.th(name, end=True) for name in figures), "Began"],
        body=rx.foreach(LOG.rows, _run),
    )
    return listing(LOG, body=table, nothing=_no_run())


def _run(row: RunRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(row.on, row.zone, whole=True),
        ui.status_cell(ui.status_tag(row.status, row.tone)),
        ui.cell(row.contracts, label="Contracts", end=True),
        ui.cell(row.taken, label="Taken", end=True),
        ui.cell(row.failed, label="Failed", end=True),
        ui.cell(row.started, label="Began", whole=True),
        key=row.id,
    )


def _no_run() -> rx.Component:
    return ui.empty(
        "calendar-clock",
        "No run yet",
        "The first one is listed here as soon as it begins.",
        action=ui.link_button("See the next run", f"{PATH}/next-run"),
    )


def _reasons() -> rx.Component:
    listed = ui.link_list(rx.foreach(LOG.reasons, _reason))
    none = ui.empty("circle-check", "No failure", "Every attempt of the last 30 days worked.")
    return ui.card(
        rx.cond(LOG.reasons, listed, none), title="Why payments failed, last 30 days", flush=True
    )


def _reason(row: FailureRow) -> rx.Component:
    return ui.row_link(row.words, row.meta, row.href)


def next_run_page() -> rx.Component:
    """Say when the next run is, what it comes to, and contract by contract what it takes."""
    return staff_page(
        ui.page_head(
            "Next run",
            sub="What will be taken from whom, and what happens if that fails. Nothing is taken "
            "by looking.",
            crumb=CRUMB,
        ),
        ui.loading(
            NEXT.is_loaded,
            rx.cond(AHEAD.on != "", ui.stack(_switched_off(), _figures(), _contracts()), _none()),
            ui.skeleton("table", 6),
        ),
        active=PATH,
    )


def _switched_off() -> rx.Component:
    words = "This is what a run would take if an administrator switched payments on."
    off = ui.alert("The portal takes no payments", words, tone="warn", id="switched-off")
    return rx.cond(AHEAD.is_off, off, rx.fragment())


def _figures() -> rx.Component:
    return ui.key_figures(
        ui.key_figure("If every payment works", AHEAD.total, big=True),
        ui.key_figure("On", AHEAD.on, note=AHEAD.hour),
        ui.key_figure("Contracts", AHEAD.contracts),
        label="The next run in figures",
    )


def _contracts() -> rx.Component:
    table = ui.data_table(
        caption="What the next run takes",
        columns=[
            "Contract", "Customer", "Outlook", "Payments", ui.th("Total", end=True), "From",
            "If it fails",
        ],
        body=rx.foreach(NEXT.rows, _contract),
    )  # fmt: skip
    return listing(NEXT, body=table, nothing=_none())


def _contract(row: SimulatedRow) -> rx.Component:
    customer = rx.el.span(row.customer, rx.el.span(row.account, class_name="m"))
    charges = rx.foreach(row.charges, lambda line: rx.el.span(line, rx.el.br()))
    outlook = rx.cond(row.outlook, "Cannot work", "Planned")
    method = rx.el.span(row.method, shown(row.outlook, rx.el.span(row.outlook, class_name="m")))
    return ui.table_row(
        ui.row_head(ui.text_link(row.number, row.href)),
        ui.cell(customer, label="Customer"),
        ui.status_cell(ui.status_tag(outlook, row.tone)),
        ui.cell(rx.el.span(charges), label="Payments"),
        ui.cell(row.total, label="Total", end=True, strong=True),
        ui.cell(method, label="From"),
        ui.cell(row.if_failed, label="If it fails"),
        key=row.id,
    )


def _none() -> rx.Component:
    return ui.empty(
        "calendar-clock",
        "Nothing is planned",
        "No contract has a payment ahead. Schedules come with your own system's contracts.",
        action=ui.link_button("See what is owed", PATH),
    )
