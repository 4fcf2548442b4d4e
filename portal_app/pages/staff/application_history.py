"""Who did what about an application, for staff."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.state.applications.history import ApplicationHistoryState, DeedRow

STATE = ApplicationHistoryState


def history_section() -> rx.Component:
    """List what was done, the newest first."""
    nothing = ui.empty("scroll-text", "Nothing here", "Nothing was done about this one yet.")
    return ui.loading(
        STATE.is_loaded,
        listing(STATE, body=_table(), nothing=nothing, title="History"),
        ui.skeleton("table", 6),
    )


def _table() -> rx.Component:
    return ui.data_table(
        caption="History",
        columns=["What", "About", "Who", "When"],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(one: DeedRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(one.what),
        ui.cell(one.about, label="About"),
        ui.cell(one.who, label="Who"),
        ui.cell(one.when, label="When", whole=True),
        key=one.id,
    )
