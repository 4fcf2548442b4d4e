"""What customers can do: a switch for each capability (S0-05)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.state.branding import FeaturesState, SwitchRow

STATE = FeaturesState


def features_page() -> rx.Component:
    """List the switches; each is in force at once, in open pages too."""
    return staff_page(
        ui.page_head(
            "What customers can do",
            sub="Each switch is in force at once, in open pages too. Staff are not bound by them.",
        ),
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                ui.error_summary(STATE.problem, STATE.field_problems),
                ui.card(ui.link_list(rx.foreach(STATE.rows, _switch)), flush=True),
            ),
            ui.skeleton("list", 6),
        ),
        active="/staff/settings/features",
    )


def _switch(row: SwitchRow) -> rx.Component:
    tag = rx.cond(row.is_on, ui.status_tag("On", "good"), ui.status_tag("Off", "neutral"))
    act = rx.cond(
        row.is_on,
        ui.button(
            "Switch off",
            on_click=STATE.switch_off(row.feature, row.key),
            small=True,
            suffix=row.name,
        ),
        ui.button(
            "Switch on",
            on_click=STATE.switch_on(row.feature, row.key),
            small=True,
            suffix=row.name,
        ),
    )
    return ui.plain_row(row.name, row.words, right=ui.row(tag, act))
