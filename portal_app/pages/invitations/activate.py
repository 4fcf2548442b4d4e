"""Setting up an account with a link: who invites, the code, the first password (S0-09)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import (
    code_step,
    door_form,
    first_password_field,
    good_news,
    link_page,
)
from portal_app.layout.shell import door_page
from portal_app.state.invitations.activation import (
    ActivateCodeState,
    ActivatePasswordState,
    ActivateState,
)

LINK, NOTE = ActivateState.page, ActivateState.note
CODE, PASSWORD = ActivateCodeState.note, ActivatePasswordState.note
PASSWORD_LABELS = {"new_password": "New password"}
STEPS = 3


def activate_page() -> rx.Component:
    """Say who invites and for what; nothing happens until the button is pressed."""
    waiting = rx.fragment(ui.heading("Set up your account"), ui.skeleton("form", 1))
    return door_page(ui.loading(ActivateState.is_loaded, _link(), waiting))


def _link() -> rx.Component:
    """Offer to begin; a link that is over says what to do next."""
    signed_in = ui.paragraph(
        "You are signed in as ", LINK.signed_in_as, ". Going on signs you out here first."
    )
    sign_in = ui.link_button("Sign in", "/sign-in", tone="primary")
    return link_page(
        LINK,
        NOTE,
        ui.stepper(1, STEPS, "Your invitation"),
        ui.paragraph(LINK.text),
        ui.shown(LINK.signed_in_as, signed_in),
        action="/auth/activate",
        verb="Continue",
        after=rx.cond(LINK.is_done, sign_in, _set_up_already()),
    )


def activate_code_page() -> rx.Component:
    """Ask for the code that went to what we hold."""
    step = rx.cond(ActivateCodeState.sent != "", _code_form(), _begin_again())
    return door_page(
        ui.heading("Enter your code"),
        ui.stepper(2, STEPS, "The code"),
        good_news(CODE),
        ui.loading(ActivateCodeState.is_loaded, step, ui.skeleton("form", 1)),
    )


def _code_form() -> rx.Component:
    """Post the code, or ask for another."""
    return rx.fragment(
        code_step(
            CODE,
            ActivateCodeState.sent,
            action="/auth/activate/code",
            again="/auth/activate/resend",
            verb="Continue",
        ),
        ui.paragraph("Is that not yours any more? Call us, and we change what we hold."),
    )


def activate_password_page() -> rx.Component:
    """Ask for the first password."""
    step = rx.cond(ActivatePasswordState.is_open, _password_form(), _begin_again())
    return door_page(
        ui.heading("Choose a password"),
        ui.stepper(STEPS, STEPS, "Your password"),
        ui.loading(ActivatePasswordState.is_loaded, step, ui.skeleton("form", 1)),
    )


def _password_form() -> rx.Component:
    """Post the password; signing in comes after it."""
    return rx.fragment(
        ui.paragraph("You sign in with your email address and this password."),
        door_form(
            PASSWORD,
            first_password_field(PASSWORD.fields["new_password"], ActivatePasswordState.shortest),
            ui.submit_button("Set up my account"),
            action="/auth/activate/password",
            labels=PASSWORD_LABELS,
        ),
    )


def _begin_again() -> rx.Component:
    """Say that this step is not open to this browser."""
    return rx.fragment(
        ui.paragraph("Open the link in our email first: this page is one of the steps after it."),
        _set_up_already(),
    )


def _set_up_already() -> rx.Component:
    return ui.paragraph("Set up already? ", ui.text_link("Sign in", "/sign-in"))
