"""Registering with a phone number, and the code that finishes it."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import (
    code_step,
    door_form,
    first_password_field,
    good_news,
)
from portal_app.layout.shell import door_page
from portal_app.state.identity.register import RegisterCodeState, RegisterState

NOTE, CODE = RegisterState.note, RegisterCodeState.note
LABELS = {
    "phone": "Business phone number",
    "email": "Email address",
    "postal_code": "ZIP or postal code",
    "new_password": "New password",
}
_MODES = {"tel": "tel", "email": "email"}


def register_page() -> rx.Component:
    """Ask for what we hold about the customer, and for a new password (S3-12)."""
    return door_page(
        ui.heading("Register"),
        ui.stepper(1, 2, "Your details"),
        ui.paragraph("Give your email address and ZIP code that we hold for you."),
        ui.loading(RegisterState.is_loaded, _form(), ui.skeleton("form", 4)),
        ui.paragraph("Registered already? ", ui.text_link("Sign in", "/sign-in")),
    )


def _form() -> rx.Component:
    typed = NOTE.typed
    return door_form(
        NOTE,
        _detail(
            "phone",
            RegisterState.phone,
            "tel",
            "Your main number. Dashes and brackets do not matter.",
        ),
        _detail(
            "email", typed["email"], "email", "We send a code to it, if it is the one we hold."
        ),
        _detail("postal_code", typed["postal_code"], "postal-code"),
        first_password_field(NOTE.fields["new_password"], RegisterState.shortest),
        ui.hidden_input("key", RegisterState.key),
        ui.submit_button("Continue"),
        action="/auth/register",
        labels=LABELS,
    )


def _detail(name: str, value: rx.Var[str], kind: str, hint: str | None = None) -> rx.Component:
    """Ask for one thing that we compare with ours."""
    box = ui.text_input(
        name,
        value=value,
        auto_complete=kind,
        input_mode=_MODES.get(kind, "text"),
        spell_check=False,
    )
    return ui.field(LABELS[name], box, id=name, hint=hint, error=NOTE.fields[name])


def register_code_page() -> rx.Component:
    """Ask for the code; everybody gets this page, whatever they typed (S3-13)."""
    return door_page(
        ui.heading("Enter the code from our email"),
        ui.stepper(2, 2, "The code"),
        good_news(CODE),
        ui.loading(RegisterCodeState.is_loaded, _code_step(), ui.skeleton("form", 1)),
    )


def _code_step() -> rx.Component:
    """Take the code, or lead back to the details."""
    nothing = rx.fragment(
        ui.paragraph("There is no code to enter here yet."),
        ui.link_button("Enter your details", "/register", tone="primary"),
    )
    return rx.cond(RegisterCodeState.answer != "", _code_form(), nothing)


def _code_form() -> rx.Component:
    """Post the code, or ask for another."""
    return rx.fragment(
        code_step(
            CODE,
            RegisterCodeState.answer,
            action="/auth/confirm-registration",
            again="/auth/register/resend",
            verb="Finish",
        ),
        ui.paragraph(ui.text_link("Check your details and try again", "/register")),
    )
