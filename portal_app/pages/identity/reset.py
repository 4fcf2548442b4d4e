"""Choosing a new password when the old one is forgotten."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import (
    NAME,
    door_form,
    good_news,
    name_field,
    new_password_field,
)
from portal_app.layout.shell import door_page
from portal_app.state.identity.reset import NewPasswordState, ResetState

NOTE, LINK = ResetState.note, NewPasswordState.note
TYPED = NOTE.typed["identifier"]


def reset_page() -> rx.Component:
    """Ask whom the link is for."""
    return door_page(
        ui.heading("Forgot your password?"),
        good_news(NOTE, "Look at your email"),
        ui.paragraph("Tell us how you sign in. We email a link with which you choose a new one."),
        # Drawn again only where it comes back filled in: what somebody has begun to type stays.
        rx.cond(TYPED, _form(TYPED), _form("")),
        ui.paragraph(ui.text_link("Back to sign in", "/sign-in")),
    )


def _form(identifier: rx.Var[str] | str) -> rx.Component:
    return door_form(
        NOTE,
        name_field(identifier, NOTE.fields["identifier"]),
        ui.submit_button("Email me a link"),
        action="/auth/reset",
        labels={"identifier": NAME},
    )


def new_password_page() -> rx.Component:
    """Take the new password, while the link works."""
    return door_page(
        ui.heading("Choose a new password"),
        ui.loading(
            NewPasswordState.is_loaded,
            rx.cond(NewPasswordState.is_alive, _new_password_form(), _link_is_over()),
            ui.skeleton("form", 1),
        ),
    )


def _new_password_form() -> rx.Component:
    """Post the new password together with the link's token."""
    hint = "At least 15 characters, or 12 if you use a second step."
    return door_form(
        LINK,
        new_password_field(LINK.fields["new_password"], hint),
        ui.hidden_input("token", NewPasswordState.token),
        ui.submit_button("Save new password"),
        action="/auth/reset/confirm",
        labels={"new_password": "New password"},
    )


def _link_is_over() -> rx.Component:
    """Say why a link does not work any more, and how to get another."""
    return rx.fragment(
        ui.paragraph(
            "This link no longer works. A link works once, for one hour, and a newer one "
            "replaces an older one."
        ),
        ui.link_button("Ask for a new link", "/reset", tone="primary"),
    )
