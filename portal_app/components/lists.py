"""Facts and lists: key figures, summary lists, rows that are links."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.icons import icon as draw
from portal_app.components.links import anchor
from portal_app.components.values import Children, Content, Text, either

SummaryRow = tuple[Text, Content] | tuple[Text, Content, Content]


def summary_list(rows: Sequence[SummaryRow]) -> rx.Component:
    """List facts as (key, value) or (key, value, action); an empty value reads "Not provided"."""
    return rx.el.dl(*[summary_row(*row) for row in rows], class_name="dl")


def summary_row(key: Text, value: Content, action: Content = None) -> rx.Component:
    """Show one fact; usable inside `rx.foreach` within `summary_rows`."""
    change = rx.el.dd(action, class_name="x") if action is not None else None
    return rx.el.div(rx.el.dt(key), rx.el.dd(value), change)


def summary_rows(*rows: Content) -> rx.Component:
    """Hold rows made by `summary_row`, for lists whose length the state knows."""
    return rx.el.dl(*rows, class_name="dl")


def key_figures(*figures: rx.Component, label: str = "Balance and payments") -> rx.Component:
    """Show the two or three figures that the page is about, the first one large."""
    return rx.el.section(
        rx.el.h2(label, class_name="vh", id="figures-h"),
        rx.el.dl(*figures, class_name="figures", custom_attrs={"data-count": str(len(figures))}),
        class_name="card",
        aria_labelledby="figures-h",
    )


def key_figure(
    label: Text,
    value: Content,
    *,
    note: Content = None,
    big: bool = False,
    actions: Sequence[rx.Component] = (),
) -> rx.Component:
    """Show one figure with what it means and what can be done about it."""
    shown = money_text(value, big=True) if big and isinstance(value, (str, rx.Var)) else value
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(shown, class_name="v big" if big else "v"),
        rx.el.dd(note, class_name="n") if note is not None else None,
        rx.el.dd(*actions, class_name="row") if actions else None,
    )


def money_text(value: Text, *, big: bool = False) -> rx.Component:
    """Show an amount with figures of one width; a large one gets small cents ("$151" ".80")."""
    if not big:
        return rx.el.span(value, class_name="num")
    if isinstance(value, str):
        whole, point, cents = value.rpartition(".")
        if len(cents) != 2 or not cents.isdigit():  # noqa: PLR2004 - cents have two digits
            return rx.el.span(value)
        return rx.el.span(whole, rx.el.span(point + cents, class_name="c"))
    parts: Any = value.to(str).split(".")
    cents = rx.el.span(".", parts[1], class_name="c")
    small = (parts.length() == 2) & (parts[1].to(str).length() == 2)  # noqa: PLR2004
    return rx.el.span(rx.cond(small, rx.fragment(parts[0], cents), value))


def link_list(*rows: Content | Children) -> rx.Component:
    """Hold rows made by `row_link`, or an `rx.foreach` of them."""
    return rx.el.ul(*rows, class_name="list", role="list")


def row_link(
    title: Content,
    meta: Content,
    href: Text,
    *,
    right: Content = None,
    icon: str | None = None,
    accent: bool = False,
    below: bool = False,
    file: bool = False,
) -> rx.Component:
    """Make one row one link.

    `below` puts what stands right under the title instead, for narrow columns. `file` is for
    addresses of the backend (PDF), which the browser must load itself.
    """
    picture = rx.el.span(draw(icon), class_name=either(accent, "ico acc", "ico")) if icon else None
    words = rx.el.span(
        rx.el.b(title),
        rx.el.span(meta, class_name="m"),
        rx.el.span(right, class_name="below") if below else None,
    )
    end = draw("chevron-right", 16) if below or right is None else right
    link = anchor if file else rx.el.a
    return rx.el.li(link(picture, words, end, href=href, class_name="li ic" if icon else "li"))


def plain_row(
    title: Content, meta: Content, *, right: Content = None, below: bool = False
) -> rx.Component:
    """Show a row of a list that leads nowhere; `below` as for `row_link`."""
    words = rx.el.span(
        rx.el.b(title),
        rx.el.span(meta, class_name="m"),
        rx.el.span(right, class_name="below") if below else None,
    )
    return rx.el.li(rx.el.div(words, None if below else right, class_name="li"))
