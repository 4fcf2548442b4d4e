"""What somebody answered about marketing, as they and staff read it."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import shown
from portal_app.state.consents.words import AnswerRow


def listed_answers(answers: rx.Var[list[AnswerRow]]) -> rx.Component:
    """List answers, each with its receipt to take away."""
    return rx.el.ul(rx.foreach(answers, _answer), class_name="list", role="list")


def _answer(row: AnswerRow) -> rx.Component:
    receipt = ui.anchor(
        "Receipt", rx.el.span(" ", row.receipt, class_name="vh"), href=row.href, class_name="a"
    )
    meta = rx.fragment(row.meta, shown(row.note, rx.fragment(". ", row.note)))
    return ui.plain_row(row.title, meta, right=receipt)
