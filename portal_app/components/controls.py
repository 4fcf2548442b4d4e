"""The controls that go into a field; each is the browser's own, and its id is its name."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.forms import described, error_text, hint_text
from portal_app.components.icons import mark
from portal_app.components.values import Content, Flag, Handler, Text, either, same

Choice = tuple[str, Text] | tuple[str, Text, Text]


def text_input(
    id: str,
    *,
    name: str | None = None,
    value: Text | None = None,
    type: str = "text",
    short: bool = False,
    **props: Any,
) -> rx.Component:
    """Take one line. `value` is what stands there at first; later typing is the browser's.

    Pass `auto_complete` and `input_mode` wherever a standard value exists.
    """
    start = {} if value is None else {"default_value": value}
    return rx.el.input(
        id=id,
        name=name or id,
        type=type,
        class_name="in short" if short else "in",
        **start,
        **props,
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
        id=id,
        name=name or id,
        type="text",
        input_mode="numeric",
        auto_complete="one-time-code",
        max_length=11,
        class_name="in code",
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
    counted = {"custom_attrs": {"data-limit": str(limit)}} if limit else {}
    box = rx.el.textarea(
        id=id, name=name or id, rows=str(rows), class_name="in", **counted, **start, **props
    )
    if not limit:
        return box
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
    box = rx.el.select(*made, id=id, name=name or id, class_name="in", **start, **props)
    return rx.el.span(box, mark("chevron"), class_name="select")


def radio_group(
    legend: Text,
    id: str,
    options: Sequence[Choice],
    *,
    name: str | None = None,
    value: Text | None = None,
    hint: Content = None,
    error: Text = "",
    on_change: Handler = None,
) -> rx.Component:
    """Choose one of a few (value, label[, hint]); the summary's link leads to the first."""
    radios = [
        _radio(option, f"{id}-{n}" if n else id, name or id, value, on_change)
        for n, option in enumerate(options)
    ]
    return _group(legend, radios, id=id, hint=hint, error=error)


def checkbox(
    label: Content,
    id: str,
    *,
    name: str | None = None,
    value: Text = "yes",
    checked: Flag = False,
    hint: Content = None,
    error: Text = "",
    plain: bool = True,
) -> rx.Component:
    """Say yes to one thing; sends `value` if ticked and nothing otherwise."""
    box = rx.el.input(
        id=id,
        name=name or id,
        value=value,
        type="checkbox",
        default_checked=checked,
        custom_attrs=described(id, hinted=hint is not None, error=error),
    )
    return rx.el.div(
        error_text(error, id=id),
        rx.el.label(
            box,
            rx.el.span(label),
            rx.el.span(hint, class_name="hint", id=f"{id}-hint") if hint is not None else None,
            class_name="choice plain" if plain else "choice",
        ),
        class_name="field",
    )


def checkbox_group(
    legend: Text,
    options: Sequence[rx.Component],
    *,
    id: str,
    hint: Content = None,
    error: Text = "",
) -> rx.Component:
    """Say yes to any of several, made by `checkbox(…, plain=False)`."""
    return _group(legend, options, id=id, hint=hint, error=error)


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
        id=id, name=name or id, type="file", accept=accept, multiple=multiple, class_name="in"
    )


def hidden_input(name: str, value: Text) -> rx.Component:
    """Send a value that nobody types."""
    return rx.el.input(name=name, value=value, type="hidden", read_only=True)


def _radio(
    option: Choice, id: str, name: str, value: Text | None, on_change: Handler
) -> rx.Component:
    key, label = option[0], option[1]
    hint = option[2] if len(option) > 2 else None  # noqa: PLR2004
    start = {} if value is None else {"default_checked": same(value, key)}
    heard = {} if on_change is None else {"on_change": on_change(key)}
    described_by = {"aria-describedby": f"{id}-more"} if hint is not None else {}
    return rx.el.label(
        rx.el.input(
            id=id, name=name, value=key, type="radio", custom_attrs=described_by, **start, **heard
        ),
        rx.el.span(label),
        rx.el.span(hint, class_name="hint", id=f"{id}-more") if hint is not None else None,
        class_name="choice",
    )


def _group(
    legend: Text,
    controls: Sequence[rx.Component],
    *,
    id: str,
    hint: Content,
    error: Text,
) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="legend"),
        hint_text(hint, id=id),
        error_text(error, id=id),
        rx.el.div(*controls, class_name="choices"),
        class_name="field group",
        custom_attrs=_group_attributes(id, hinted=hint is not None, error=error),
    )


def _group_attributes(id: str, *, hinted: bool, error: Text) -> dict[str, object]:
    """A group has no aria-invalid of its own; it is described by the same words."""
    attributes = described(id, hinted=hinted, error=error)
    attributes.pop("aria-invalid", None)
    return {**attributes, "data-bad": either(error, "true", "false")}
