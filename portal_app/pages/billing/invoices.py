"""The invoices (S3-03)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing, no_match, search
from portal_app.layout.shell import consumer_page
from portal_app.state.billing.invoices import InvoiceListState
from portal_app.state.billing.words import InvoiceEntry

STATE = InvoiceListState
VIEWS = [("all", "All"), ("open", "To pay"), ("paid", "Paid")]


def invoices_page() -> rx.Component:
    """List the account's invoices, newest first."""
    return consumer_page(
        ui.page_head("Invoices", sub="Every bill on this account, and what is left to pay of it."),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("table", 6)),
        ui.help_line("Something looks wrong? ", ui.text_link("Ask us about an invoice", "/help")),
        active="/invoices",
    )


def _listing() -> rx.Component:
    return listing(
        STATE,
        ui.segmented(options=VIEWS, value=STATE.status, on_pick=STATE.show, label="Show invoices"),
        search(STATE, "Search invoices", "Invoice or contract number"),
        body=_table(),
        nothing=_nothing(),
    )


def _table() -> rx.Component:
    return ui.data_table(
        caption="Invoices",
        columns=[
            "Invoice",
            "Status",
            "Issued",
            "Due",
            ui.th("Total", end=True),
            ui.th("Left to pay", end=True),
            ui.th("PDF", hidden=True),
        ],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(entry: InvoiceEntry) -> rx.Component:
    return ui.table_row(
        ui.row_head(ui.text_link(entry.number, entry.href), entry.contract),
        ui.status_cell(ui.status_tag(entry.status, entry.tone)),
        ui.cell(entry.issued_on, label="Issued", whole=True),
        ui.cell(entry.due_on, label="Due", whole=True),
        ui.cell(entry.total, label="Total", end=True),
        rx.cond(
            entry.is_open,
            ui.cell(entry.open, label="Left to pay", end=True, strong=True),
            ui.cell(entry.open, label="Left to pay", end=True),
        ),
        ui.action_cell(
            ui.icon_link("file", entry.pdf, label=entry.pdf_label, short="PDF", file=True)
        ),
        key=entry.id,
    )


def _nothing() -> rx.Component:
    advice = "Try a part of the invoice's or the contract's number."
    not_found = no_match(STATE, "No invoice matches", advice)
    none_of_these = ui.empty(
        "receipt",
        "No invoice to show here",
        "There is none of this sort on your account.",
        action=ui.button("Show all invoices", on_click=STATE.show("all")),
    )
    none_at_all = ui.empty(
        "receipt",
        "No invoices yet",
        "Invoices appear here as soon as your store sends them.",
        action=ui.link_button("See your statements", "/statements"),
    )
    return rx.cond(
        STATE.search != "", not_found, rx.cond(STATE.status != "all", none_of_these, none_at_all)
    )
