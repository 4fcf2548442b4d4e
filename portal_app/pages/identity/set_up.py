"""Setting up the second step that somebody must have before they come in."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import app_picture, code_field, door_form, resend_form
from portal_app.layout.shell import door_page
from portal_app.state.identity.sign_in import SetUpState

STATE, PAGE, NOTE = SetUpState, SetUpState.page, SetUpState.note


def set_up_page() -> rx.Component:
    """Show the picture for an app, and take the first code."""
    return door_page(
        ui.heading("Add a second step"),
        ui.loading(STATE.is_loaded, _step(), ui.skeleton("form", 2)),
        ui.paragraph(ui.text_link("Back to sign in", "/sign-in")),
    )


def _step() -> rx.Component:
    """Set up, or say why that cannot be done here."""
    return rx.cond(
        STATE.notice.title != "",
        ui.alert("This cannot be done here", STATE.notice.body, tone="info"),
        rx.fragment(
            ui.paragraph("You need one to sign in. It takes a minute, and only this once."),
            rx.cond(PAGE.by_text, rx.fragment(), _app()),
            _first_code(),
        ),
    )


def _app() -> rx.Component:
    return rx.el.div(
        rx.el.ol(
            rx.el.li("Open an authenticator app on your phone."),
            rx.el.li("Add an account and scan this picture."),
            rx.el.li("Type the six digits that the app shows."),
            class_name="nexts",
        ),
        app_picture(PAGE.picture, PAGE.secret),
        class_name="stack tight",
    )


def _first_code() -> rx.Component:
    """Take the first code, which proves that it works; offer texts where we hold a number."""
    hint = rx.cond(
        PAGE.by_text,
        "Six digits, from the text message we have just sent you.",
        "Six digits, from the app.",
    )
    texts = resend_form("/auth/set-up/text", "Get codes by text message instead")
    return rx.fragment(
        door_form(
            NOTE,
            code_field(NOTE.fields["code"], hint),
            ui.submit_button("Finish and sign in"),
            action="/auth/set-up",
            labels={"code": "Code"},
        ),
        rx.cond(PAGE.can_text, texts),
    )
