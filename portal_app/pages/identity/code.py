"""The second step of signing in."""

import reflex as rx

from portal_app.components.buttons import button, submit_button
from portal_app.components.controls import code_input, text_input
from portal_app.components.feedback import alert, loading
from portal_app.components.forms import bare_post_form, error_summary, field, post_form
from portal_app.components.links import text_link
from portal_app.components.overlays import disclosure
from portal_app.components.page import heading, paragraph
from portal_app.components.skeletons import skeleton
from portal_app.components.values import shown
from portal_app.layout.shell import door_page
from portal_app.state.identity.sign_in import CodeState

PAGE = CodeState.page
LABELS = {"code": "Code"}
NO_MOBILE = (
    "We hold no mobile number for you any more, so we cannot text you a code. "
    "Enter one of your recovery codes, or call us."
)


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
    """Post the code, or a recovery code."""
    by_text = PAGE.by == "text"
    usual = rx.fragment(sent_code_form(), rx.cond(by_text, resend(), rx.fragment()), lost_phone())
    last = rx.fragment(paragraph(NO_MOBILE), recovery_form("code", PAGE.fields["code"]))
    return rx.fragment(
        error_summary(PAGE.problem, PAGE.fields, LABELS),
        rx.cond(PAGE.by == "recovery", last, usual),
    )


def sent_code_form() -> rx.Component:
    """Take the six digits."""
    by_text = PAGE.by == "text"
    return post_form(
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
        recovery_form("recovery-code"),
        paragraph(
            "If you have none left, call us: we check who you are and take the second step off."
        ),
    )


def recovery_form(field_id: str, error: rx.Var[str] | str = "") -> rx.Component:
    """Take a recovery code: letters too, so that a phone shows all its keys."""
    return post_form(
        field(
            "Recovery code",
            text_input(
                field_id,
                name="code",
                auto_complete="off",
                auto_capitalize="characters",
                spell_check=False,
                short=True,
            ),
            id=field_id,
            hint="Ten letters and digits. Each code works once.",
            error=error,
        ),
        submit_button("Use this code", tone=""),
        action="/auth/second-factor",
    )
