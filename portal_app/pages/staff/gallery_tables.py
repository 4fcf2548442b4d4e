"""The gallery's tables, with what stands above and below them."""

import reflex as rx

from portal_app import components as ui

ROW = ("R-77120", "Scissor lift, 26 ft", "Dock 4 site", "3", "30 Nov 2026", "$640.00")


def table() -> rx.Component:
    """Show a list with views, search, chips, rows and more to fetch."""
    number, name, place, items, due, amount = ROW
    link = ui.hover_summary(
        ui.text_link(number, "#main"),
        ui.stack(
            ui.row(name, ui.status_tag("On rent", "info")),
            ui.summary_list([("Starts", "9 Nov 2026"), ("Due", due)]),
            tight=True,
        ),
        label=f"Summary of {number}",
    )
    one = ui.table_row(
        ui.row_head(link, name), ui.cell(place, label="For"), ui.status_cell(ui.status_tag("On rent", "info")),
        ui.cell(items, label="Items out", end=True), ui.cell(due, label="Due back"),
        ui.cell(amount, label="Amount", end=True, strong=True), ui.action_cell(download(number)),
    )  # fmt: skip
    two = ui.table_row(
        ui.row_head(ui.text_link("R-77098", "#main"), "Tower light, LED"), ui.cell("Yard", label="For"),
        ui.status_cell(ui.status_tag("Ended", "neutral")), ui.cell("", label="Items out", end=True),
        ui.cell("", label="Due back"), ui.cell("$82.00", label="Amount", end=True, strong=True),
        ui.action_cell(download("R-77098")),
    )  # fmt: skip
    heads = [
        "Contract",
        "For",
        "Status",
        ui.th("Items out", end=True),
        "Due back",
        ui.th("Amount", end=True),
        ui.th("PDF", hidden=True),
    ]
    return ui.card(
        tools(),
        ui.result_count("2 contracts at one store"),
        ui.data_table(caption="Your contracts", columns=heads, body=[ui.group_row("Harbour Road", span=7), one, two]),
        ui.load_more(has_more=True, on_click=rx.noop()),
        ui.load_more(has_more=True, on_click=rx.noop(), busy=True, label="Show more contracts"),
        title=None, flush=True,
    )  # fmt: skip


def download(number: str) -> rx.Component:
    """Offer the PDF of a row."""
    label = f"Download {number} (PDF)"
    return ui.icon_link("file", f"/files/contracts/{number}", label=label, short="PDF", file=True)


def tools() -> rx.Component:
    """Show views, a chip and search."""
    return ui.toolbar(
        ui.segmented(options=[("now", "Current", "4"), ("ended", "Ended", "2"), ("all", "All", "6")],
                     value="now", on_pick=lambda _: rx.noop(), label="Show contracts"),
        ui.filter_chip("Dock 4 site", on_remove=rx.noop()),
        ui.search_box(value="", on_change=rx.noop(), label="Search contracts", placeholder="Number or item"),
    )  # fmt: skip


def wide_table() -> rx.Component:
    """Show a table that scrolls instead of stacking."""
    ages = ["Not due", "1–30", "31–60", "61–90", "Over 90", "Total"]
    amounts = ["$120.00", "$300.00", "$220.00", "$0.00", "$0.00", "$640.00"]
    return ui.card(
        ui.data_table(
            caption="What is owed, by age in days", stackable=False,
            columns=[ui.th("Account"), *[ui.th(age, end=True) for age in ages]],
            body=ui.table_row(ui.row_head("20418"), *[ui.cell(amount, end=True) for amount in amounts]),
        ),
        title="Ageing", flush=True,
    )  # fmt: skip
