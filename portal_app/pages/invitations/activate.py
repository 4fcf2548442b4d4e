"""Setting up an account with a link: who invites, the code, the first password (S0-09)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import door_page
from portal_app.state.invitations.activation import (
    ActivateCodeState,
    ActivatePasswordState,
    ActivateState,
)

LINK, NOTE = ActivateState.page, ActivateState.note
CODE, PASSWORD = ActivateCodeState.note, ActivatePasswordState.note
CODE_LABELS = {"code": "Code"}
PASSWORD_LABELS = {"new_password": "New password"}
STEPS = 3


def activate_page() -> rx.Component:
    """Say who invites and for what; nothing happens until the button is pressed."""
    waiting = rx.fragment(ui.heading("Set up your account"), ui.skeleton("form", 1))
    return door_page(ui.loading(ActivateState.is_loaded, _link(), waiting))


def _link() -> rx.Component:
    """Show a link that works, or why it does not."""
    return rx.fragment(
        ui.heading(LINK.title),
        ui.shown(NOTE.message, ui.alert(NOTE.message, tone="good", live=True)),
        rx.cond(LINK.is_good, _good_link(), _link_is_over()),
    )


def _good_link() -> rx.Component:
    """Offer to begin."""
    signed_in = ui.paragraph(
        "You are signed in as ", LINK.signed_in_as, ". Going on signs you out here first."
    )
    return rx.fragment(
        ui.stepper(1, STEPS, "your invitation"),
        ui.paragraph(LINK.text),
        ui.shown(LINK.signed_in_as, signed_in),
        ui.post_form(
            ui.hidden_input("token", LINK.token),
            ui.submit_button("Continue"),
            action="/auth/activate",
            problem=NOTE.problem,
        ),
        ui.paragraph(LINK.until, quiet=True),
    )


def _link_is_over() -> rx.Component:
    """Say why, and what to do next."""
    sign_in = ui.link_button("Sign in", "/sign-in", tone="primary")
    may_ask = LINK.may_ask & (NOTE.message == "")
    return rx.fragment(
        ui.error_summary(NOTE.problem, {}, {}),
        rx.cond(NOTE.message == "", ui.paragraph(LINK.text), rx.fragment()),
        rx.cond(may_ask, _ask_again(), rx.fragment()),
        rx.cond(LINK.is_done, sign_in, _set_up_already()),
    )


def _ask_again() -> rx.Component:
    """Let staff know that another link is wanted."""
    return ui.post_form(
        ui.hidden_input("token", LINK.token),
        ui.submit_button("Ask for a new link"),
        action="/auth/activate/ask-again",
    )


def activate_code_page() -> rx.Component:
    """Ask for the code that went to what is on record."""
    step = rx.cond(ActivateCodeState.sent != "", _code_form(), _begin_again())
    return door_page(
        ui.heading("Enter your code"),
        ui.stepper(2, STEPS, "the code"),
        ui.shown(CODE.message, ui.alert(CODE.message, tone="good", live=True)),
        ui.loading(ActivateCodeState.is_loaded, step, ui.skeleton("form", 1)),
    )


def _code_form() -> rx.Component:
    """Post the code, or ask for another."""
    again = ui.button("Send a new code", type="submit", tone="quiet")
    return rx.fragment(
        ui.paragraph(ActivateCodeState.sent),
        ui.post_form(
            ui.field(
                CODE_LABELS["code"],
                ui.code_input("code"),
                id="code",
                hint="Six digits. They work for 10 minutes.",
                error=CODE.fields["code"],
            ),
            ui.submit_button("Continue"),
            action="/auth/activate/code",
            problem=CODE.problem,
            field_problems=CODE.fields,
            labels=CODE_LABELS,
        ),
        ui.bare_post_form(again, action="/auth/activate/resend"),
        ui.paragraph("Is that not yours any more? Call us, and we change what we hold."),
    )


def activate_password_page() -> rx.Component:
    """Ask for the first password."""
    step = rx.cond(ActivatePasswordState.is_open, _password_form(), _begin_again())
    return door_page(
        ui.heading("Choose a password"),
        ui.stepper(STEPS, STEPS, "your password"),
        ui.loading(ActivatePasswordState.is_loaded, step, ui.skeleton("form", 1)),
    )


def _password_form() -> rx.Component:
    """Post the password; signing in comes after it."""
    return rx.fragment(
        ui.paragraph("You sign in with your email address and this password."),
        ui.post_form(
            ui.field(
                PASSWORD_LABELS["new_password"],
                ui.password_input("new_password", new=True),
                id="new_password",
                hint="At least 15 characters. Several words in a row are easy to remember.",
                error=PASSWORD.fields["new_password"],
            ),
            ui.submit_button("Set up my account"),
            action="/auth/activate/password",
            problem=PASSWORD.problem,
            field_problems=PASSWORD.fields,
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
