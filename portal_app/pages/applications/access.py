"""Coming into an application with a link: who invites, and the code (S2-01 to S2-03)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import door_page
from portal_app.state.applications.access import AccessCodeState, AccessState

LINK, NOTE = AccessState.page, AccessState.note
CODE = AccessCodeState.note
LABELS = {"code": "Code"}
STEPS = 2


def access_page() -> rx.Component:
    """Say who invites; nothing happens until the button is pressed."""
    waiting = rx.fragment(ui.heading("Your application"), ui.skeleton("form", 1))
    return door_page(ui.loading(AccessState.is_loaded, _link(), waiting))


def _link() -> rx.Component:
    """Show a link that works, or why it does not."""
    return rx.fragment(
        ui.heading(LINK.title),
        ui.shown(NOTE.message, ui.alert(NOTE.message, tone="good", live=True)),
        rx.cond(LINK.is_good, _good_link(), _link_is_over()),
    )


def _good_link() -> rx.Component:
    """Offer to send the code."""
    return rx.fragment(
        ui.stepper(1, STEPS, "your invitation"),
        ui.paragraph(LINK.text),
        ui.post_form(
            ui.hidden_input("token", LINK.token),
            ui.submit_button("Send me the code"),
            action="/auth/application",
            problem=NOTE.problem,
        ),
        ui.paragraph(LINK.until, quiet=True),
    )


def _link_is_over() -> rx.Component:
    """Say why, and offer nothing but to ask for a new link (S2-10)."""
    may_ask = LINK.may_ask & (NOTE.message == "")
    ask = ui.post_form(
        ui.hidden_input("token", LINK.token),
        ui.submit_button("Ask for a new link"),
        action="/auth/application/ask-again",
    )
    kept = ui.paragraph("What was filled in already is kept.", quiet=True)
    return rx.fragment(
        ui.error_summary(NOTE.problem, {}, {}),
        rx.cond(NOTE.message == "", ui.paragraph(LINK.text), rx.fragment()),
        rx.cond(may_ask, rx.fragment(ask, kept), rx.fragment()),
    )


def access_code_page() -> rx.Component:
    """Ask for the code that went to the number on record."""
    step = rx.cond(AccessCodeState.sent != "", _code_form(), _begin_again())
    return door_page(
        ui.heading("Enter your code"),
        ui.shown(CODE.message, ui.alert(CODE.message, tone="good", live=True)),
        ui.loading(AccessCodeState.is_loaded, step, ui.skeleton("form", 1)),
    )


def _code_form() -> rx.Component:
    """Post the code, or ask for another."""
    again = ui.button("Send a new code", type="submit", tone="quiet")
    return rx.fragment(
        ui.stepper(2, STEPS, "the code"),
        ui.paragraph(AccessCodeState.sent),
        ui.post_form(
            ui.field(
                LABELS["code"],
                ui.code_input("code"),
                id="code",
                hint="Six digits. They work for 10 minutes.",
                error=CODE.fields["code"],
            ),
            ui.submit_button("Continue"),
            action="/auth/application/code",
            problem=CODE.problem,
            field_problems=CODE.fields,
            labels=LABELS,
        ),
        ui.bare_post_form(again, action="/auth/application/resend"),
        ui.paragraph("Is that not your number any more? Call us, and we change what we hold."),
    )


def _begin_again() -> rx.Component:
    """Say that this step is not open to this browser."""
    sign_in = ui.text_link("Sign in", "/sign-in?next=/applications")
    return rx.fragment(
        ui.shown(AccessCodeState.ended, ui.paragraph(AccessCodeState.ended)),
        ui.paragraph(
            "Open the link that we sent you: it leads on by a code to your mobile phone. What"
            " was filled in already is kept."
        ),
        ui.paragraph("Do you have a sign-in of your own? ", sign_in),
    )
