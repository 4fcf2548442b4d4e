"""Buttons and links that look like them."""

from typing import Any

import reflex as rx

from portal_app.components.icons import icon as draw
from portal_app.components.icons import mark
from portal_app.components.links import anchor
from portal_app.components.values import UNSET, Content, Flag, Handler, Text, classes, either


def button(
    label: Content,
    *,
    on_click: Handler = None,
    tone: Text = "",
    icon: str | None = None,
    busy: Flag = False,
    disabled: Flag = False,
    small: bool = False,
    suffix: Content = None,
    **props: Any,
) -> rx.Component:
    """Do something. Tones: "" (plain), primary (one per page), danger, quiet.

    The suffix is read out after the label, to tell buttons with the same label apart.
    """
    attrs = {**busy_attributes(busy), **props.pop("custom_attrs", {})}
    press = {} if on_click is None else {"on_click": on_click}
    state = {} if disabled is False else {"disabled": disabled}
    return rx.el.button(
        draw(icon, 17) if icon else None,
        rx.el.span(label),
        rx.el.span(" ", suffix, class_name="vh") if suffix is not None else None,
        class_name=classes("btn", tone, "sm" if small else ""),
        custom_attrs=attrs,
        **{"type": "button", **state, **press, **props},
    )


def submit_button(
    label: Content, *, busy: Flag = False, tone: Text = "primary", **props: Any
) -> rx.Component:
    """Send the form around it; a second press while it is busy does nothing."""
    return button(label, tone=tone, busy=busy, type="submit", **props)


def icon_button(
    name: str, *, label: Text, on_click: Handler = None, tone: Text = "quiet", **props: Any
) -> rx.Component:
    """Do something that a picture names; the label is read out."""
    press = {} if on_click is None else {"on_click": on_click}
    return rx.el.button(
        draw(name, 18),
        rx.el.span(label, class_name="vh"),
        class_name=classes("btn square", tone),
        **{"type": "button", **press, **props},
    )


def text_button(label: Content, *, on_click: Handler, busy: Flag = False) -> rx.Component:
    """Do something small that reads as part of the text, such as sending a code again."""
    return rx.el.button(
        label,
        type="button",
        on_click=on_click,
        class_name="a textbtn",
        custom_attrs=busy_attributes(busy),
    )


def link_button(
    label: Content,
    href: Text,
    *,
    tone: Text = "",
    icon: str | None = None,
    file: bool = False,
    small: bool = False,
    suffix: Content = None,
) -> rx.Component:
    """Go somewhere important; `file` for downloads and other addresses of the backend."""
    link = anchor if file else rx.el.a
    return link(
        draw(icon, 17) if icon else None,
        rx.el.span(label),
        rx.el.span(" ", suffix, class_name="vh") if suffix is not None else None,
        href=href,
        class_name=classes("btn", tone, "sm" if small else ""),
    )


def icon_link(
    name: str, href: Text, *, label: Text, short: Text, file: bool = False
) -> rx.Component:
    """Go where a picture leads, one of those that `mark` knows; the label is read out.

    `short` is a part of the label that stands beside the picture in the cards of a phone.
    """
    link = anchor if file else rx.el.a
    words = rx.el.span(label, class_name="vh")
    seen = rx.el.span(short, class_name="short", custom_attrs={"aria-hidden": "true"})
    # Every row of a list has one: a mask is one element where a drawn icon is six.
    return link(mark(name), words, seen, href=href, class_name="btn square")


def actions(*buttons: Content) -> rx.Component:
    """Set a form's buttons beside each other, the primary one first."""
    return rx.el.div(*buttons, class_name="actions")


def busy_attributes(busy: Flag) -> dict[str, object]:
    """Mark a control whose work is under way; boot.js ignores further presses."""
    if busy is False:
        return {}
    return {
        "aria-busy": either(busy, "true", UNSET),
        "aria-disabled": either(busy, "true", UNSET),
    }
