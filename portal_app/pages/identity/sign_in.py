"""The sign-in page, for customers and staff alike."""

import reflex as rx

from portal_app.components.buttons import submit_button
from portal_app.components.controls import hidden_input, password_input, text_input
from portal_app.components.feedback import alert
from portal_app.components.forms import field, post_form
from portal_app.components.links import text_link
from portal_app.components.page import heading, paragraph
from portal_app.components.values import shown
from portal_app.layout.shell import door_page
from portal_app.state.identity.sign_in import SignInState

PAGE = SignInState.page
LABELS = {"identifier": "Phone number or email", "password": "Password"}


def sign_in_page() -> rx.Component:
    """Ask for a name and a password."""
    return door_page(
        heading("Sign in"),
        shown(PAGE.good, alert(PAGE.good, tone="good", live=True)),
        shown(PAGE.said, paragraph(PAGE.said)),
        # Drawn again only where it comes back filled in: what somebody has begun to type stays.
        rx.cond(PAGE.is_refilled, sign_in_form(PAGE.identifier), sign_in_form("")),
        paragraph(text_link("Forgot your password?", "/reset")),
        first_time(),
    )


def sign_in_form(identifier: rx.Var[str] | str) -> rx.Component:
    """Post name and password straight to the server, which sets the cookie."""
    return post_form(
        field(
            LABELS["identifier"],
            text_input(
                "identifier",
                value=identifier,
                auto_complete="username",
                auto_capitalize="none",
                spell_check=False,
            ),
            id="identifier",
            error=PAGE.fields["identifier"],
        ),
        field(
            LABELS["password"],
            password_input("password"),
            id="password",
            error=PAGE.fields["password"],
        ),
        hidden_input("next", PAGE.next_path),
        submit_button("Sign in"),
        action="/auth/sign-in",
        problem=PAGE.problem,
        field_problems=PAGE.fields,
        labels=LABELS,
    )


def first_time() -> rx.Component:
    """Tell a business customer how to begin (S3-11)."""
    return rx.el.section(
        rx.el.h2("Here for the first time?", class_name="h2", id="first-h"),
        paragraph(
            "Type your business phone number, without dashes or brackets, in both fields above. "
            "Or ",
            text_link("register with your phone number", "/register"),
            ".",
        ),
        aria_labelledby="first-h",
        class_name="stack tight",
    )
