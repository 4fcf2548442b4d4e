"""Tables that become cards on a phone, and the tools above and below them."""

from collections.abc import Sequence

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.icons import icon
from portal_app.components.values import Content, Flag, Handler, Text, either, same

Option = tuple[str, Text] | tuple[str, Text, Text]


def data_table(
    *,
    caption: Text,
    columns: Sequence[rx.Component | str],
    body: Content | Sequence[Content],
    stackable: bool = True,
) -> rx.Component:
    """Show rows made by `table_row`; each row becomes a card on narrow screens if stackable.

    The roles are written out because the card layout takes the table's own roles away.
    """
    heads = [th(column) if isinstance(column, str) else column for column in columns]
    rows = body if isinstance(body, (list, tuple)) else [body]
    table = rx.el.table(
        rx.el.caption(caption, class_name="vh"),
        rx.el.thead(rx.el.tr(*heads, role="row"), role="rowgroup"),
        rx.el.tbody(*rows, role="rowgroup"),
        class_name="tbl stackable" if stackable else "tbl",
        role="table",
    )
    # A table that cannot stack may scroll sideways, so the keyboard must reach its frame.
    scrolls = {} if stackable else {"tab_index": 0, "role": "region", "aria_label": caption}
    return rx.el.div(table, class_name="tbl-w", **scrolls)


def th(label: Text, *, end: bool = False, hidden: bool = False) -> rx.Component:
    """Head a column; `end` for figures, `hidden` where the cells speak for themselves."""
    words = rx.el.span(label, class_name="vh") if hidden else label
    return rx.el.th(words, scope="col", role="columnheader", class_name="end" if end else "")


def table_row(*cells: Content, key: Text | None = None) -> rx.Component:
    """Hold the cells of one row; give a key where rows come and go."""
    return rx.el.tr(*cells, role="row", **({"key": key} if key is not None else {}))


def group_row(title: Content, *, span: int) -> rx.Component:
    """Name the rows that follow, across the columns of the table."""
    head = rx.el.th(title, scope="colgroup", col_span=span, role="columnheader")
    return rx.el.tr(head, role="row", class_name="grp")


def row_head(value: Content, sub: Content = None, *, whole: bool = False) -> rx.Component:
    """Name the row: usually a link to the thing, with a line below it.

    `whole` for a number, which stays on one line.
    """
    below = rx.el.span(sub, class_name="m") if sub is not None else None
    name = "whole" if whole else ""
    return rx.el.th(value, below, scope="row", role="rowheader", class_name=name)


def cell(
    value: Content = None,
    *,
    label: Text | None = None,
    end: bool = False,
    strong: bool = False,
    whole: bool = False,
) -> rx.Component:
    """Show one value; the label stands before it on a phone. An empty value shows a dash.

    `end` for figures, `whole` for what must stay on one line: days, phone numbers.
    """
    names = " ".join(["num end"] * end + ["strong"] * strong + ["whole"] * whole)
    named = {"custom_attrs": {"data-label": label}} if label is not None else {}
    return rx.el.td(value, role="cell", class_name=names, **named)


def status_cell(tag: rx.Component) -> rx.Component:
    """Hold a status tag, which moves beside the row's name on a phone."""
    return rx.el.td(tag, role="cell", class_name="st")


def action_cell(*actions: Content) -> rx.Component:
    """Hold a row's button, which takes the full width on a phone."""
    return rx.el.td(*actions, role="cell", class_name="end act")


def toolbar(*children: Content) -> rx.Component:
    """Set filters and search above a table; the last child moves to the far edge."""
    return rx.el.div(*children[:-1], rx.el.div(class_name="grow"), children[-1], class_name="bar")


def segmented(
    *, options: Sequence[Option], value: Text, on_pick: Handler, label: Text
) -> rx.Component:
    """Choose one of a few views, given as (key, label) or (key, label, count)."""
    buttons = [_segment(option, value=value, on_pick=on_pick) for option in options]
    return rx.el.div(*buttons, class_name="seg", role="group", aria_label=label)


def _segment(option: Option, *, value: Text, on_pick: Handler) -> rx.Component:
    key, label = option[0], option[1]
    count = rx.el.span(option[2], class_name="n") if len(option) > 2 else None  # noqa: PLR2004
    return rx.el.button(
        label,
        count,
        type="button",
        on_click=on_pick(key),
        custom_attrs={"aria-pressed": either(same(value, key), "true", "false")},
    )


def filter_chip(label: Text, *, on_remove: Handler) -> rx.Component:
    """Show a filter that is on, with the button that takes it off."""
    return rx.el.span(
        label,
        rx.el.button(
            icon("x", 14),
            rx.el.span("Remove filter ", label, class_name="vh"),
            type="button",
            on_click=on_remove,
        ),
        class_name="chip",
    )


def load_more(
    *, has_more: Flag, on_click: Handler, busy: Flag = False, label: Text = "Show more"
) -> rx.Component:
    """Fetch the next rows, while there are any."""
    press = button(label, on_click=on_click, busy=busy)
    return either(has_more, rx.el.div(press, class_name="more"), rx.fragment())


def result_count(text: Text) -> rx.Component:
    """Tell assistive technology how many rows a search left."""
    return rx.el.p(text, class_name="vh", role="status")
