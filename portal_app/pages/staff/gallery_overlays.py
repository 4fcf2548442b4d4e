"""The gallery's sheets, menus and confirmations."""

import reflex as rx

from portal_app import components as ui


def overlays() -> rx.Component:
    """Show what opens over the page."""
    return ui.card(
        ui.row(request_sheet(), confirmation(), actions_menu(), toast()),
        title="Overlays",
    )


def request_sheet() -> rx.Component:
    """Show a request with its facts, history and decision."""
    history = [
        ui.timeline_item("Asked for by the customer", when="09:14", iso="2026-11-21T09:14", icon="user"),
        ui.timeline_item("Waiting for a decision", when="Now", iso="2026-11-21", tone="now"),
    ]  # fmt: skip
    return ui.sheet(
        title="Call off rent",
        description="OR-5512 · Marlow Groundworks · account 10077",
        body=ui.stack(
            ui.row(ui.status_tag("Needs review", "warn"), "Waiting 2 h"),
            ui.summary_list(
                [
                    ("Item", "Scissor lift, 26 ft × 2"),
                    ("When", "24 November, 08:00 to 12:00"),
                    ("To decide", ui.countdown(_in(minutes=134), over="Too late")),
                    ("To cancel", ui.countdown(_in(minutes=4), over="Too late")),
                    ("The link", ui.countdown(_in(minutes=26 * 60 * 3), over="It has run out")),
                ]
            ),
            rx.el.h3("History", class_name="h3"),
            ui.timeline(history),
        ),
        footer=[ui.button("Decline"), ui.button("Acknowledge", tone="primary")],
        trigger=ui.button("Open a sheet"),
    )


def confirmation() -> rx.Component:
    """Show the question before something final."""
    return ui.confirm(
        title="Sign out everywhere?",
        body="Every device, this one too, has to sign in again.",
        verb="Sign out everywhere",
        on_confirm=rx.noop(),
        trigger=ui.button("Ask first", tone="danger"),
    )


def actions_menu() -> rx.Component:
    """Show a menu."""
    return ui.menu(
        ui.button("Open a menu", icon="ellipsis"),
        [
            ui.menu_item("Contract PDF", icon="file-down", href="#main"),
            ui.menu_item("Call off rent", icon="package", on_select=rx.noop()),
            ui.menu_separator(),
            ui.menu_item("End session", icon="log-out", tone="danger", on_select=rx.noop()),
        ],
        id="gallery-menu",
        label="Actions",
    )


def toast() -> rx.Component:
    """Show a message that goes away by itself: copying brings one."""
    return ui.button("Show a toast", custom_attrs={"data-copy": "OR-5512"})


def _in(*, minutes: int) -> rx.Var[str]:
    """Give a moment that is always still to come; in a sheet, since no page is made with it."""
    return rx.Var(f"new Date(Date.now() + {minutes * 60_000}).toISOString()").to(str)
