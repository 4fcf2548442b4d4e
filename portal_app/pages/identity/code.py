"""The second step of signing in."""

import reflex as rx

from portal_app.components.buttons import button, submit_button
from portal_app.components.controls import code_input
from portal_app.components.feedback import alert, loading
from portal_app.components.forms import bare_post_form, field, post_form
from portal_app.components.links import text_link
from portal_app.components.overlays import disclosure
from portal_app.components.page import heading, paragraph
from portal_app.components.skeletons import skeleton
from portal_app.components.values import shown
from portal_app.layout.shell import door_page
from portal_app.state.identity.sign_in import CodeState

PAGE = CodeState.page
LABELS = {"code": "Code"}


def code_page() -> rx.Component:
    """Ask for the code from the app or from the text message."""
    return door_page(
        heading("Enter your code"),
        shown(PAGE.good, alert(PAGE.good, tone="good", live=True)),
        loading(CodeState.is_loaded, code_step(), skeleton("form", 1)),
        paragraph(text_link("Back to sign in", "/sign-in")),
    )


def code_step() -> rx.Component:
    """Take the code, or say that there is none to take."""
    return rx.cond(PAGE.by == "", alert(PAGE.problem, tone="info"), code_form())


def code_form() -> rx.Component:
    """Post the code; a recovery code goes into the same field."""
    by_text = PAGE.by == "text"
    return rx.fragment(
        post_form(
            field(
                LABELS["code"],
                code_input("code"),
                id="code",
                hint=rx.cond(
                    by_text,
                    "Six digits, from the text message we have just sent you. "
                    "They work for 10 minutes.",
                    "Six digits, from your authenticator app.",
                ),
                error=PAGE.fields["code"],
            ),
            submit_button("Continue"),
            action="/auth/second-factor",
            problem=PAGE.problem,
            field_problems=PAGE.fields,
            labels=LABELS,
        ),
        rx.cond(by_text, resend(), rx.fragment()),
        lost_phone(),
    )


def resend() -> rx.Component:
    """Ask for another text."""
    return bare_post_form(
        button("Send a new code", type="submit", tone="quiet"), action="/auth/resend"
    )


def lost_phone() -> rx.Component:
    """Say what to do without the phone."""
    return disclosure(
        "I do not have my phone with me",
        paragraph(
            "Enter one of your recovery codes in the field above. Each works once. "
            "If you have none left, call us: we check who you are and take the second step off."
        ),
    )
