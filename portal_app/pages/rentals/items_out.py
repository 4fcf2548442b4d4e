"""What is on rent, across contracts (S3-24)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing, no_match, search
from portal_app.layout.shell import consumer_page
from portal_app.state.rentals.items_out import ItemRow, ItemsOutState, RequestChip

STATE = ItemsOutState
COLUMNS = ("Item", "Contract", "Status", "Quantity out", "Since", "Due back", "Call off")


def items_out_page() -> rx.Component:
    """List every line that is out, what is due first at the top."""
    return consumer_page(
        ui.page_head(
            "Items out",
            sub="Everything you have on rent, across your contracts.",
            actions=[ui.link_button("Your requests", "/requests", icon="truck")],
        ),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("table", 5)),
        ui.help_line(
            rx.cond(
                STATE.may_request,
                "Rent stops when your store confirms. ",
                "You cannot call items off rent here. Call your store, and they stop the rent. ",
            ),
            ui.text_link("How calling off rent works", "/help"),
        ),
        active="/items-out",
        wide=True,
    )


def _listing() -> rx.Component:
    return listing(
        STATE,
        search(STATE, "Search items out", "Item, contract or place"),
        body=_table(),
        nothing=_nothing(),
    )


def _table() -> rx.Component:
    quantity = ui.th("Quantity out", end=True)
    heads = [quantity if name == "Quantity out" else ui.th(name) for name in COLUMNS[:-1]]
    return ui.data_table(
        caption="Items out",
        columns=[*heads, ui.th(COLUMNS[-1], hidden=True)],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(item: ItemRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(item.item, rx.fragment(item.site, rx.foreach(item.requests, _request))),
        ui.cell(ui.text_link(item.contract, item.contract_href), label="Contract"),
        ui.status_cell(ui.status_tag(item.status, item.tone)),
        ui.cell(item.quantity, label="Quantity out", end=True, strong=True),
        ui.cell(item.since, label="Since", whole=True),
        ui.cell(item.due, label="Due back", whole=True),
        ui.action_cell(rx.cond(item.off_rent_href != "", _call_off(item), rx.fragment())),
        key=item.line_id,
    )


def _call_off(item: ItemRow) -> rx.Component:
    return ui.link_button("Call off rent", item.off_rent_href, small=True, suffix=item.item)


def _request(request: RequestChip) -> rx.Component:
    return rx.el.span(
        ui.text_link(request.label, request.href, suffix=request.number),
        class_name="m",
        key=request.number,
    )


def _nothing() -> rx.Component:
    return rx.cond(
        STATE.search != "",
        no_match(STATE, "No item matches", "Try another word, or a part of the number."),
        ui.empty(
            "package",
            "Nothing is on rent",
            "Items appear here as soon as your store hands them over.",
            action=ui.link_button("See your contracts", "/contracts"),
        ),
    )
