"""How somebody signs in: password, second step, recovery codes, devices."""

import reflex as rx

from portal_app.components.buttons import button, submit_button
from portal_app.components.controls import code_input, password_input
from portal_app.components.feedback import alert, loading
from portal_app.components.forms import bare_post_form, error_summary, field, post_form
from portal_app.components.lists import plain_row
from portal_app.components.page import card, page_head, paragraph, stack
from portal_app.components.skeletons import skeleton
from portal_app.components.status import status_tag
from portal_app.components.values import shown
from portal_app.layout.shell import own_page
from portal_app.pages.identity.factors import second_step_card
from portal_app.state.identity.security import DeviceRow, SecurityState

PAGE = SecurityState.page
LABELS = {
    "password": "Your password",
    "code": "Code",
    "current": "Present password",
    "new_password": "New password",
    "factor-code": "First code",
    "off-password": "Your password",
}


def security_page() -> rx.Component:
    """Show how the person signs in; changes come after proving who they are."""
    return own_page(
        page_head("Sign-in and security", sub="How you sign in, and where you are signed in now."),
        shown(PAGE.good, alert(PAGE.good, tone="good", live=True)),
        error_summary(PAGE.problem, PAGE.fields, LABELS),
        error_summary(SecurityState.problem, None),
        loading(SecurityState.is_loaded, security_cards(), skeleton("detail", 3)),
        active="/security",
    )


def security_cards() -> rx.Component:
    """Ask for proof first; then everything can be changed for ten minutes."""
    return stack(
        rx.cond(PAGE.is_stepped_up, rx.fragment(), step_up_card()),
        rx.cond(PAGE.is_stepped_up, password_card(), rx.fragment()),
        second_step_card(),
        devices_card(),
    )


def step_up_card() -> rx.Component:
    """Ask for the password, and for the second step of those who have one."""
    return card(
        paragraph("To change anything on this page, confirm that it is you."),
        rx.cond(PAGE.waits_for_text, text_code_form(), password_form()),
        title="Confirm it is you",
    )


def password_form() -> rx.Component:
    """Post the password, with the app's code where there is an app."""
    return post_form(
        field(
            LABELS["password"],
            password_input("password"),
            id="password",
            error=PAGE.fields["password"],
        ),
        rx.cond(PAGE.needs_app_code, code_field("From your authenticator app."), rx.fragment()),
        submit_button("Confirm"),
        action="/auth/step-up",
    )


def text_code_form() -> rx.Component:
    """Post the code that was texted after the password."""
    return post_form(
        code_field("From the text message we have just sent you."),
        submit_button("Confirm"),
        action="/auth/step-up",
    )


def code_field(hint: str) -> rx.Component:
    """Ask for six digits."""
    return field(
        LABELS["code"], code_input("code"), id="code", hint=hint, error=PAGE.fields["code"]
    )


def password_card() -> rx.Component:
    """Change the password; the present one is asked for all the same."""
    hint = rx.el.span("At least ", PAGE.shortest, " characters. Several words are easy to keep.")
    return card(
        post_form(
            field(
                LABELS["current"],
                password_input("current"),
                id="current",
                error=PAGE.fields["current"],
            ),
            field(
                LABELS["new_password"],
                password_input("new_password", new=True),
                id="new_password",
                hint=hint,
                error=PAGE.fields["new_password"],
            ),
            submit_button("Change password"),
            action="/auth/password",
        ),
        title="Password",
    )


def devices_card() -> rx.Component:
    """List the browsers that are signed in, and end one, the others or all."""
    return card(
        rx.el.ul(rx.foreach(PAGE.devices, device_row), class_name="list", role="list"),
        rx.cond(PAGE.is_stepped_up, end_all(), rx.fragment()),
        title="Where you are signed in",
        flush=True,
    )


def device_row(device: DeviceRow) -> rx.Component:
    """Show one browser."""
    end = button(
        "Sign out",
        on_click=SecurityState.end_device(device.id),
        small=True,
        suffix=device.label,
    )
    other = rx.cond(PAGE.is_stepped_up, end, rx.fragment())
    right = rx.cond(device.is_this, status_tag("This device", "good"), other)
    return plain_row(device.label, device.seen, right=right)


def end_all() -> rx.Component:
    """Sign out elsewhere, or everywhere."""
    return rx.el.div(
        bare_post_form(
            button("Sign out all other devices", type="submit"),
            action="/auth/sign-out-elsewhere",
        ),
        bare_post_form(
            button("Sign out everywhere, here too", type="submit", tone="danger"),
            action="/auth/sign-out-everywhere",
        ),
        class_name="card-b actions",
    )
