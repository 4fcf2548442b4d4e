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
    ways: rx.Var[list[WayRow]],
    *,
    agree: Callable[..., Any],
    withdraw: Callable[..., Any],
    has_receipts: bool = False,
) -> rx.Component:
    """Show a switch for each channel; each is in force at once.

    `has_receipts`: that of the last answer stands here, for whoever has no list of them (S4-16).
    """

    def row(way: WayRow) -> rx.Component:
        on, off = agree(way.channel, way.key), withdraw(way.channel, way.key)
        return ui.plain_row(
            way.label,
            rx.fragment(
                way.words,
                rx.el.br(),
                way.since,
                shown(way.href, rx.fragment(" ", _receipt(way))) if has_receipts else None,
            ),
            right=ui.switch(way.words, is_on=way.is_on, on_click=rx.cond(way.is_on, off, on)),
        )

    return ui.card(
        rx.el.ul(rx.foreach(ways, row), class_name="list", role="list"),
        rx.el.div(ui.paragraph(ALWAYS, quiet=True), class_name="card-b"),
        title="Marketing preferences",
        flush=True,
        id="marketing",
    )


def _receipt(row: AnswerRow | WayRow) -> rx.Component:
    number = rx.el.span(" ", row.receipt, class_name="vh")
    return ui.anchor("Receipt", number, href=row.href, class_name="a")


def _answer(row: AnswerRow) -> rx.Component:
    receipt = _receipt(row)
    meta = rx.fragment(row.meta, shown(row.note, rx.fragment(". ", row.note)))
    return ui.plain_row(row.title, meta, right=receipt)
