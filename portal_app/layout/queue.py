"""A queue of the staff's: saved views, kinds and a search over a list, and a sheet beside it."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content, Text
from portal_app.layout.listing import listing, search
from portal_app.state.queueing import OPEN, QueueMixin, ViewsMixin

State = type[QueueMixin]
Filtered = type[ViewsMixin]


def queue(
    state: Filtered,
    *,
    views: Sequence[tuple[str, str, rx.Var]],
    kinds: Sequence[tuple[str, str]] = (),
    kinds_label: Text = "",
    search_label: Text,
    search_hint: Text,
    body: rx.Component,
    no_match: Text,
    nothing: rx.Component,
) -> rx.Component:
    """List what waits; `nothing` is shown while no filter is on, `no_match` while one is."""
    return ui.loading(
        _of(state).is_loaded,
        listing(
            state,
            ui.segmented(
                options=views, value=_of(state).view, on_pick=state.pick_view, label="Saved views"
            ),
            _kinds(state, kinds, kinds_label),
            _search_chip(state),
            search(state, search_label, search_hint),
            body=body,
            nothing=rx.cond(_is_filtered(state), _no_match(state, no_match), nothing),
        ),
        ui.skeleton("table", 6),
    )


def queue_sheet(state: State, *body: Content) -> rx.Component:
    """Open one thing over its queue.

    It is drawn anew for another thing, so that nothing typed for this one is sent for that one;
    what happens to the thing itself changes it in place, and loses neither word nor click.
    """
    sheet = _of(state).sheet
    return ui.sheet(
        title=sheet.title,
        description=sheet.sub,
        body=rx.el.div(ui.stack(*body), key=sheet.number),
        open=sheet.number != "",
        on_open_change=state.close,
    )


def _kinds(state: Filtered, kinds: Sequence[tuple[str, str]], label: Text) -> rx.Component | None:
    """Narrow by kind, where there are several."""
    if not kinds:
        return None
    return ui.segmented(options=kinds, value=_of(state).kind, on_pick=state.pick_kind, label=label)


def _search_chip(state: Filtered) -> rx.Component:
    words = _of(state).search
    return rx.cond(words != "", ui.filter_chip(words, on_remove=state.look_for("")))


def _is_filtered(state: Filtered) -> rx.Var:
    at = _of(state)
    return (at.search != "") | (at.kind != "") | (at.view != OPEN)


def _no_match(state: Filtered, title: Text) -> rx.Component:
    clear = ui.button("Clear filters", on_click=state.clear)
    return ui.empty("search-x", title, "Try another word or view.", action=clear)


def _of(state: Filtered) -> Any:
    """Fields of a state are variables on its class."""
    return state
