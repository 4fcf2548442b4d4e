"""A year as a picture: a few rectangles, no library; only pages that draw it carry it."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.icons import mark
from portal_app.components.status import status_tag
from portal_app.components.values import Text, classes

_WIDTH = "5.13%"  # of twelve months side by side


def year_chart(
    bars: Sequence[Any] | rx.Var[Any], *, label: Text, legend: Sequence[Any] | rx.Var[Any] = ()
) -> rx.Component:
    """Draw twelve months, each with month, x, y, height, fee_y, fee_height, tone, mark and title.

    A tone never speaks alone: a mark stands under its month, and the legend names it. `label` says
    the picture to whoever does not see it; a table beside it has the figures.
    """
    picture = rx.el.div(
        rx.el.svg(_each(bars, _bar), width="100%", height="120"),
        rx.el.ol(_each(bars, _foot)),
        role="img",
        aria_label=label,
    )
    names = rx.el.figcaption(_each(legend, _name), class_name="row")
    return rx.el.figure(picture, names, class_name="year")


def _each(rows: Any, draw: Any) -> rx.Component:
    return rx.foreach(rows, draw) if isinstance(rows, rx.Var) else rx.fragment(*map(draw, rows))


def _bar(one: Any) -> rx.Component:
    return rx.el.g(
        rx.el.rect(x=one.x, y=one.y, width=_WIDTH, height=one.height, rx="3"),
        rx.el.rect(
            x=one.x, y=one.fee_y, width=_WIDTH, height=one.fee_height, rx="3", class_name="fee"
        ),
        rx.el.svg.title(one.title),
        class_name=one.tone,
    )


def _foot(one: Any) -> rx.Component:
    return rx.el.li(mark(one.mark), one.month, class_name=classes(one.tone))


def _name(one: Any) -> rx.Component:
    return status_tag(one.label, one.tone)
