"""The portal's settings for administrators (S0-01, S0-02, S4-02)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Text
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.portal_theme import theme_group
from portal_app.pages.staff.portal_words import fields_group, texts_group
from portal_app.state.branding import GROUPS, PortalSettingsState

STATE = PortalSettingsState
SET = STATE.settings
WRONG = STATE.field_problems


def portal_settings_page() -> rx.Component:
    """Show the groups of the customer portal's settings, one at a time (S4-02)."""
    return staff_page(
        ui.page_head("Customer portal", sub="Changes are in force at once, without a restart."),
        ui.segmented(
            options=list(GROUPS.items()),
            value=STATE.group,
            on_pick=STATE.pick_group,
            label="Settings of",
        ),
        ui.loading(
            STATE.is_loaded,
            rx.match(
                STATE.group,
                ("theme", theme_group()),
                ("text", texts_group()),
                ("fields", fields_group()),
                rx.el.div(_form(), key=SET.key),
            ),
            ui.skeleton("form", 6),
        ),
        active="/staff/settings/portal",
    )


def _form() -> rx.Component:
    return ui.form(
        ui.card(*_door(), title="Open or closed"),
        ui.card(*_support(), title="Support contact"),
        ui.card(*_rules(), title="Running"),
        ui.hidden_input("version", SET.version),
        ui.hidden_input("key", SET.key),
        ui.actions(ui.submit_button("Save settings", busy=STATE.busy)),
        on_submit=STATE.save,
        problem=STATE.problem,
        field_problems=WRONG,
    )


def _door() -> list[rx.Component]:
    return [
        ui.checkbox(
            "The portal is open to customers",
            "is_open",
            checked=SET.is_open,
            hint="Closed: customers cannot sign in. Staff still can.",
            error=WRONG["is_open"],
        ),
        _area("closed_message", "What customers read while it is closed", SET.closed_message),
        _area("announcement", "Announcement on every page", SET.announcement,
              "Leave it empty for none. Each person can put it away; a new text shows again."),
    ]  # fmt: skip


def _support() -> list[rx.Component]:
    return [
        _line("support_email", "Email", SET.support_email, "“Report a problem” goes there."),
        _line("support_phone", "Phone", SET.support_phone, "As customers dial it."),
        _line("support_hours", "Hours", SET.support_hours, "Such as Mon to Fri, 07:00 to 17:00."),
    ]


def _rules() -> list[rx.Component]:
    when = "When new accounts may register, such as 02:00."
    return [
        _line("publish_at", "Nightly update", SET.publish_at, when, short=True),
        ui.field(
            "Invite the holders of contracts bought on or after",
            ui.date_input("cutover_date", value=SET.cutover_date),
            id="cutover_date",
            hint="Once for each service contract or finance agreement. Empty: nobody is invited "
            "by itself; staff still can.",
            error=WRONG["cutover_date"],
        ),
        ui.checkbox(
            "Customers need a second step to sign in",
            "demand_second_factor",
            checked=SET.demand_second_factor,
            hint="They are asked to set it up at their next sign-in. Staff always need one.",
            error=WRONG["demand_second_factor"],
        ),
    ]


def _area(name: str, label: str, value: Text, hint: str | None = None) -> rx.Component:
    box = ui.text_area(name, value=value, rows=3, limit=400)
    return ui.field(label, box, id=name, hint=hint, error=WRONG[name])


def _line(name: str, label: str, value: Text, hint: str, **props) -> rx.Component:  # noqa: ANN003
    box = ui.text_input(name, value=value, auto_complete="off", **props)
    return ui.field(label, box, id=name, hint=hint, error=WRONG[name])
