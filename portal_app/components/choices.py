"""Choices: one of a few, yes or no, any of several."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.forms import described, error_text, hint_text, named
from portal_app.components.values import (
    Content,
    Flag,
    Handler,
    Number,
    Text,
    either,
    same,
    shown,
)

Choice = tuple[str, Text] | tuple[str, Text, Text]


def radio_group(
    legend: Text,
    id: str,
    options: Sequence[Choice] | rx.Var[Any],
    *,
    name: str | None = None,
    value: Text | None = None,
    hint: Content = None,
    error: Text = "",
    on_change: Handler = None,
) -> rx.Component:
    """Choose one of a few (value, label[, hint]); the summary's link leads to the first.

    From the state, give rows with `value`, `label` and `hint`.
    """
    radios = _radios(options, id=id, name=name or id, value=value, on_change=on_change)
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
    words = described(id, hinted=hint is not None, error=error)
    attributes = named(id, name, {"custom_attrs": words})
    box = rx.el.input(value=value, type="checkbox", default_checked=checked, **attributes)
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


def switch(label: Text, *, is_on: Flag, on_click: Handler) -> rx.Component:
    """Turn one thing on or off at once; the label is read out, what stands beside it is not it."""
    return rx.el.button(
        rx.el.span(label, class_name="vh"),
        type="button",
        role="switch",
        class_name="switch",
        on_click=on_click,
        custom_attrs={"aria-checked": either(is_on, "true", "false")},
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


def _radios(options: Sequence[Choice] | rx.Var[Any], **common: Any) -> list[rx.Component]:
    if isinstance(options, rx.Var):
        return [
            rx.foreach(
                options,
                lambda one, n: _radio(one.value, one.label, one.hint, n=n, **common),
            )
        ]
    return [_radio(*option, n=n, **common) for n, option in enumerate(options)]


def _radio(
    key: Text,
    label: Text,
    hint: Text = "",
    *,
    n: Number,
    id: str,
    name: str,
    value: Text | None,
    on_change: Handler,
) -> rx.Component:
    own = either(n == 0, id, f"{id}-{n}")  # the first one answers for the group
    start = {} if value is None else {"default_checked": same(value, key)}
    heard = {} if on_change is None else {"on_change": on_change(key)}
    return rx.el.label(
        rx.el.input(value=key, type="radio", **named(own, name), **start, **heard),
        rx.el.span(label),
        shown(hint, rx.el.span(hint, class_name="hint")),
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
    """Describe the group; aria-invalid belongs to single controls."""
    attributes = described(id, hinted=hinted, error=error)
    attributes.pop("aria-invalid", None)
    return {**attributes, "data-bad": either(error, "true", "false")}
