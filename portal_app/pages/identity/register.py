"""Registering with a phone number, and the code that finishes it."""

import reflex as rx

from portal_app.components.buttons import button, link_button, submit_button
from portal_app.components.controls import code_input, hidden_input, password_input, text_input
from portal_app.components.feedback import alert, loading
from portal_app.components.forms import bare_post_form, field, post_form
from portal_app.components.links import text_link
from portal_app.components.page import heading, paragraph
from portal_app.components.skeletons import skeleton
from portal_app.components.steps import stepper
from portal_app.components.values import shown
from portal_app.layout.shell import door_page
from portal_app.state.identity.register import RegisterCodeState, RegisterState

PAGE, CODE = RegisterState.page, RegisterCodeState.page
LABELS = {
    "phone": "Business phone number",
    "email": "Email address",
    "postal_code": "ZIP or postal code",
    "new_password": "New password",
}
CODE_LABELS = {"code": "Code"}


def register_page() -> rx.Component:
    """Ask for what we hold about the customer, and for a new password (S3-12)."""
    return door_page(
        heading("Register"),
        stepper(1, 2, "your details"),
        paragraph("Give your email address and ZIP code as we have them on record."),
        loading(RegisterState.is_loaded, register_form(), skeleton("form", 4)),
        paragraph("Registered already? ", text_link("Sign in", "/sign-in")),
    )


def register_form() -> rx.Component:
    """Post the details."""
    return post_form(
        detail("phone", PAGE.phone, "Your main number. Dashes and brackets do not matter.", "tel"),
        detail("email", PAGE.email, "We send a code to it, if it is the one we hold.", "email"),
        detail("postal_code", PAGE.postal_code, None, "postal-code"),
        field(
            LABELS["new_password"],
            password_input("new_password", new=True),
            id="new_password",
            hint="At least 15 characters. Several words in a row are easy to remember.",
            error=PAGE.fields["new_password"],
        ),
        hidden_input("key", PAGE.key),
        submit_button("Continue"),
        action="/auth/register",
        problem=PAGE.problem,
        field_problems=PAGE.fields,
        labels=LABELS,
    )


def detail(name: str, value: rx.Var[str], hint: str | None, kind: str) -> rx.Component:
    """Ask for one thing that we compare with ours."""
    modes = {"tel": "tel", "email": "email"}
    return field(
        LABELS[name],
        text_input(
            name,
            value=value,
            auto_complete=kind,
            input_mode=modes.get(kind, "text"),
            spell_check=False,
        ),
        id=name,
        hint=hint,
        error=PAGE.fields[name],
    )


def register_code_page() -> rx.Component:
    """Ask for the code; everybody gets this page, whatever they typed (S3-13)."""
    return door_page(
        heading("Enter the code from our email"),
        stepper(2, 2, "the code"),
        shown(CODE.good, alert(CODE.good, tone="good", live=True)),
        loading(RegisterCodeState.is_loaded, code_step(), skeleton("form", 1)),
    )


def code_step() -> rx.Component:
    """Take the code, or lead back to the details."""
    begin = link_button("Enter your details", "/register", tone="primary")
    nothing = rx.fragment(paragraph("There is no code to enter here yet."), begin)
    return rx.cond(CODE.is_waiting, code_form(), nothing)


def code_form() -> rx.Component:
    """Post the code, or ask for another."""
    return rx.fragment(
        paragraph(CODE.answer),
        post_form(
            field(
                CODE_LABELS["code"],
                code_input("code"),
                id="code",
                hint="Six digits. They work for 10 minutes.",
                error=CODE.fields["code"],
            ),
            submit_button("Finish"),
            action="/auth/confirm-registration",
            problem=CODE.problem,
            field_problems=CODE.fields,
            labels=CODE_LABELS,
        ),
        bare_post_form(
            button("Send a new code", type="submit", tone="quiet"), action="/auth/register/resend"
        ),
        paragraph(text_link("Check your details and try again", "/register")),
    )
