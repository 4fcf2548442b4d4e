"""A conversation: what was said, by whom, and what happened in between."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.values import Text


def conversation(items: Sequence[Any] | rx.Var[Any], *, label: Text) -> rx.Component:
    """Show messages in order, from things with side, who, role, when, iso and words.

    The side is own, team, other or note for something said, and happened for an event between.
    """
    if isinstance(items, rx.Var):
        made = [rx.foreach(items, _said)]
    else:
        made = [_said(one) for one in items]
    return rx.el.ol(*made, class_name="talk", aria_label=label, role="list")


def message(
    who: Text, words: Text, *, when: Text, iso: Text = "", role: Text = "", side: Text = "other"
) -> rx.Component:
    """Show one thing that was said, or that happened; line breaks stay as they were typed."""
    head = rx.el.div(
        rx.el.b(who),
        rx.el.span(role, class_name="role"),
        rx.el.time(when, date_time=iso),
        class_name="who",
    )
    body = rx.el.p(words, class_name="words")
    return rx.el.li(head, body, class_name=side)


def _said(item: Any) -> rx.Component:
    return message(
        item.who, item.words, when=item.when, iso=item.iso, role=item.role, side=item.side
    )
