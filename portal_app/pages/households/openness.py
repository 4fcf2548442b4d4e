"""Who can see one's data, why and since when; and for whom one may act oneself (S1-09)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler, shown
from portal_app.layout.shell import consumer_page
from portal_app.state.households.openness import OpennessState, ReachedRow

STATE = OpennessState
VIEW = STATE.view


def openness_page() -> rx.Component:
    """Name everybody, in words."""
    return consumer_page(
        ui.page_head(
            "Who can see your data",
            sub="Everybody besides you who may see what is yours or act for you, and why.",
            actions=[ui.link_button("Let somebody act for you", "/access/new", tone="primary")],
        ),
        ui.loading(
            STATE.is_loaded,
            ui.stack(ui.error_summary(STATE.problem), _seen_by(), _acts_for()),
            ui.skeleton("table", 4),
        ),
        active="/access",
    )


def _seen_by() -> rx.Component:
    staff = ui.plain_row(
        "Our staff",
        rx.fragment(
            "We look after your account. ",
            "What we see and do is written down.",
        ),
    )
    return ui.card(
        rx.el.ul(rx.foreach(VIEW.seen_by, _seeing), staff, class_name="list", role="list"),
        title="Besides you",
        flush=True,
        id="seen-by",
    )


def _seeing(row: ReachedRow) -> rx.Component:
    return _row(
        row,
        title="Take this away?",
        body=rx.fragment(
            row.name,
            " no longer sees what is yours from this moment, also where they have it open.",
        ),
        verb="Take it away",
        on_confirm=STATE.revoke(row.id, row.key),
        label="Take away",
    )


def _acts_for() -> rx.Component:
    nobody = ui.empty(
        "users",
        "Nobody has asked you to act for them",
        "Whoever wants you to opens this page and lets you. You then find them here.",
    )
    listed = rx.el.ul(rx.foreach(VIEW.acts_for, _acting), class_name="list", role="list")
    return ui.card(
        rx.cond(VIEW.acts_for, listed, nobody),
        title="People you can act for",
        flush=True,
        id="acts-for",
    )


def _acting(row: ReachedRow) -> rx.Component:
    return _row(
        row,
        title="Stop acting for them?",
        body=rx.fragment(
            "You no longer see anything of ", row.name, "'s. Only they can let you in again."
        ),
        verb="Stop",
        on_confirm=STATE.stop(row.id, row.key),
        label="Stop",
    )


def _row(
    row: ReachedRow,
    *,
    title: str,
    body: rx.Component,
    verb: str,
    on_confirm: Handler,
    label: str,
) -> rx.Component:
    end = ui.confirm(
        title=title,
        body=body,
        verb=verb,
        on_confirm=on_confirm,
        trigger=ui.button(label, small=True, suffix=row.name),
        busy=STATE.busy,
    )
    meta = rx.fragment(row.why, ". ", row.what, rx.el.br(), row.when)
    to_come = rx.cond(row.is_to_come, ui.status_tag("Not yet", "info"), rx.fragment())
    return ui.plain_row(row.name, meta, right=ui.row(to_come, shown(row.id, end)))
