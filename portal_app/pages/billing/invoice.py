"""One invoice (S3-03)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.billing.invoices import ChargeEntry, InvoiceState

STATE = InvoiceState
VIEW = InvoiceState.view
ENTRY = InvoiceState.view.entry


def invoice_page() -> rx.Component:
    """Show what an invoice is for, and what is left to pay of it."""
    pdf = ui.link_button("Invoice PDF", ENTRY.pdf, icon="file-down", tone="primary", file=True)
    waiting = ui.button("Invoice PDF", icon="file-down", disabled=True)
    tag = ui.status_tag(ENTRY.status, ENTRY.tone)
    return consumer_page(
        ui.page_head(
            rx.cond(ENTRY.number != "", f"Invoice {ENTRY.number}", "Invoice"),
            sub=rx.cond(ENTRY.next_step, ENTRY.next_step, "\N{NO-BREAK SPACE}"),
            actions=[rx.cond(ENTRY.pdf, pdf, waiting)],
            crumb=("Invoices", "/invoices"),
            tag=rx.cond(ENTRY.status != "", tag, rx.fragment()),
        ),
        ui.loading(
            STATE.is_loaded,
            ui.stack(_figures(), ui.columns(_charges(), ui.stack(_facts(), _store()))),
            ui.stack(ui.skeleton("figures", 3), ui.skeleton("detail", 3)),
        ),
        active="/invoices",
    )


def _figures() -> rx.Component:
    return ui.key_figures(
        ui.key_figure("Left to pay", ENTRY.open, big=True),
        ui.key_figure("Total", ENTRY.total),
        ui.key_figure("Due", VIEW.due_on),
        label="Figures of this invoice",
    )


def _charges() -> rx.Component:
    table = ui.data_table(
        caption="What it is for",
        columns=["For", *[ui.th(name, end=True) for name in ("Quantity", "Price", "Amount")]],
        body=rx.foreach(VIEW.charges, _row),
    )
    words = "This invoice has one total. Your store can tell you what it is made of."
    otherwise = rx.el.div(ui.paragraph(words, quiet=True), class_name="card-b")
    return ui.card(rx.cond(VIEW.charges, table, otherwise), title="What it is for", flush=True)


def _row(charge: ChargeEntry) -> rx.Component:
    return ui.table_row(
        ui.row_head(charge.description),
        ui.cell(charge.quantity, label="Quantity", end=True),
        ui.cell(charge.unit_price, label="Price", end=True),
        ui.cell(charge.amount, label="Amount", end=True, strong=True),
        key=charge.key,
    )


def _facts() -> rx.Component:
    contract = ui.summary_row("Contract", ui.text_link(ENTRY.contract, ENTRY.contract_href))
    rows = ui.summary_rows(
        ui.summary_row("Issued", VIEW.issued_on),
        ui.summary_row("Due", VIEW.due_on),
        rx.cond(ENTRY.contract != "", contract, rx.fragment()),
    )
    return ui.card(rows, title="Facts")


def _store() -> rx.Component:
    rows = [("Store", VIEW.store), ("Phone", VIEW.store_phone), ("Email", VIEW.store_email)]
    return ui.card(ui.summary_list(rows), title="Questions")
