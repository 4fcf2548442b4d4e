"""What somebody answered about marketing, as they and staff read it."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import shown
from portal_app.state.consents.words import AnswerRow, WayRow

ALWAYS = (
    "What your account needs always reaches you, such as receipts, answers to your messages and "
    "notices about payments. None of that is marketing."
)


def listed_answers(answers: rx.Var[list[AnswerRow]]) -> rx.Component:
    """List answers, each with its receipt to take away."""
    return rx.el.ul(rx.foreach(answers, _answer), class_name="list", role="list")


def marketing_switches(
    ways: rx.Var[list[WayRow]], *, agree: Callable[..., Any], withdraw: Callable[..., Any]
) -> rx.Component:
    """Show a switch for each channel; each is in force at once."""

    def row(way: WayRow) -> rx.Component:
        on, off = agree(way.channel, way.key), withdraw(way.channel, way.key)
        return ui.plain_row(
            way.label,
            rx.fragment(way.words, rx.el.br(), way.since),
            right=ui.switch(way.words, is_on=way.is_on, on_click=rx.cond(way.is_on, off, on)),
        )

    return ui.card(
        rx.el.ul(rx.foreach(ways, row), class_name="list", role="list"),
        rx.el.div(ui.paragraph(ALWAYS, quiet=True), class_name="card-b"),
        title="Marketing preferences",
        flush=True,
        id="marketing",
    )


def _answer(row: AnswerRow) -> rx.Component:
    receipt = ui.anchor(
        "Receipt", rx.el.span(" ", row.receipt, class_name="vh"), href=row.href, class_name="a"
    )
    meta = rx.fragment(row.meta, shown(row.note, rx.fragment(". ", row.note)))
    return ui.plain_row(row.title, meta, right=receipt)
