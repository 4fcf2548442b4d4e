"""Placeholders of the final height, so that nothing moves when the content arrives."""

from collections.abc import Callable
from typing import Literal

import reflex as rx

Kind = Literal["table", "card", "figures", "form", "detail", "list"]


def skeleton(kind: Kind, rows: int = 4) -> rx.Component:
    """Stand in for a table, card, list, the key figures, a form or a page of details."""
    return rx.el.div(_SHAPES[kind](rows), custom_attrs={"aria-hidden": "true"})


def _bone(shape: str) -> rx.Component:
    return rx.el.span(class_name=f"sk {shape}")


def _rows(rows: int) -> list[rx.Component]:
    words = rx.el.span(_bone("w3"), _bone("w1"), class_name="grow")
    return [rx.el.div(words, _bone("pill"), class_name="sk-row") for _ in range(rows)]


def _table(rows: int) -> rx.Component:
    tools = rx.el.div(_bone("b"), class_name="bar")
    head = rx.el.div(class_name="sk-head")
    return rx.el.div(tools, head, *_rows(rows), class_name="card sk-table")


def _list(rows: int) -> rx.Component:
    return rx.el.div(*_rows(rows), class_name="card sk-list")


def _card(rows: int) -> rx.Component:
    lines = [rx.el.div(_bone("w2"), _bone("w3"), class_name="sk-line") for _ in range(rows)]
    return rx.el.div(
        rx.el.div(_bone("t w2"), class_name="card-h"),
        rx.el.div(rx.el.div(*lines), class_name="card-b"),
        class_name="card",
    )


def _figures(rows: int) -> rx.Component:
    count = min(rows, 3)
    figure = rx.el.div(_bone("w2"), _bone("big"), _bone("w3"), class_name="sk-field")
    return rx.el.div(
        *[figure] * count, class_name="card figures", custom_attrs={"data-count": str(count)}
    )


def _form(rows: int) -> rx.Component:
    one = rx.el.div(_bone("w1"), _bone("in-h"), class_name="sk-field")
    return rx.el.div(*[one] * rows, _bone("b"), class_name="form")


def _detail(rows: int) -> rx.Component:
    return rx.el.div(
        rx.el.div(_card(rows), _card(rows), class_name="stack"),
        rx.el.div(_card(2), class_name="stack"),
        class_name="columns",
    )


_SHAPES: dict[Kind, Callable[[int], rx.Component]] = {
    "table": _table,
    "list": _list,
    "card": _card,
    "figures": _figures,
    "form": _form,
    "detail": _detail,
}
