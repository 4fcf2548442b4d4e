"""The building blocks of a page: heading, cards, columns."""

from collections.abc import Sequence

import reflex as rx

from portal_app.components.links import crumb_link
from portal_app.components.values import Content, Text, slug


def page_head(
    title: Text,
    *,
    sub: Content = None,
    actions: Sequence[rx.Component] = (),
    crumb: tuple[Text, Text] | None = None,
    tag: rx.Component | None = None,
    key: Text | None = None,
) -> rx.Component:
    """Open a page: the way back, its one h1 with a status, a line below, at most two actions.

    Where the words arrive later and are long, `key` names what the actions are about: they are
    drawn anew beside it, instead of being moved.
    """
    named = {} if key is None else {"key": key}
    return rx.el.div(
        rx.el.div(
            crumb_link(*crumb) if crumb else None,
            rx.el.div(heading(title), tag, class_name="row"),
            rx.el.p(sub, class_name="sub") if sub is not None else None,
        ),
        rx.el.div(*actions, class_name="row", **named) if actions else None,
        class_name="page-head",
    )


def heading(title: Text, *, inside: bool = False) -> rx.Component:
    """Show the page's h1, which takes the focus when the page is opened from inside the app.

    A page has one: what stands `inside` another page, as in the gallery, is headed by an h2.
    """
    if inside:
        return rx.el.h2(title, class_name="h1")
    return rx.el.h1(title, class_name="h1", tab_index=-1, id="page-title")


def card(
    *children: Content,
    title: Text | None = None,
    action: Content = None,
    flush: bool = False,
    id: Text | None = None,
) -> rx.Component:
    """Group what belongs together; `flush` lets lists and tables reach the edges.

    With a title the card is a labelled region; give an id when the title is a variable.
    """
    body = children if flush else (rx.el.div(*children, class_name="card-b"),)
    if title is None:
        return rx.el.div(*body, class_name="card", **({} if id is None else {"id": id}))
    own = slug(title) if isinstance(title, str) else "card"
    name = own if id is None else id
    return rx.el.section(
        rx.el.div(rx.el.h2(title, class_name="h2", id=f"{name}-h"), action, class_name="card-h"),
        *body,
        id=name,
        class_name="card",
        aria_labelledby=f"{name}-h",
    )


def columns(main: Content, side: Content) -> rx.Component:
    """Set the main matter beside the lesser; one column on narrow screens."""
    return rx.el.div(main, side, class_name="columns")


def stack(*children: Content, tight: bool = False) -> rx.Component:
    """Set things one below the other with even space."""
    return rx.el.div(*children, class_name="stack tight" if tight else "stack")


def row(*children: Content, spread: bool = False) -> rx.Component:
    """Set things beside each other; `spread` sends the last to the far edge."""
    return rx.el.div(*children, class_name="row between" if spread else "row")


def prose(*children: Content) -> rx.Component:
    """Set running text at a measure that is easy to read."""
    return rx.el.div(*children, class_name="prose")


def paragraph(*children: Content, quiet: bool = False) -> rx.Component:
    """Set one paragraph; `quiet` for what may be skipped."""
    return rx.el.p(*children, class_name="muted" if quiet else "")


def as_written(words: Text) -> rx.Component:
    """Show words with the lines that they were written in."""
    return rx.el.p(words, class_name="as-written")


def help_line(*children: Content) -> rx.Component:
    """Say below a list or form where help is to be had."""
    return rx.el.p(*children, class_name="help")
