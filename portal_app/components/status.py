"""Status: tags, and the timeline of what happened and what happens next."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.values import UNSET, Text, classes, either, same


def status_tag(label: Text, tone: Text = "neutral") -> rx.Component:
    """Name a status: words and a dot, never colour alone, never a button.

    Tones: good, warn, bad (only for what went wrong), info, neutral.
    """
    return rx.el.span(label, class_name=classes("tag", tone))


def timeline(items: Sequence[Any] | rx.Var[Any]) -> rx.Component:
    """Show moments in order, from things with title, when, iso, text, tone and icon."""
    if isinstance(items, rx.Var):
        return rx.el.ol(rx.foreach(items, _moment), class_name="tl")
    made = [one if isinstance(one, rx.Component) else _moment(one) for one in items]
    return rx.el.ol(*made, class_name="tl")


def timeline_item(
    title: Text,
    *,
    when: Text,
    iso: Text = "",
    text: Text = "",
    tone: Text = "",
    icon: Text = "",
) -> rx.Component:
    """Show one moment; tones: now, good, bad, warn, info, or none for what is still to come.

    The icon is one of `icons.mark`; without one the tone brings its own.
    """
    picture = rx.el.span(class_name="mi", custom_attrs={"data-icon": _or_nothing(icon)})
    return rx.el.li(
        rx.el.span(picture, class_name=classes("dot", tone), custom_attrs={"aria-hidden": "true"}),
        rx.el.b(title),
        rx.el.time(when, date_time=iso),
        rx.el.p(text),
        custom_attrs={"aria-current": either(same(tone, "now"), "step", UNSET)},
    )


def _or_nothing(name: Text) -> Any:
    return rx.cond(name, name, UNSET) if isinstance(name, rx.Var) else (name or UNSET)


def _moment(item: Any) -> rx.Component:
    return timeline_item(
        item.title,
        when=item.when,
        iso=item.iso,
        text=item.text,
        tone=item.tone,
        icon=item.icon,
    )
