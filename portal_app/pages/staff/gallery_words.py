"""The gallery's words: a conversation, running text, switches, and a list that keeps up."""

import reflex as rx

from portal_app import components as ui
from portal_app.state.talk import Talk

SAID = [
    Talk("You", "", "18 Nov, 10:04", "2026-11-18T10:04", "The payment was taken twice.", "own"),
    Talk("Margarethe Aldous", "Customer", "18 Nov, 10:09", "2026-11-18T10:09", "Mine as well.", "other"),
    Talk("Given to Dana Okafor", "", "18 Nov, 10:20", "2026-11-18T10:20", "", "happened"),
    Talk("Dana Okafor", "Internal note", "18 Nov, 10:22", "2026-11-18T10:22", "He calls often.", "note"),
    Talk("Dana Okafor", "Our team", "18 Nov, 10:30", "2026-11-18T10:30",
         "We pay one of them back.\nIt takes three working days.", "team"),
]  # fmt: skip
ITEMS = [
    {"id": "lift", "name": "Scissor lift, 26 ft", "state": "2 out"},
    {"id": "light", "name": "Tower light, LED", "state": "1 out"},
]
CHANGES = {"light": {"id": "light", "name": "Tower light, LED", "state": "Back since 9:40"}}


def words() -> rx.Component:
    """Show what people say to each other beside what the portal says."""
    return ui.columns(
        ui.card(ui.conversation(SAID, label="What was said about the payment"), title="Conversation"),
        ui.stack(
            ui.card(_running_text(), title="Running text"),
            ui.card(_switches(), title="Switches", flush=True),
            ui.card(_keeps_up(), title="A list that keeps up", flush=True),
        ),
    )  # fmt: skip


def _running_text() -> rx.Component:
    return ui.prose(
        rx.el.h3("Help text", class_name="h3"),
        ui.paragraph("Running text keeps to a measure that is easy to read."),
        ui.paragraph("It may hold ", ui.text_link("a link", "#main"), ", or lead ",
                     ui.external_link("out of the portal", "https://example.com", new_tab=True), ".", quiet=True),
        ui.help_line("Is something missing? ", ui.text_link("Ask your store", "#main")),
    )  # fmt: skip


def _switches() -> rx.Component:
    """Show one that is on and one that is off."""
    return ui.link_list(
        ui.plain_row("Email", "On since 3 March 2026",
                     right=ui.switch("Offers by email", is_on=True, on_click=rx.noop())),
        ui.plain_row("Text message", "Never switched on",
                     right=ui.switch("Offers by text message", is_on=False, on_click=rx.noop())),
    )  # fmt: skip


def _keeps_up() -> rx.Component:
    """Show a list of which one row has changed since it came."""
    whole = rx.Var.create(ITEMS).to(list[dict[str, str]])
    rows = ui.patched(
        whole, rx.Var.create(CHANGES), lambda item: ui.plain_row(item["name"], item["state"])
    )
    return ui.link_list(rows)
