"""The second step of signing in."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import code_field, good_news, resend_form
from portal_app.layout.shell import door_page
from portal_app.state.identity.sign_in import CodeState

STATE, NOTE = CodeState, CodeState.note
LABELS = {"code": "Code"}
NO_MOBILE = (
    "We hold no mobile number for you any more, so we cannot text you a code. "
    "Enter one of your recovery codes, or call us."
)


def code_page() -> rx.Component:
    """Ask for the code from the app or from the text message."""
    return door_page(
        ui.heading("Enter your code"),
        good_news(NOTE),
        ui.loading(STATE.is_loaded, _step(), ui.skeleton("form", 1)),
        ui.paragraph(ui.text_link("Back to sign in", "/sign-in")),
    )


def _step() -> rx.Component:
    """Take the code, or say that there is none to take."""
    none = ui.alert("There is no code to enter here. Sign in first.", tone="info")
    return rx.cond(STATE.by == "", none, _forms())


def _forms() -> rx.Component:
    """Post the code, or a recovery code."""
    resend = rx.cond(STATE.by == "text", resend_form("/auth/resend"))
    usual = rx.fragment(_code_form(), resend, _lost_phone())
    last = rx.fragment(ui.paragraph(NO_MOBILE), _recovery_form("code", NOTE.fields["code"]))
    return rx.fragment(
        ui.error_summary(NOTE.problem, NOTE.fields, LABELS),
        rx.cond(STATE.by == "recovery", last, usual),
    )


def _code_form() -> rx.Component:
    hint = rx.cond(
        STATE.by == "text",
        "Six digits, from the text message we have just sent you. They work for 10 minutes.",
        "Six digits, from your authenticator app.",
    )
    return ui.post_form(
        code_field(NOTE.fields["code"], hint),
        ui.submit_button("Continue"),
        action="/auth/second-factor",
    )


def _lost_phone() -> rx.Component:
    """Say what to do without the phone."""
    return ui.disclosure(
        "I do not have my phone with me",
        _recovery_form("recovery-code"),
        ui.paragraph(
            "If you have none left, call us: we check who you are and take the second step off."
        ),
    )


def _recovery_form(control: str, error: rx.Var[str] | str = "") -> rx.Component:
    """Take a recovery code: letters too, so that a phone shows all its keys."""
    box = ui.text_input(
        control,
        name="code",
        auto_complete="off",
        auto_capitalize="characters",
        spell_check=False,
        short=True,
    )
    hint = "Ten letters and digits. Each code works once."
    return ui.post_form(
        ui.field("Recovery code", box, id=control, hint=hint, error=error),
        ui.submit_button("Use this code", tone=""),
        action="/auth/second-factor",
    )
