"""Setting up the second step that somebody must have before they come in."""

import reflex as rx

from portal_app.components.buttons import button, submit_button
from portal_app.components.controls import code_input
from portal_app.components.feedback import loading
from portal_app.components.forms import bare_post_form, field, post_form
from portal_app.components.links import text_link
from portal_app.components.page import heading, paragraph, row
from portal_app.components.skeletons import skeleton
from portal_app.layout.shell import door_page
from portal_app.state.identity.sign_in import SetUpState

PAGE = SetUpState.page
LABELS = {"code": "Code"}


def set_up_page() -> rx.Component:
    """Show the picture for an app, and take the first code."""
    return door_page(
        heading("Add a second step"),
        paragraph("You need one to sign in. It takes a minute, and only this once."),
        loading(SetUpState.is_loaded, set_up_step(), skeleton("form", 2)),
        paragraph(text_link("Back to sign in", "/sign-in")),
    )


def set_up_step() -> rx.Component:
    """Set up, or say why that cannot be done here."""
    return rx.cond(
        SetUpState.notice.title != "",
        rx.el.p(SetUpState.notice.body),
        rx.fragment(rx.cond(PAGE.by_text, rx.fragment(), app_picture()), first_code()),
    )


def app_picture() -> rx.Component:
    """Show what an authenticator app reads, and the same as text."""
    return rx.el.div(
        rx.el.ol(
            rx.el.li("Open an authenticator app on your phone."),
            rx.el.li("Add an account and scan this picture."),
            rx.el.li("Type the six digits that the app shows."),
            class_name="nexts",
        ),
        row(
            rx.el.img(
                src=PAGE.picture,
                alt="Picture for your authenticator app. The key below says the same.",
                width="220",
                height="220",
                class_name="qr",
            )
        ),
        rx.el.p("Cannot scan it? Type this key: ", rx.el.code(PAGE.secret)),
        class_name="stack tight",
    )


def first_code() -> rx.Component:
    """Take the first code, which proves that it works."""
    return rx.fragment(
        post_form(
            field(
                LABELS["code"],
                code_input("code"),
                id="code",
                hint=rx.cond(
                    PAGE.by_text,
                    "Six digits, from the text message we have just sent you.",
                    "Six digits, from the app.",
                ),
                error=PAGE.fields["code"],
            ),
            submit_button("Finish and sign in"),
            action="/auth/set-up",
            problem=PAGE.problem,
            field_problems=PAGE.fields,
            labels=LABELS,
        ),
        rx.cond(PAGE.can_text, texts_instead(), rx.fragment()),
    )


def texts_instead() -> rx.Component:
    """Offer texts to a customer whose mobile number we hold."""
    return bare_post_form(
        button("Get codes by text message instead", type="submit", tone="quiet"),
        action="/auth/set-up/text",
    )
