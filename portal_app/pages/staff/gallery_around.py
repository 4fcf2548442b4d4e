"""The gallery's pieces that stand around a page, in place of it, or there until it comes."""

import reflex as rx

from portal_app import components as ui

NOTICES = [
    ("info", "All stores close at noon on Thursday, 24 December."),
    ("good", "Payments by card work again. Nothing was taken twice."),
    ("warn", "On Saturday from 22:00 to 23:00 you can read here, but not send anything."),
    ("bad", "The Harbour Road store is closed today. Call 813 555 0100 about deliveries."),
]


def above_pages() -> rx.Component:
    """Show what may stand above every page."""
    notices = [
        ui.banner(rx.el.p(words), _dismiss(tone), tone=tone, label=f"Announcement, {tone}")
        for tone, words in NOTICES
    ]
    chosen = ui.acting_bar(
        rx.el.p("You are looking at ", rx.el.b("Marlow Groundworks"), ". ", class_name="grow"),
        ui.text_link("Change", "#main", suffix="account or person"),
        label="An account of several",
    )
    acting = ui.acting_bar(
        rx.el.p(
            "You are acting for ", rx.el.b("Margarethe Aldous"), ". She reads what you do here.",
            class_name="grow",
        ),
        ui.text_link("Change", "#main", suffix="person"),
        ui.button("Back to your own", tone="quiet", on_click=rx.noop()),
        label="Acting for Margarethe Aldous",
    )  # fmt: skip
    return ui.card(ui.stack(*notices, chosen, acting), title="Above every page")


def whole_pages() -> rx.Component:
    """Show the pages that take the place of another."""
    return ui.stack(
        ui.columns(ui.card(_done(), title="A task is done"), ui.card(_failed(), title="It failed")),
        ui.columns(_nothing(), ui.card(_not_there(), title="It is not there")),
    )


def placeholders() -> rx.Component:
    """Show what stands there until the state has answered, and what comes in its place."""
    return ui.stack(
        ui.skeleton("figures", 3),
        ui.columns(ui.skeleton("table", 3), ui.skeleton("card", 3)),
        ui.columns(ui.skeleton("list", 3), ui.skeleton("form", 2)),
        ui.skeleton("detail", 3),
        ui.card(ui.row(_has_come(), _is_loading()), title="Before and after"),
    )


def _dismiss(tone: str) -> rx.Component:
    return ui.button("Dismiss", tone="quiet", suffix=f"({tone})", on_click=rx.noop())


def _done() -> rx.Component:
    return ui.confirmation(
        "Your request is sent",
        reference="OR-5512",
        next_steps=[
            "Your store confirms when rent stops. Until then rent goes on.",
            "We write to you at every step, and this page follows along.",
        ],
        actions=[
            ui.button("Copy the reference", custom_attrs={"data-copy": "OR-5512"}),
            ui.link_button("See the request", "#main"),
        ],
        inside=True,
    )


def _failed() -> rx.Component:
    return ui.error_page(
        "Something went wrong on our side",
        "Nothing was lost, and nothing was sent. Try again in a minute.",
        reference="7F3K-20QD",
        action=ui.link_button("Try again", "#main", tone="primary"),
        inside=True,
    )


def _not_there() -> rx.Component:
    return ui.error_page(
        "Page not found",
        "There is no page at this address. Check it, or begin at the start page.",
        action=ui.link_button("Go to the start page", "#main"),
        inside=True,
    )


def _nothing() -> rx.Component:
    return ui.card(
        ui.empty("search-x", "No contracts match", "Try another number, or clear the filters.",
                 action=ui.button("Clear filters")),
        ui.empty("inbox", "No messages yet", "What we write to you is kept here."),
    )  # fmt: skip


def _has_come() -> rx.Component:
    content = ui.paragraph("The statement of October 2026 is here.")
    return ui.loading(is_loaded=True, content=content, placeholder=ui.skeleton("card", 1))


def _is_loading() -> rx.Component:
    """Wait in a sheet: on the page it would hide what follows it, as it should."""
    content = ui.paragraph("It is here.")
    return ui.sheet(
        title="A statement that is loading",
        body=ui.loading(is_loaded=False, content=content, placeholder=ui.skeleton("card", 3)),
        trigger=ui.button("Open what is loading"),
    )
