"""A list as a card: its tools, its rows or why there are none, and the way to more of them."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content, Text
from portal_app.state.listing import ListMixin

State = type[ListMixin]


def listing(
    state: State,
    *tools: Content,
    body: rx.Component,
    nothing: rx.Component,
    title: Text | None = None,
) -> rx.Component:
    """Show what a list state holds; the last of the tools moves to the far edge."""
    return ui.card(
        ui.toolbar(*tools) if tools else None,
        ui.result_count(state.found),
        rx.cond(state.rows, body, nothing),
        rx.cond(state.further != "", ui.help_line(state.further)),
        ui.load_more(has_more=state.has_more, on_click=_of(state).more),
        title=title,
        flush=True,
    )


def search(state: State, label: Text, hint: Text) -> rx.Component:
    """Search a list as one types; `label` says what is searched, `hint` for what."""
    return ui.search_box(
        value=_of(state).search, on_change=_of(state).look_for, label=label, placeholder=hint
    )


def no_match(state: State, title: Text, advice: Text) -> rx.Component:
    """Say that a search found nothing, and offer to clear it."""
    clear = ui.button("Clear search", on_click=_of(state).look_for(""))
    return ui.empty("search-x", title, advice, action=clear)


def _of(state: State) -> Any:
    """Every list has a handler `more`; those that are searched have `search` and `look_for`."""
    return state
