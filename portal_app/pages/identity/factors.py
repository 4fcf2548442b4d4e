"""The card about the second step, as part of the security page."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.doors import app_picture, code_field
from portal_app.state.identity.security import SecurityState

PAGE = SecurityState.page


def second_step_card() -> rx.Component:
    """Say whether a second step is on; change it once the person has proved who they are."""
    return ui.card(
        ui.paragraph(PAGE.factor_words),
        rx.cond(PAGE.is_stepped_up, _changes(), rx.fragment()),
        title="Second step",
    )


def _changes() -> rx.Component:
    """Offer what is possible: an app, texts, recovery codes, switching it off."""
    return ui.stack(
        rx.cond(SecurityState.picture != "", _app_step(), rx.fragment()),
        rx.cond(PAGE.confirms_text, _text_step(), rx.fragment()),
        _ways(),
        rx.cond(PAGE.factor == "none", rx.fragment(), _recovery()),
        rx.cond((PAGE.factor == "none") | PAGE.must_have_factor, rx.fragment(), _switch_off()),
    )


def _ways() -> rx.Component:
    """Choose how to get codes; an app is the safer of the two."""
    app = ui.button("Use an authenticator app", on_click=SecurityState.start_app, icon="shield")
    text = ui.bare_post_form(
        ui.button("Get codes by text message", type="submit"), action="/auth/factor/text"
    )
    words = "An app works without a network, and nobody can take over your number. We recommend it."
    no_mobile = ui.paragraph(
        "To get codes by text message, ask your store to add your mobile number.", quiet=True
    )
    texts = rx.cond(PAGE.can_text, text, rx.cond(PAGE.is_staff, rx.fragment(), no_mobile))
    return rx.fragment(ui.paragraph(words, quiet=True), rx.el.div(app, texts, class_name="actions"))


def _app_step() -> rx.Component:
    """Show the picture, and take the first code."""
    return rx.el.div(
        ui.paragraph("Scan this picture with the app, then type the six digits that it shows."),
        app_picture(SecurityState.picture, SecurityState.secret),
        _first_code("From the app."),
        class_name="stack tight",
    )


def _text_step() -> rx.Component:
    """Take the first code that was texted."""
    return _first_code("From the text message we have just sent you. It works for 10 minutes.")


def _first_code(hint: str) -> rx.Component:
    """Take the code that proves that it works."""
    return ui.post_form(
        code_field(PAGE.fields["factor-code"], hint, label="First code", control="factor-code"),
        ui.submit_button("Switch it on"),
        action="/auth/factor/confirm",
    )


def _recovery() -> rx.Component:
    """Show new recovery codes once, and how many are left."""
    listed = rx.el.ul(
        rx.foreach(SecurityState.recovery_codes, lambda code: rx.el.li(rx.el.code(code))),
        id="recovery-codes",
        tab_index=-1,
        class_name="codes",
    )
    fresh = ui.stack(
        ui.alert(
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
            ui.paragraph("You have ", PAGE.codes_left, " left."),
        ),
        ui.actions(ui.button("Make new recovery codes", on_click=SecurityState.make_codes)),
        class_name="stack tight",
    )


def _switch_off() -> rx.Component:
    """Take the second step off again."""
    return ui.disclosure(
        "Switch the second step off",
        ui.post_form(
            ui.field(
                "Your password",
                ui.password_input("off-password", name="password"),
                id="off-password",
                hint="From then on it stands alone.",
                error=PAGE.fields["off-password"],
            ),
            ui.submit_button("Switch it off", tone="danger"),
            action="/auth/factor/off",
        ),
    )
