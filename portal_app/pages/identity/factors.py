"""The card about the second step, as part of the security page."""

import reflex as rx

from portal_app.components.buttons import actions, button, submit_button
from portal_app.components.controls import code_input, password_input
from portal_app.components.feedback import alert
from portal_app.components.forms import bare_post_form, field, post_form
from portal_app.components.overlays import disclosure
from portal_app.components.page import card, paragraph, row, stack
from portal_app.state.identity.security import SecurityState

PAGE = SecurityState.page


def second_step_card() -> rx.Component:
    """Say whether a second step is on; change it once the person has proved who they are."""
    return card(
        paragraph(PAGE.factor_words),
        rx.cond(PAGE.is_stepped_up, changes(), rx.fragment()),
        title="Second step",
    )


def changes() -> rx.Component:
    """Offer what is possible: an app, texts, recovery codes, switching it off."""
    return stack(
        rx.cond(SecurityState.picture != "", app_step(), rx.fragment()),
        rx.cond(PAGE.confirms_text, text_step(), rx.fragment()),
        ways(),
        rx.cond(PAGE.factor == "none", rx.fragment(), recovery()),
        rx.cond((PAGE.factor == "none") | PAGE.must_have_factor, rx.fragment(), switch_off()),
    )


def ways() -> rx.Component:
    """Choose how to get codes; an app is the safer of the two."""
    app = button("Use an authenticator app", on_click=SecurityState.start_app, icon="shield")
    text = bare_post_form(
        button("Get codes by text message", type="submit"), action="/auth/factor/text"
    )
    words = "An app works without a network, and nobody can take over your number. We recommend it."
    no_mobile = paragraph(
        "To get codes by text message, ask your store to add your mobile number.", quiet=True
    )
    texts = rx.cond(PAGE.can_text, text, rx.cond(PAGE.is_staff, rx.fragment(), no_mobile))
    return rx.fragment(paragraph(words, quiet=True), rx.el.div(app, texts, class_name="actions"))


def app_step() -> rx.Component:
    """Show the picture, and take the first code."""
    return rx.el.div(
        paragraph("Scan this picture with the app, then type the six digits that it shows."),
        row(
            rx.el.img(
                src=SecurityState.picture,
                alt="Picture for your authenticator app. The key below says the same.",
                width="220",
                height="220",
                class_name="qr",
            )
        ),
        rx.el.p("Cannot scan it? Type this key: ", rx.el.code(SecurityState.secret)),
        first_code("From the app."),
        class_name="stack tight",
    )


def text_step() -> rx.Component:
    """Take the first code that was texted."""
    return first_code("From the text message we have just sent you. It works for 10 minutes.")


def first_code(hint: str) -> rx.Component:
    """Take the code that proves that it works."""
    return post_form(
        field(
            "First code",
            code_input("factor-code", name="code"),
            id="factor-code",
            hint=hint,
            error=PAGE.fields["factor-code"],
        ),
        submit_button("Switch it on"),
        action="/auth/factor/confirm",
    )


def recovery() -> rx.Component:
    """Show new recovery codes once, and how many are left."""
    listed = rx.el.ul(
        rx.foreach(SecurityState.recovery_codes, lambda code: rx.el.li(rx.el.code(code))),
        id="recovery-codes",
        tab_index=-1,
        class_name="codes",
    )
    fresh = stack(
        alert(
            "Your new recovery codes",
            "Each works once, in place of the second step. Print or write them down now: "
            "we cannot show them again.",
            tone="warn",
            id="recovery",
            live=True,
        ),
        listed,
        tight=True,
    )
    return rx.el.div(
        rx.el.h3("Recovery codes", class_name="h3"),
        rx.cond(
            SecurityState.has_recovery_codes,
            fresh,
            paragraph("You have ", PAGE.codes_left, " left."),
        ),
        actions(button("Make new recovery codes", on_click=SecurityState.make_codes)),
        class_name="stack tight",
    )


def switch_off() -> rx.Component:
    """Take the second step off again."""
    return disclosure(
        "Switch the second step off",
        post_form(
            field(
                "Your password",
                password_input("off-password", name="password"),
                id="off-password",
                hint="From then on it stands alone.",
                error=PAGE.fields["off-password"],
            ),
            submit_button("Switch it off", tone="danger"),
            action="/auth/factor/off",
        ),
    )
