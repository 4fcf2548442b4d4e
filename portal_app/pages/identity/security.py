"""How somebody signs in: password, second step, recovery codes, devices."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import code_field, new_password_field, password_field
from portal_app.layout.shell import own_page
from portal_app.pages.identity.factors import second_step_card
from portal_app.state.identity.security import DeviceRow, SecurityState

PAGE = SecurityState.page
LABELS = {
    "password": "Your password",
    "code": "Code",
    "current": "Current password",
    "new_password": "New password",
    "factor-code": "First code",
    "off-password": "Your password",
}


def security_page() -> rx.Component:
    """Show how the person signs in; changes come after proving who they are."""
    return own_page(
        ui.page_head(
            "Sign-in and security", sub="How you sign in, and where you are signed in now."
        ),
        ui.shown(PAGE.good, ui.alert(PAGE.good, tone="good", live=True)),
        ui.error_summary(PAGE.problem, PAGE.fields, LABELS),
        ui.error_summary(SecurityState.problem, None),
        ui.loading(SecurityState.is_loaded, _security_cards(), ui.skeleton("detail", 3)),
        active="/security",
    )


def _security_cards() -> rx.Component:
    """Ask for proof first; then everything can be changed for ten minutes."""
    return ui.stack(
        rx.cond(PAGE.is_stepped_up, rx.fragment(), _step_up_card()),
        rx.cond(PAGE.is_stepped_up, _password_card(), rx.fragment()),
        second_step_card(),
        _devices_card(),
    )


def _step_up_card() -> rx.Component:
    """Ask for the password, and for the second step of those who have one."""
    return ui.card(
        ui.paragraph("To change anything on this page, confirm that it is you."),
        rx.cond(PAGE.waits_for_text, _text_code_form(), _password_form()),
        title="Confirm it is you",
    )


def _password_form() -> rx.Component:
    """Post the password, with the app's code where there is an app."""
    return ui.post_form(
        password_field(PAGE.fields["password"], label=LABELS["password"]),
        rx.cond(PAGE.needs_app_code, _code("From your authenticator app.")),
        ui.hidden_input("next", PAGE.next),
        ui.submit_button("Confirm"),
        action="/auth/step-up",
    )


def _text_code_form() -> rx.Component:
    """Post the code that was texted after the password."""
    return ui.post_form(
        _code("From the text message we have just sent you."),
        ui.hidden_input("next", PAGE.next),
        ui.submit_button("Confirm"),
        action="/auth/step-up",
    )


def _code(hint: str) -> rx.Component:
    return code_field(PAGE.fields["code"], hint)


def _password_card() -> rx.Component:
    """Change the password; the current one is asked for all the same."""
    hint = rx.el.span("At least ", PAGE.shortest, " characters. Several words are easy to keep.")
    return ui.card(
        ui.post_form(
            password_field(PAGE.fields["current"], label=LABELS["current"], control="current"),
            new_password_field(PAGE.fields["new_password"], hint),
            ui.submit_button("Change password"),
            action="/auth/password",
        ),
        title="Password",
    )


def _devices_card() -> rx.Component:
    """List the browsers that are signed in, and end one, the others or all."""
    return ui.card(
        ui.link_list(rx.foreach(PAGE.devices, _device_row)),
        rx.cond(PAGE.is_stepped_up, _end_all(), rx.fragment()),
        title="Where you are signed in",
        flush=True,
    )


def _device_row(device: DeviceRow) -> rx.Component:
    """Show one browser."""
    end = ui.button(
        "Sign out",
        on_click=SecurityState.end_device(device.id),
        small=True,
        suffix=device.label,
    )
    other = rx.cond(PAGE.is_stepped_up, end, rx.fragment())
    right = rx.cond(device.is_this, ui.status_tag("This device", "good"), other)
    return ui.plain_row(device.label, device.seen, right=right)


def _end_all() -> rx.Component:
    """Sign out elsewhere, or everywhere."""
    return rx.el.div(
        ui.bare_post_form(
            ui.button("Sign out all other devices", type="submit"),
            action="/auth/sign-out-elsewhere",
        ),
        ui.bare_post_form(
            ui.button("Sign out everywhere, here too", type="submit", tone="danger"),
            action="/auth/sign-out-everywhere",
        ),
        class_name="card-b actions",
    )
