"""Every component in every state, with literal data: the place to look before building a page."""

import reflex as rx

from portal_app import components as ui
from portal_app.pages.staff import gallery_forms, gallery_overlays

ROW = ("R-77120", "Scissor lift, 26 ft", "Dock 4 site", "3", "30 Nov 2026", "$640.00")


def gallery_page() -> rx.Component:
    """Show the design system."""
    return ui.stack(
        ui.page_head(
            "Components",
            sub="Every piece of the portal in every state. Pages are put together from these.",
            actions=[
                ui.button("Second action", icon="download"),
                ui.button("Main action", tone="primary"),
            ],
            crumb=("Settings", "/staff/settings"),
            tag=ui.status_tag("For staff only", "info"),
        ),
        figures(),
        ui.columns(main_column(), side_column()),
        table(),
        wide_table(),
        gallery_forms.forms(),
        gallery_overlays.overlays(),
        feedback(),
        steps(),
        placeholders(),
    )


def figures() -> rx.Component:
    """Show the key figures."""
    return ui.key_figures(
        ui.key_figure(
            "Current balance", "$1,151.80", note="Includes $120.00 not yet due", big=True
        ),
        ui.key_figure("Amount owed", "$640.00", note="Due 30 November 2026"),
        ui.key_figure("Last payment", "$68.40", note="1 October 2026\nBank transfer"),
    )


def main_column() -> rx.Component:
    """Show alerts, the timeline and rows that are links."""
    tones = [("bad", "Something went wrong"), ("warn", "Something needs care"),
             ("good", "Something is done"), ("info", "Something to know"), ("neutral", "An aside")]  # fmt: skip
    return ui.stack(
        *[
            ui.alert(title, "What it means and what to do about it.", tone=tone, id=f"alert-{tone}")
            for tone, title in tones
        ],
        ui.card(ui.timeline(moments()), title="What happens next", action=ui.status_tag("Action needed", "bad")),
        ui.card(
            ui.link_list(
                ui.row_link("Scissor lift, 26 ft", "Rental · R-77120 · 2 items out", "#main",
                            right=ui.status_tag("On rent", "info"), icon="package", accent=True),
                ui.row_link("Tower light, LED", "Rental · R-77121", "#main",
                            right=ui.status_tag("Returned", "good"), icon="package"),
            ),
            title="Contracts", flush=True, action=ui.text_link("View all", "#main", suffix="contracts"),
        ),
    )  # fmt: skip


def side_column() -> rx.Component:
    """Show tags, facts, narrow rows, the checklist and progress."""
    tones = [
        ("Paid", "good"),
        ("Due soon", "warn"),
        ("Overdue", "bad"),
        ("On rent", "info"),
        ("Closed", "neutral"),
    ]
    return ui.stack(
        ui.card(ui.row(*[ui.status_tag(label, tone) for label, tone in tones]), title="Status tags"),
        ui.card(
            ui.summary_list([
                ("Account", "20418"),
                ("Store", "Harbour Road", ui.text_link("Change", "#main", suffix="store")),
                ("Second contact", ""),
            ]),
            title="Facts",
        ),
        ui.card(
            ui.link_list(
                ui.row_link("Pick up at Dock 4", "Asked for yesterday", "#main",
                            right=ui.status_tag("Scheduled", "good"), below=True),
                ui.row_link("October 2026", "PDF, 84 KB", "/files/statements/20418/2026-10-31",
                            right="$68.40", icon="file-down", file=True),
                ui.plain_row("Tower light, LED", "1 out since 14 Nov", right="R-77120"),
            ),
            title="Narrow rows", flush=True,
        ),
        ui.card(readiness(), title="Can this customer get in?"),
        ui.card(ui.progress_bar(42, "Reading contracts: 42 %"), title="Progress"),
    )  # fmt: skip


def moments() -> list[rx.Component]:
    """Give the timeline one moment of each tone."""
    return [
        ui.timeline_item("You called off 2 items", when="18 Nov", iso="2026-11-18", tone="good",
                         text="Reference OR-5512."),
        ui.timeline_item("First pick-up failed", when="19 Nov", iso="2026-11-19", tone="bad",
                         text="The gate was closed."),
        ui.timeline_item("We are finding a new time", when="Now", iso="2026-11-21", tone="now",
                         text="Your store answers within one working day."),
        ui.timeline_item("Driver on the way", when="24 Nov", iso="2026-11-24", icon="truck",
                         text="Between 8am and noon."),
        ui.timeline_item("Check-in at the store", when="24 Nov", iso="2026-11-24", icon="package"),
    ]  # fmt: skip


def readiness() -> rx.Component:
    """Show conditions that are met and not met."""
    return ui.checklist(
        ui.checklist_item("Has an email address", done=True),
        ui.checklist_item("Has a unique phone number", done=False, hint="Also held by account 20931",
                          action=ui.button("Fix", small=True, suffix="phone number")),
        ui.checklist_item("Portal is switched on", done=False,
                          action=ui.button("Switch on", small=True)),
    )  # fmt: skip


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
        ui.data_table(caption="Your contracts", columns=heads, body=[one, two]),
        ui.load_more(has_more=True, on_click=rx.noop()),
        title=None, flush=True,
    )  # fmt: skip


def download(number: str) -> rx.Component:
    """Offer the PDF of a row."""
    return ui.icon_link(
        "file-down", f"/files/contracts/{number}", label=f"Download {number} (PDF)", file=True
    )


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


def feedback() -> rx.Component:
    """Show an empty place, and a page that failed."""
    return ui.columns(
        ui.card(
            ui.empty("search-x", "No contracts match", "Try another number, or clear the filters.",
                     action=ui.button("Clear filters")),
        ),
        ui.card(
            ui.prose(
                rx.el.h2("Help text", class_name="h2"),
                ui.paragraph("Running text keeps to a measure that is easy to read."),
                ui.paragraph("It may hold ", ui.text_link("a link", "#main"), ", or lead ",
                             ui.external_link("out of the portal", "https://example.com", new_tab=True), ".", quiet=True),
            ),
        ),
    )  # fmt: skip


def steps() -> rx.Component:
    """Show a task from its second step to its end."""
    return ui.columns(
        ui.card(
            ui.stepper(2, 4, "when we should come"),
            ui.check_answers([
                ("Items", "2 × Scissor lift, 26 ft", "#main"),
                ("When", "24 November 2026, 8am to noon", "#main"),
                ("Notes", "", "#main"),
            ]),
            title="Check your answers",
        ),
        ui.card(
            rx.el.div(ui.disclosure("What happens to the deposit?", "It is returned after check-in.")),
            title="Disclosure",
        ),
    )  # fmt: skip


def placeholders() -> rx.Component:
    """Show what stands there until the state has answered."""
    return ui.stack(
        ui.skeleton("figures", 3),
        ui.columns(ui.skeleton("table", 3), ui.skeleton("card", 3)),
        ui.skeleton("form", 2),
    )
