"""The sign-in page, for customers and staff alike."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import (
    NAME,
    door_form,
    good_news,
    name_field,
    password_field,
)
from portal_app.layout.shell import door_page
from portal_app.state.identity.sign_in import SignInState

STATE, NOTE = SignInState, SignInState.note
TYPED = NOTE.typed["identifier"]
LABELS = {"identifier": NAME, "password": "Password"}


def sign_in_page() -> rx.Component:
    """Ask for a name and a password."""
    return door_page(
        ui.heading("Sign in"),
        good_news(NOTE),
        ui.shown(STATE.said, ui.paragraph(STATE.said)),
        # Drawn again only where it comes back filled in: what somebody has begun to type stays.
        rx.cond(TYPED, _form(TYPED), _form("")),
        ui.paragraph(ui.text_link("Forgot your password?", "/reset")),
        _first_time(),
    )


def _form(identifier: rx.Var[str] | str) -> rx.Component:
    return door_form(
        NOTE,
        name_field(identifier, NOTE.fields["identifier"]),
        password_field(NOTE.fields["password"]),
        ui.hidden_input("next", STATE.next_path),
        ui.submit_button("Sign in"),
        action="/auth/sign-in",
        labels=LABELS,
    )


def _first_time() -> rx.Component:
    """Tell a business customer how to begin (S3-11)."""
    return rx.el.section(
        rx.el.h2("Here for the first time?", class_name="h2", id="first-h"),
        ui.paragraph(
            "Type your business phone number, without dashes or brackets, in both fields above. "
            "Or ",
            ui.text_link("register with your phone number", "/register"),
            ".",
        ),
        ui.paragraph("Have you had an invitation by email? Use the link in it instead."),
        aria_labelledby="first-h",
        class_name="stack tight",
    )
