"""Choosing a new password when the old one is forgotten."""

import reflex as rx

from portal_app.components.buttons import link_button, submit_button
from portal_app.components.controls import hidden_input, password_input, text_input
from portal_app.components.feedback import alert, loading
from portal_app.components.forms import field, post_form
from portal_app.components.links import text_link
from portal_app.components.page import heading, paragraph
from portal_app.components.skeletons import skeleton
from portal_app.components.values import shown
from portal_app.layout.shell import door_page
from portal_app.state.identity.reset import NewPasswordState, ResetState

PAGE, LINK = ResetState.page, NewPasswordState.page
LABELS = {"identifier": "Phone number or email"}
LINK_LABELS = {"new_password": "New password"}


def reset_page() -> rx.Component:
    """Ask whom the link is for."""
    return door_page(
        heading("Forgot your password?"),
        shown(PAGE.good, alert("Look at your email", PAGE.good, tone="good", live=True)),
        paragraph("Tell us how you sign in. We email a link with which you choose a new one."),
        rx.cond(PAGE.identifier != "", reset_form(PAGE.identifier), reset_form("")),
        paragraph(text_link("Back to sign in", "/sign-in")),
    )


def reset_form(identifier: rx.Var[str] | str) -> rx.Component:
    """Post the name."""
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
        submit_button("Email me a link"),
        action="/auth/reset",
        problem=PAGE.problem,
        field_problems=PAGE.fields,
        labels=LABELS,
    )


def new_password_page() -> rx.Component:
    """Take the new password, while the link works."""
    return door_page(
        heading("Choose a new password"),
        loading(
            NewPasswordState.is_loaded,
            rx.cond(LINK.is_alive, new_password_form(), link_is_over()),
            skeleton("form", 1),
        ),
    )


def new_password_form() -> rx.Component:
    """Post the new password together with the link's token."""
    return post_form(
        field(
            LINK_LABELS["new_password"],
            password_input("new_password", new=True),
            id="new_password",
            hint="At least 15 characters, or 12 if you use a second step.",
            error=LINK.fields["new_password"],
        ),
        hidden_input("token", LINK.token),
        submit_button("Save new password"),
        action="/auth/reset/confirm",
        problem=LINK.problem,
        field_problems=LINK.fields,
        labels=LINK_LABELS,
    )


def link_is_over() -> rx.Component:
    """Say why a link does not work any more, and how to get another."""
    return rx.fragment(
        paragraph(
            "This link no longer works. A link works once, for one hour, and a newer one "
            "replaces an older one."
        ),
        link_button("Ask for a new link", "/reset", tone="primary"),
    )
