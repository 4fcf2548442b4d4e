"""Coming into an application with a link: who invites, and the code (S2-01 to S2-03)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import code_step, good_news, link_page
from portal_app.layout.shell import door_page
from portal_app.state.applications.access import AccessCodeState, AccessState

LINK, NOTE = AccessState.page, AccessState.note
ENDED, CODE = AccessCodeState.page, AccessCodeState.note
STEPS = 2
KEPT = "What was filled in already is kept."
UNSAVED = (
    "What you wrote last and we could not save stays in this tab. Open your new link here, and it "
    "is there again."
)


def access_page() -> rx.Component:
    """Say who invites; nothing happens until the button is pressed."""
    waiting = rx.fragment(ui.heading("Your application"), ui.skeleton("form", 1))
    return door_page(ui.loading(AccessState.is_loaded, _link(), waiting))


def _link() -> rx.Component:
    """Offer to send the code; a link that is over offers only to ask for a new one (S2-10)."""
    return link_page(
        LINK,
        NOTE,
        ui.stepper(1, STEPS, "Your invitation"),
        ui.paragraph(LINK.text),
        action="/auth/application",
        verb="Send me the code",
        after=rx.cond(LINK.may_ask & (NOTE.message == ""), _kept(KEPT), rx.fragment()),
    )


def _kept(words: str) -> rx.Component:
    return ui.paragraph(words, quiet=True)


def access_code_page() -> rx.Component:
    """Ask for the code that went to the number we hold, or say what became of the link."""
    step = rx.cond(AccessCodeState.sent != "", _code_form(), _begin_again())
    asked = rx.fragment(
        ui.heading("Enter your code"),
        good_news(CODE),
        ui.loading(AccessCodeState.is_loaded, step, ui.skeleton("form", 1)),
    )
    return door_page(rx.cond(ENDED.title != "", _link_ended(), asked))


def _link_ended() -> rx.Component:
    """Say to somebody who was in why their link is over, and let them ask for a new one (S2-10)."""
    return link_page(
        ENDED,
        CODE,
        action="/auth/application",
        verb="Ask for a new link",
        after=_kept(f"{KEPT} {UNSAVED}"),
    )


def _code_form() -> rx.Component:
    """Post the code, or ask for another."""
    return rx.fragment(
        ui.stepper(2, STEPS, "The code"),
        code_step(
            CODE,
            AccessCodeState.sent,
            action="/auth/application/code",
            again="/auth/application/resend",
            verb="Continue",
        ),
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
