"""Heads of a household choose who of its members sees its cases (S1-14)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.cases.readers import CaseReadersState, ReaderRow

STATE = CaseReadersState


def readers_page() -> rx.Component:
    """List the members; each sees the household's cases, or only their own."""
    return consumer_page(
        ui.page_head(
            "Who sees cases",
            sub="You see all cases of your household. The others see their own, unless you let "
            "them see more.",
            crumb=("Cases", "/cases"),
        ),
        ui.error_summary(STATE.problem),
        ui.loading(
            STATE.is_loaded,
            ui.card(
                rx.cond(STATE.rows, ui.link_list(rx.foreach(STATE.rows, _row)), _nobody()),
                flush=True,
            ),
            ui.skeleton("list", 3),
        ),
        active="/cases",
    )


def _row(one: ReaderRow) -> rx.Component:
    let = ui.button(
        "Let see all",
        on_click=STATE.choose(one.household, one.person, True, one.key),  # noqa: FBT003
        small=True,
        suffix=one.name,
    )
    stop = ui.button(
        "Only their own",
        on_click=STATE.choose(one.household, one.person, False, one.key),  # noqa: FBT003
        small=True,
        suffix=one.name,
    )
    tag = rx.cond(
        one.is_chosen,
        ui.status_tag("Sees all", "info"),
        ui.status_tag("Sees their own", "neutral"),
    )
    return ui.plain_row(one.name, one.place, right=ui.row(tag, rx.cond(one.is_chosen, stop, let)))


def _nobody() -> rx.Component:
    return ui.empty(
        "users",
        "Nobody else is in your household",
        "Members appear here as soon as they belong to it.",
        action=ui.link_button("Back to your cases", "/cases"),
    )
