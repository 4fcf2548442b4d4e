"""Every component in every state, with literal data: the place to look before building a page."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.pages.staff import (
    gallery_around,
    gallery_forms,
    gallery_overlays,
    gallery_pictures,
    gallery_tables,
    gallery_words,
    gallery_writing,
)


def gallery_page() -> rx.Component:
    """Show the design system inside the staff frame."""
    return staff_page(gallery(), active="/staff/gallery")


def gallery() -> rx.Component:
    """Show the design system from top to bottom."""
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
        gallery_around.above_pages(),
        figures(),
        ui.columns(main_column(), side_column()),
        gallery_pictures.pictures(),
        gallery_tables.table(),
        gallery_tables.wide_table(),
        gallery_forms.forms(),
        gallery_writing.writing(),
        gallery_overlays.overlays(),
        gallery_words.words(),
        steps(),
        gallery_around.whole_pages(),
        gallery_around.placeholders(),
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
        ui.card(ui.progress_bar(42, "Reading contracts: 42%"), title="Progress"),
        ui.card(
            ui.summary_rows(
                ui.summary_row("The link to R-77098", ui.countdown("2026-11-21T09:14:00Z", over="It has run out")),
                ui.summary_row("The link to R-77120", "Its time runs in “Open a sheet” below"),
            ),
            title="How long it lasts",
        ),
    )  # fmt: skip


def moments() -> list[rx.Component]:
    """Give the timeline one moment of each tone."""
    return [
        ui.timeline_item("You called off 2 items", when="18 Nov", iso="2026-11-18", tone="good",
                         text="Reference OR-5512."),
        ui.timeline_item("First pick-up failed", when="19 Nov", iso="2026-11-19", tone="bad",
                         text="The gate was closed."),
        ui.timeline_item("The gate code is missing", when="20 Nov", iso="2026-11-20", tone="warn",
                         text="Tell us before the driver leaves."),
        ui.timeline_item("Your store has been told", when="20 Nov", iso="2026-11-20", tone="info"),
        ui.timeline_item("We are finding a new time", when="Now", iso="2026-11-21", tone="now",
                         text="Your store answers within one working day."),
        ui.timeline_item("Driver on the way", when="24 Nov", iso="2026-11-24", icon="truck",
                         text="Between 08:00 and 12:00."),
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


def steps() -> rx.Component:
    """Show a task from its second step to its end."""
    return ui.columns(
        ui.card(
            ui.stepper(2, 4, "When we should come"),
            ui.check_answers([
                ("Items", "2 × Scissor lift, 26 ft", "#main"),
                ("When", "24 November 2026, 08:00 to 12:00", "#main"),
                ("Notes", "", "#main"),
            ]),
            title="Check your answers",
        ),
        ui.stack(
            ui.card(
                rx.el.div(ui.disclosure("What happens to the deposit?", "It is returned after check-in.")),
                title="Disclosure",
            ),
            *folds(),
        ),
    )  # fmt: skip


def folds() -> list[rx.Component]:
    """Show cards that fold, of which one is open."""
    return [
        ui.fold(
            "Rosa Lindqvist",
            ui.link_list(
                ui.row_link("Personal details", "8 of 8 answered", "#main", right=ui.status_tag("Done", "good")),
                ui.row_link("Income", "2 of 6 answered", "#main", right=ui.status_tag("Open", "warn")),
            ),
            note="1 of 2 forms left", right=ui.status_tag("Open", "warn"), is_open=True, among="gallery-folds",
        ),
        ui.fold(
            "Jonas Lindqvist",
            ui.link_list(
                ui.row_link("Identity", "4 of 4 answered", "#main", right=ui.status_tag("Done", "good")),
            ),
            note="Nothing left", right=ui.status_tag("Done", "good"), is_open=False, among="gallery-folds",
        ),
    ]  # fmt: skip
