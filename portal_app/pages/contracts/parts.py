"""What the lists of contracts, quotes and reservations share."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing, no_match, search
from portal_app.state.contracts.lists import ContractListState
from portal_app.state.contracts.words import ContractEntry
from portal_app.state.shell import ShellState

STATE = ContractListState
RENTS = ShellState.shell.has_rental
ORDERS = [("newest", "Newest first"), ("oldest", "Oldest first")]


def contract_listing(*tools: rx.Component, what: str, nothing: rx.Component) -> rx.Component:
    """Show the tools, the rows, and the way to more of them."""
    order = ui.select(
        "order", ORDERS, value=STATE.order, on_change=STATE.sort, aria_label=f"Order of {what}"
    )
    advice = "Try a part of the number, an item, your order number or the store."
    not_found = no_match(STATE, f"No {what} match", advice)
    return listing(
        STATE,
        *tools,
        rx.el.div(order),
        search(STATE, f"Search {what}", "Number, item, vehicle or store"),
        body=_table(what),
        nothing=rx.cond(STATE.search != "", not_found, nothing),
    )


def _table(what: str) -> rx.Component:
    # Quotes and reservations all stand alike, and nothing of them is out.
    goes_out, out = what == "contracts", ui.th("Items out", end=True)
    return ui.data_table(
        caption=what.capitalize(),
        columns=[
            f"{what.removesuffix('s').capitalize()} number",
            *(["Status", rx.cond(RENTS, out, rx.fragment())] if goes_out else []),
            "Store",
            "Dates",
            ui.th("PDF", hidden=True),
        ],
        body=rx.foreach(STATE.rows, lambda entry: _row(entry, goes_out=goes_out)),
    )


def _row(entry: ContractEntry, *, goes_out: bool) -> rx.Component:
    status = ui.status_cell(ui.status_tag(entry.status, entry.tone))
    out = ui.cell(entry.items_out, label="Items out", end=True)
    row = ui.table_row(
        ui.row_head(number_link(entry), entry.what),
        *([status, rx.cond(RENTS, out, rx.fragment())] if goes_out else []),
        ui.cell(entry.store, label="Store"),
        ui.cell(entry.dates, label="Dates", whole=True),
        ui.action_cell(
            ui.icon_link("file", entry.pdf, label=entry.pdf_label, short="PDF", file=True)
        ),
        key=entry.id,
    )
    heading = ui.group_row(entry.heading, span=6)
    return rx.fragment(rx.cond(entry.heading != "", heading, rx.fragment()), row, key=entry.id)


def number_link(entry: ContractEntry) -> rx.Component:
    """Link to a contract, with its summary for mouse, focus and tap (S3-22)."""
    facts = ui.summary_list(
        [
            ("Dates", entry.dates),
            (
                rx.cond(entry.is_rental, "Items out", "Kind"),
                rx.cond(entry.is_rental, entry.items_out_words, entry.kind),
            ),
            ("Your order number", entry.order_number),
            ("Store", entry.store),
            ("Phone", entry.store_phone),
        ]
    )
    card = ui.stack(
        ui.row(rx.el.b(entry.kind), ui.status_tag(entry.status, entry.tone)),
        ui.paragraph(entry.next_step, quiet=True),
        facts,
        tight=True,
    )
    link = ui.text_link(entry.number, entry.href)
    return ui.hover_summary(link, card, label=entry.summary_label)
