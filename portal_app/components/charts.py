"""A year as a picture: a few rectangles, no library, fetched once it comes near the screen."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.status import status_tag
from portal_app.components.values import Text

rx.asset("year_picture.jsx", shared=True)  # what year_chart.jsx fetches


class YearChart(rx.Component):
    """Keeps the picture's place and draws it later; the script stands in year_chart.jsx."""

    library = f"$/public{rx.asset('year_chart.jsx', shared=True)}"
    tag = "YearChart"

    bars: rx.Var[Any]
    label: rx.Var[str]


def year_chart(
    bars: Sequence[Any] | rx.Var[Any], *, label: Text, legend: Sequence[Any] | rx.Var[Any] = ()
) -> rx.Component:
    """Draw twelve months, each with month, x, y, height, fee_y, fee_height, tone, mark and title.

    A tone never speaks alone: a mark stands under its month, and the legend names it. `label` says
    the picture to whoever does not see it; a table beside it has the figures.
    """
    drawn = bars if isinstance(bars, rx.Var) else list(bars)
    names = rx.el.figcaption(_each(legend, _name), class_name="row")
    return rx.el.figure(YearChart.create(bars=drawn, label=label), names, class_name="year")


def _each(rows: Any, draw: Any) -> rx.Component:
    return rx.foreach(rows, draw) if isinstance(rows, rx.Var) else rx.fragment(*map(draw, rows))


def _name(one: Any) -> rx.Component:
    return status_tag(one.label, one.tone)
