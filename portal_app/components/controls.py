"""The controls that go into a field; each is the browser's own, and its id is its name.

`value` is what stands there at first, later typing is the browser's: draw a form that depends on
the state inside `loading`, so that it appears together with its values.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.forms import named
from portal_app.components.icons import mark
from portal_app.components.values import Text


def text_input(
    id: str,
    *,
    name: str | None = None,
    value: Text | None = None,
    type: str = "text",
    short: bool = False,
    **props: Any,
) -> rx.Component:
    """Take one line; pass `auto_complete` and `input_mode` wherever a standard value exists."""
    start = {} if value is None else {"default_value": value}
    return rx.el.input(
        type=type, class_name="in short" if short else "in", **named(id, name, props), **start
    )


def password_input(
    id: str,
    *,
    name: str | None = None,
    new: bool = False,
) -> rx.Component:
    """Take a password, with a button that shows it; pasting and password managers work."""
    box = text_input(
        id,
        name=name,
        type="password",
        auto_complete="new-password" if new else "current-password",
        spell_check=False,
        auto_capitalize="none",
    )
    show = rx.el.button(
        "Show",
        rx.el.span(" password", class_name="vh"),
        type="button",
        custom_attrs={"data-reveal": id, "aria-controls": id},
    )
    return rx.el.div(box, show, class_name="reveal")


def code_input(id: str, *, name: str | None = None) -> rx.Component:
    """Take a six-digit code; spaces are welcome, and phones offer the one from the message."""
    return rx.el.input(
        type="text",
        input_mode="numeric",
        auto_complete="one-time-code",
        max_length=11,
        class_name="in code",
        **named(id, name),
    )


def text_area(
    id: str,
    *,
    name: str | None = None,
    value: Text | None = None,
    rows: int = 4,
    limit: int | None = None,
    **props: Any,
) -> rx.Component:
    """Take several lines; with a limit it counts down and lets one type past it."""
    start = {} if value is None else {"default_value": value}
    attributes = named(id, name, props)
    box = rx.el.textarea(rows=str(rows), class_name="in", **attributes, **start)
    return counted(box, id=id, limit=limit) if limit else box


def counted(box: rx.Component, *, id: str, limit: int) -> rx.Component:
    """Say below a control how much may still be written in it."""
    box.custom_attrs["data-limit"] = str(limit)
    left = rx.el.p(f"Up to {limit:,} characters", id=f"{id}-left", class_name="count-left")
    return rx.el.div(box, left, class_name="field")


def select(
    id: str,
    options: Sequence[tuple[str, Text]] | rx.Var,
    *,
    name: str | None = None,
    value: Text | None = None,
    **props: Any,
) -> rx.Component:
    """Choose one from a list of (value, label), or of variables with `value` and `label`."""
    if isinstance(options, rx.Var):
        made = [rx.foreach(options, lambda one: rx.el.option(one.label, value=one.value))]
    else:
        made = [rx.el.option(label, value=key) for key, label in options]
    start = {} if value is None else {"default_value": value}
    box = rx.el.select(*made, class_name="in", **named(id, name, props), **start)
    return rx.el.span(box, mark("chevron"), class_name="select")


def date_input(id: str, *, name: str | None = None, **props: Any) -> rx.Component:
    """Take a date as YYYY-MM-DD, shown in the person's own order."""
    return text_input(id, name=name, type="date", **props)


def date_time_input(id: str, *, name: str | None = None, **props: Any) -> rx.Component:
    """Take a date and time as YYYY-MM-DDTHH:MM, without a zone."""
    return text_input(id, name=name, type="datetime-local", **props)


def file_input(
    id: str,
    *,
    name: str | None = None,
    accept: str = "",
    multiple: bool = False,
) -> rx.Component:
    """Choose a file; say the types and the size in the field's hint."""
    return rx.el.input(
        type="file", accept=accept, multiple=multiple, class_name="in", **named(id, name)
    )


def hidden_input(name: str, value: Text) -> rx.Component:
    """Send a value that nobody types."""
    return rx.el.input(name=name, value=value, type="hidden", read_only=True)
